import { CloudError, isCloudError, type CloudErrorKind, type Ctx } from "@flotilla/core";
import { isWrite, type KubeRequest } from "./kube-request.ts";

/** Failures before a byte of the request was sent: nothing happened on the server. Codes of node:net, node:dns and undici. */
const NOTHING_SENT: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "EMFILE",
  "UND_ERR_CONNECT_TIMEOUT",
]);

/** The server's certificate is not what the kubeconfig promises. Codes of node:tls (OpenSSL X509_V_ERR_*). */
const SERVER_CERTIFICATE: ReadonlySet<string> = new Set([
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

const ANSWER_TOO_LARGE = "UND_ERR_RES_EXCEEDED_MAX_SIZE";

/** Why our own waiting ended. */
export type Cancelled = "aborted" | "deadline" | undefined;

/** Translates what the transport threw. The original error is re-made, since it can carry request headers. */
export function toTransportError(
  clusterId: string,
  request: KubeRequest,
  error: unknown,
  cancelled: Cancelled,
  ctx: Ctx,
): CloudError {
  const what = `${clusterId}: cannot ${request.describe()}`;
  const late = cancelled === "deadline" || (cancelled === "aborted" && isTimeout(ctx.signal.reason));
  if (cancelled === "aborted" && !late) return toCancelledError(what, request, ctx.signal.reason);
  if (late) return new CloudError(lostKind(request), `${what}: no answer in time${lostHint(request)}`);
  if (isCloudError(error)) return error;
  const code = codeOf(error);
  const cause = new Error(textOf(error));
  if (SERVER_CERTIFICATE.has(code)) {
    const hint = "check certificate-authority-data, tls-server-name and the server's address in the kubeconfig";
    return new CloudError("invalid", `${what}: the server's certificate is not accepted: ${textOf(error)}; ${hint}`, {
      code,
      cause,
    });
  }
  if (code === ANSWER_TOO_LARGE)
    return new CloudError("invalid", `${what}: the answer is larger than allowed`, { code, cause });
  if (isRefusedClientCertificate(code)) {
    return new CloudError("unauthenticated", `${what}: the server refused the client certificate`, { code, cause });
  }
  if (NOTHING_SENT.has(code) || isHandshakeFailure(code) || isConnecting(error)) {
    return new CloudError("transient", `${what}: no connection: ${textOf(error)}`, { code, cause });
  }
  return new CloudError(lostKind(request), `${what}: connection lost: ${textOf(error)}${lostHint(request)}`, {
    code,
    cause,
  });
}

/** A context's own deadline aborts its signal with this: to the caller it is a deadline, not a wish to stop. */
function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === "TimeoutError";
}

/** Nothing was sent, because the time was up before. */
export function toLateError(clusterId: string, request: KubeRequest): CloudError {
  return new CloudError(
    "transient",
    `${clusterId}: cannot ${request.describe()}: the deadline had passed before it was sent`,
  );
}

function toCancelledError(what: string, request: KubeRequest, reason: unknown): CloudError {
  if (isCloudError(reason)) return reason;
  const fate = isWrite(request) ? "; it may have been carried out" : "";
  return new CloudError("cancelled", `${what}: cancelled${fate}`, { cause: reason });
}

function lostKind(request: KubeRequest): CloudErrorKind {
  return isWrite(request) ? "timeoutUnknown" : "transient";
}

function lostHint(request: KubeRequest): string {
  return isWrite(request) ? "; it may have been carried out" : "";
}

/** OpenSSL tells a refusal of our certificate as an alert after the handshake. */
function isRefusedClientCertificate(code: string): boolean {
  return (
    code.startsWith("ERR_SSL_") &&
    (code.includes("ALERT_CERTIFICATE") || code.includes("ALERT_BAD_CERTIFICATE") || code.includes("ALERT_UNKNOWN_CA"))
  );
}

function isHandshakeFailure(code: string): boolean {
  return code.startsWith("ERR_SSL_") || code.startsWith("ERR_TLS_") || code === "EPROTO";
}

/** A code such as ETIMEDOUT can also come from a connection in use; the system call tells them apart. */
function isConnecting(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && error.syscall === "connect";
}

/** A connection attempt to several addresses fails with an AggregateError whose code is that of the attempts. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  if ("code" in error && typeof error.code === "string" && error.code !== "UND_ERR_SOCKET") return error.code;
  const inner = codeOf(error.cause);
  return inner !== "" || !("code" in error) ? inner : String(error.code);
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown failure";
  if (error.message !== "") return error.message;
  const code = codeOf(error);
  return code === "" ? error.name : code;
}
