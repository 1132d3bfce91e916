import { CloudError, type CloudErrorKind } from "@flotilla/core";
import { isWrite, type KubeRequest, type KubeResponse } from "./kube-request.ts";
import { readStatusBody, type StatusBody } from "./status-body.ts";

/**
 * HTTP status to kind; what a `reason` says more precisely comes first (`KIND_BY_REASON`).
 * Source: apimachinery `metav1.StatusReason` and the HTTP status each is documented with.
 */
const KIND_BY_STATUS: ReadonlyMap<number, CloudErrorKind> = new Map<number, CloudErrorKind>([
  [400, "invalid"],
  [401, "unauthenticated"],
  [403, "denied"],
  [404, "notFound"],
  [405, "invalid"],
  [406, "invalid"],
  [409, "stale"],
  [410, "stale"],
  [413, "invalid"],
  [415, "invalid"],
  [422, "invalid"],
  [429, "throttled"],
]);

const KIND_BY_REASON: ReadonlyMap<string, CloudErrorKind> = new Map<string, CloudErrorKind>([
  ["AlreadyExists", "exists"],
  ["Conflict", "stale"],
  ["Expired", "stale"],
  ["Gone", "stale"],
  ["TooManyRequests", "throttled"],
  ["ServiceUnavailable", "transient"],
]);

/** Told instead of `transient` for a write: the request reached a server, its fate is not known. 502 and 504 come from something between. */
const FATE_UNKNOWN: ReadonlySet<number> = new Set([408, 502, 504]);

/**
 * A manifest with an unknown field or a wrong type: real servers answer 500 without a reason (1.36 does), as they do for
 * trouble in etcd. Only the text tells them apart. Source: apimachinery `managedfields` `structuredmerge.go`.
 */
const APPLY_UNTYPED = "failed to create typed patch object";

/** The error for an answer that says no. The message keeps the server's own words and every cause it lists. */
export function toCloudError(clusterId: string, request: KubeRequest, response: KubeResponse): CloudError {
  const status = readStatusBody(response.body);
  const code = response.status < 400 ? (status?.code ?? 500) : response.status;
  const said = status === undefined ? `HTTP ${code}` : sentence(status, code);
  return new CloudError(kindOf(request, code, status), `${clusterId}: cannot ${request.describe()}: ${said}`, {
    code: status?.reason === undefined || status.reason === "" ? `${code}` : status.reason,
    status: code,
    ...(status === undefined ? {} : { vendorMessage: status.message }),
    ...(response.retryAfterMs === undefined ? {} : { retryAfterMs: response.retryAfterMs }),
    ...(response.requestId === undefined ? {} : { requestId: response.requestId }),
  });
}

/** What a status of 400 or more comes to; `undefined` for a success. */
export function kindOfResponse(request: KubeRequest, response: KubeResponse): CloudErrorKind | undefined {
  return response.status < 400 ? undefined : kindOf(request, response.status, readStatusBody(response.body));
}

function kindOf(request: KubeRequest, code: number, status: StatusBody | undefined): CloudErrorKind {
  if (code === 500 && status?.reason === "" && status.message.startsWith(APPLY_UNTYPED)) return "invalid";
  const known = KIND_BY_REASON.get(status?.reason ?? "") ?? KIND_BY_STATUS.get(code);
  if (known !== undefined) return known;
  if (FATE_UNKNOWN.has(code)) return isWrite(request) ? "timeoutUnknown" : "transient";
  return code >= 500 ? "transient" : "internal";
}

/** The causes repeat what the message says in most answers of a real server, so only the unsaid ones are added. */
function sentence(status: StatusBody, code: number): string {
  const message = status.message === "" ? `HTTP ${code} ${status.reason}`.trimEnd() : status.message;
  const unsaid = status.causes.filter((cause) => cause.message !== "" && !message.includes(cause.message));
  if (unsaid.length === 0) return message;
  return `${message} (${unsaid.map((cause) => `${cause.field === "" ? "" : `${cause.field}: `}${cause.message}`).join("; ")})`;
}
