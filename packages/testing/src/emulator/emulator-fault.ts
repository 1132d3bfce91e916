import { FaultPlan, type FaultCount, type Faults } from "../fault/fault-plan.ts";
import type { EmulatorCall } from "./emulator-http.ts";

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

export interface EmulatorFault extends FaultCount {
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
  readonly action: EmulatorFaultAction;
}

/** The faults of one emulated cloud. */
export type EmulatorFaults = Faults<EmulatorFault>;

export type EmulatorFaultPlan = FaultPlan<EmulatorFault, EmulatorFaultSubject>;

export function createEmulatorFaultPlan(): EmulatorFaultPlan {
  return new FaultPlan(isMatch);
}

function isMatch({ match }: EmulatorFault, subject: EmulatorFaultSubject): boolean {
  if (match === undefined) return true;
  if (typeof match === "function") return match(subject);
  const { path, ...equal } = match;
  if (path !== undefined && !subject.path.startsWith(path)) return false;
  return Object.entries(equal).every(([name, value]) => subject[name as keyof typeof equal] === value);
}
