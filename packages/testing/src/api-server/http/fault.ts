import { FaultPlan, type FaultCount, type Faults } from "../../fault/fault-plan.ts";

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
export interface ApiFault extends FaultCount {
  /** All given parts must hold. `path` is a prefix, or a function of the request. */
  readonly match?: {
    readonly method?: string;
    readonly verb?: string;
    readonly path?: string | ((request: FaultSubject) => boolean);
  };
  readonly action: FaultAction;
}

/** The faults of one API server. */
export type ApiFaults = Faults<ApiFault>;

export type ApiFaultPlan = FaultPlan<ApiFault, FaultSubject>;

export function createApiFaultPlan(): ApiFaultPlan {
  return new FaultPlan(matches);
}

function matches({ match = {} }: ApiFault, request: FaultSubject): boolean {
  const { method, verb, path } = match;
  if (method !== undefined && method !== request.method) return false;
  if (verb !== undefined && verb !== request.verb) return false;
  if (path === undefined) return true;
  return typeof path === "string" ? request.path.startsWith(path) : path(request);
}
