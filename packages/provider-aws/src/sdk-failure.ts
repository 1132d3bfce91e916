import { isJsonObject } from "@flotilla/core";
import type { AwsFailure } from "./errors.ts";

/**
 * Reads what the wire said out of an SDK error. Only status, code, text, request id and Retry-After are taken: the error
 * itself holds request headers and is never passed on. `undefined` for what is no service or transport failure: a bug, which
 * repeating does not mend.
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
  const said = codeAndMessage(error, status);
  if (said === undefined) return undefined;
  const requestId = stringOf(metadata["requestId"]);
  const retryAfterMs = retryAfter(stringOf(headers["retry-after"]), nowMs);
  return {
    service,
    action,
    status,
    ...said,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

/** A body that is no answer of the service (a proxy's page, a truncated document) makes the SDK's parser fail. */
function codeAndMessage(error: Error, status: number): Pick<AwsFailure, "code" | "message"> | undefined {
  const isUnparsable = error instanceof SyntaxError || /deserialization|unexpected token|xml/i.test(error.message);
  if (status !== 0 && isUnparsable && !("$fault" in error)) {
    return { code: "ServiceUnavailable", message: `the answer (HTTP ${status}) is not one of AWS: is there a proxy?` };
  }
  if (status !== 0) return { code: error.name, message: withoutEcho(error.message) };
  const code = "code" in error ? stringOf(error.code) : undefined;
  if (code !== undefined && (CONNECTION_CODES.has(code) || CONNECTION_FAMILIES.test(code))) {
    return { code, message: messageOfConnection(code) };
  }
  return error.name === "TimeoutError" ? { code: "TimeoutError", message: NO_ANSWER } : undefined;
}

/** Source: Node, common system errors and `dns` error codes; aws-sdk-js-v3 NODEJS_NETWORK_ERROR_CODES. */
const CONNECTION_CODES: ReadonlySet<string> = new Set([
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "EPROTO",
  "ETIMEDOUT",
  "EADDRNOTAVAIL",
  "EMFILE",
  "EHOSTDOWN",
  "EHOSTUNREACH",
  "ENETDOWN",
  "ENETUNREACH",
  "ENOTFOUND",
  "ERR_STREAM_PREMATURE_CLOSE",
]);
/** Name resolution, a proxy, TLS and its certificates, an answer that is no HTTP. */
const CONNECTION_FAMILIES = /^EAI_|^ERR_(PROXY|SSL|TLS)_|^UNABLE_TO_|CERT|^HPE_/;

const NO_ANSWER = "the connection gave no answer";

/** `ECONNREFUSED`, `ECONNRESET`, `ENOTFOUND`, and the many names that node has for a certificate it does not trust. */
function messageOfConnection(code: string): string {
  if (code === "ENOTFOUND") return "there is no such host; is the region's name right?";
  if (/CERT|^UNABLE_TO_|^ERR_TLS/.test(code)) {
    return "the server's certificate is not trusted; where a proxy opens TLS, name its CA in NODE_EXTRA_CA_CERTS";
  }
  return NO_ANSWER;
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
