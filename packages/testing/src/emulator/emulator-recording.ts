import type { EmulatorCall, EmulatorRequest } from "./emulator-http.ts";

/** One request an emulator saw. No header, no body and no secret is kept. */
export interface RecordedRequest extends EmulatorCall {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Values of what is secret are `REDACTED`. */
  readonly query: Readonly<Record<string, string>>;
  /** 0 when nothing was answered. */
  readonly status: number;
  /** On the emulator's clock. */
  readonly atMs: number;
  /** How long the answer took by the emulator's options and its region; what a fault adds is not in it. */
  readonly latencyMs: number;
}

/** What is replaced: signatures, tokens and keys that clouds take in a query. Page tokens are none. */
const SECRET =
  /^(x-amz-(signature|security-token|credential)|x-goog-(signature|credential)|(access|id|refresh|bearer)_?token|client_(secret|assertion)|assertion|sig|signature|key|api_?key|password|secret)$/i;

/** A request as it may be kept. */
export function recordRequest(
  request: EmulatorRequest,
  call: EmulatorCall,
  outcome: Pick<RecordedRequest, "status" | "atMs" | "latencyMs">,
): RecordedRequest {
  const query = [...request.query].map(([name, value]) => [name, SECRET.test(name) ? "REDACTED" : value] as const);
  const { action, scope, region, caller } = call;
  return {
    method: request.method,
    host: request.host,
    path: request.path,
    query: Object.fromEntries(query),
    action,
    scope,
    region,
    caller,
    ...outcome,
  };
}
