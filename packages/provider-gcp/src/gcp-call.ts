import type { GcpService } from "./gcp-options.ts";

/** One call, named for the policy, for telemetry and for messages. */
export interface GcpCall {
  readonly service: GcpService;
  readonly action: string;
  /** The project; `-` where there is none, as for prices. */
  readonly scope: string;
  readonly region?: string;
}
