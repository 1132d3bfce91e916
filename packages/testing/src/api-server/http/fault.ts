/** What goes wrong with a request. `lostResponse`: it takes effect, and the connection breaks before the answer. */
export type FaultAction =
  | {
      readonly kind: "status";
      readonly code: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  | { readonly kind: "reset" }
  | { readonly kind: "hang" }
  | { readonly kind: "delay"; readonly ms: number }
  | { readonly kind: "truncate" }
  | { readonly kind: "lostResponse" };

/** What a fault looks at. */
export interface FaultSubject {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  /** `get`, `list`, `watch`, `create`, … */
  readonly verb: string;
  readonly user: string;
}

/** A fault to inject. */
export interface ApiFault {
  /** All given parts must hold. `path` is a prefix, or a function of the request. */
  readonly match?: {
    readonly method?: string;
    readonly verb?: string;
    readonly path?: string | ((request: FaultSubject) => boolean);
  };
  /** How often it strikes. Default: once. */
  readonly times?: number;
  /** How many matching requests pass first. Default 0. */
  readonly after?: number;
  readonly action: FaultAction;
}

/** A fault that was added. */
export interface ArmedFault extends Disposable {
  /** How often it struck so far. */
  readonly hits: number;
}

/** The faults of one server. */
export interface ApiFaults {
  /** Arms a fault until it has struck `times` times, or is disposed. The first armed one that matches strikes. */
  add(fault: ApiFault): ArmedFault;
  clear(): void;
}

interface Armed {
  readonly fault: ApiFault;
  passed: number;
  hits: number;
}

/** Keeps the armed faults and says which strikes. */
export class FaultPlan implements ApiFaults {
  #armed: Armed[] = [];

  add(fault: ApiFault): ArmedFault {
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

  /** The action that strikes this request, if any. */
  strike(request: FaultSubject): FaultAction | undefined {
    for (const armed of this.#armed) {
      if (!matches(armed.fault, request) || armed.hits >= (armed.fault.times ?? 1)) continue;
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

function matches(fault: ApiFault, request: FaultSubject): boolean {
  const { method, verb, path } = fault.match ?? {};
  if (method !== undefined && method !== request.method) return false;
  if (verb !== undefined && verb !== request.verb) return false;
  if (path === undefined) return true;
  return typeof path === "string" ? request.path.startsWith(path) : path(request);
}
