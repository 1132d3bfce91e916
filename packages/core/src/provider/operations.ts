import type { Scope } from "../cluster/cluster.ts";
import type { CloudError } from "../errors/cloud-error.ts";
import type { Ctx } from "./ctx.ts";

/** What the cloud is doing about a mutation. Plain JSON, versioned: the journal stores exactly this. */
export interface OperationHandle {
  readonly v: 1;
  readonly provider: string;
  readonly scope: Scope;
  readonly kind: string;
  readonly target: ResourceRef;
  readonly intentKey: string;
  readonly native?: Readonly<Record<string, string>>;
  readonly startedAtMs: number;
}

/** A cloud resource: its kind in the cloud's words and its native id or name. */
export interface ResourceRef {
  readonly kind: string;
  readonly id: string;
}

/** Where a mutation stands now. `progress` is 0 to 1; `error` belongs to `failed`. */
export interface OperationState {
  readonly phase: "pending" | "running" | "succeeded" | "failed" | "cancelled" | "unknown";
  readonly progress?: number;
  readonly retryAfterMs?: number;
  readonly error?: CloudError;
  /** Facts known only afterwards, e.g. tunnel addresses. */
  readonly outputs?: Readonly<Record<string, string>>;
}

/** Following what the cloud does, from nothing but the stored handle: any process can take over. */
export interface Operations {
  /** The state now; never waits for the end. A time-out is `unknown`, never `failed`. */
  poll(handle: OperationHandle, ctx: Ctx): Promise<OperationState>;
  /** Asks the cloud to stop; where it cannot, the state says so. */
  cancel?(handle: OperationHandle, ctx: Ctx): Promise<OperationState>;
}
