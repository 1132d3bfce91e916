import type { GcpService } from "./gcp-options.ts";

/** One call, named for the policy, for telemetry and for messages, and what it may answer. */
export interface GcpCall {
  readonly service: GcpService;
  readonly action: string;
  /** The project; `-` where there is none, as for prices. */
  readonly scope: string;
  readonly region?: string;
  /** What its answer is known by: one that has none of these members is not Google's, whatever its status. */
  readonly members: readonly string[];
  /** Whether `{}` says that there is nothing: empty lists are left out on the wire. Else an answer is never empty. */
  readonly mayBeEmpty: boolean;
}
