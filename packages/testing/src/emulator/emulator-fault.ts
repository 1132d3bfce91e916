import type { EmulatorCall, EmulatorRequest } from "./emulator-http.ts";

/** What goes wrong with a request to an emulated cloud. */
export type EmulatorFaultAction =
  /** This answer instead of the service's. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The cloud's own throttling answer. */
  | { readonly kind: "throttle"; readonly retryAfterSeconds?: number }
  /** A proxy's page, with 502 unless told. */
  | { readonly kind: "html"; readonly status?: number }
  /** The answer comes later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The answer's body drips over this long. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Nothing is ever answered. */
  | { readonly kind: "hang" }
  /** The connection breaks at once; nothing takes effect. */
  | { readonly kind: "reset" }
  /** It takes effect, and the connection breaks before the answer. */
  | { readonly kind: "lostResponse" }
  /** Half of the body, under a length that fits it: a document that ends in the middle. */
  | { readonly kind: "truncate" }
  /** Lists answer with a page token that was given before, for ever. */
  | { readonly kind: "loopPages" };

/** What a fault looks at. */
export interface EmulatorFaultSubject extends EmulatorCall {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

export interface EmulatorFault {
  /** All given parts must hold; a function sees everything. Absent: every request. */
  readonly match?:
    | ((subject: EmulatorFaultSubject) => boolean)
    | {
        readonly action?: string;
        readonly scope?: string;
        readonly region?: string;
        readonly method?: string;
        /** A prefix. */
        readonly path?: string;
      };
  /** How often it strikes. Default: once. */
  readonly times?: number;
  /** How many matching requests pass first. Default 0. */
  readonly after?: number;
  readonly action: EmulatorFaultAction;
}

/** A fault that was added; disposing of it takes it away. */
export interface ArmedEmulatorFault extends Disposable {
  /** How often it struck so far. */
  readonly hits: number;
}

export interface EmulatorFaults {
  /** The first armed fault that matches a request strikes it. */
  add(fault: EmulatorFault): ArmedEmulatorFault;
  clear(): void;
}

interface Armed {
  readonly fault: EmulatorFault;
  passed: number;
  hits: number;
}

/** Keeps the armed faults and says which strikes. */
export class EmulatorFaultPlan implements EmulatorFaults {
  #armed: Armed[] = [];

  add(fault: EmulatorFault): ArmedEmulatorFault {
    const armed: Armed = { fault, passed: 0, hits: 0 };
    this.#armed.push(armed);
    return {
      get hits() {
        return armed.hits;
      },
      [Symbol.dispose]: () => {
        this.#armed = this.#armed.filter((one) => one !== armed);
      },
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The action that strikes this request, if any; counts it. */
  strike(request: EmulatorRequest, call: EmulatorCall): EmulatorFaultAction | undefined {
    const { method, path, query } = request;
    const subject = { ...call, method, path, query };
    for (const armed of this.#armed) {
      if (armed.hits >= (armed.fault.times ?? 1) || !isMatch(armed.fault, subject)) continue;
      if (armed.passed < (armed.fault.after ?? 0)) {
        armed.passed += 1;
        continue;
      }
      armed.hits += 1;
      return armed.fault.action;
    }
    return undefined;
  }
}

function isMatch({ match }: EmulatorFault, subject: EmulatorFaultSubject): boolean {
  if (match === undefined) return true;
  if (typeof match === "function") return match(subject);
  const { path, ...equal } = match;
  if (path !== undefined && !subject.path.startsWith(path)) return false;
  return Object.entries(equal).every(([name, value]) => subject[name as keyof typeof equal] === value);
}
