import { isJsonObject } from "@flotilla/core";
import type { AwsFailure } from "./errors.ts";

/**
 * Reads what the wire said out of an SDK error. Only status, code, text, request id and Retry-After are taken: the error
 * itself holds request headers and is never passed on. `undefined` for what no service answered: a bug, which repeating does
 * not mend. What the network does is told by the transport.
 */
export function failureOfSdkError(
  error: unknown,
  service: string,
  action: string,
  nowMs: number,
): AwsFailure | undefined {
  if (!(error instanceof Error)) return undefined;
  const record = error as unknown as Readonly<Record<string, unknown>>;
  const metadata = isJsonObject(record["$metadata"]) ? record["$metadata"] : {};
  const response = isJsonObject(record["$response"]) ? record["$response"] : {};
  const status = numberOf(response["statusCode"]) ?? numberOf(metadata["httpStatusCode"]) ?? 0;
  const headers = isJsonObject(response["headers"]) ? response["headers"] : {};
  if (status === 0) return undefined;
  const requestId = stringOf(metadata["requestId"]);
  const retryAfterMs = retryAfter(stringOf(headers["retry-after"]), nowMs);
  return {
    service,
    action,
    status,
    ...codeAndMessage(error, status),
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A body that is no answer of the service (a proxy's page, a truncated document) makes the SDK's parser fail. */
function codeAndMessage(error: Error, status: number): Pick<AwsFailure, "code" | "message"> {
  const isUnparsable = error instanceof SyntaxError || /deserialization|unexpected token|xml/i.test(error.message);
  if (!isUnparsable || "$fault" in error) return { code: error.name, message: withoutEcho(error.message) };
  // Whoever it was: who asks for fewer calls gets fewer.
  const code = status === 429 ? "TooManyRequestsException" : "ServiceUnavailable";
  return { code, message: `the answer (HTTP ${status}) is not one of AWS: is there a proxy?` };
}

/** A signature that does not match is answered with the request as the service read it, the session token among it. */
function withoutEcho(message: string): string {
  return message.replace(/\s*The Canonical String for this request.*$/s, "");
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3); nonsense and the past say nothing. */
function retryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
