import { CloudError } from "@flotilla/core";
import type { Answer, AnswerHead } from "./answer.ts";
import { isWrite, type KubeRequest, type KubeResponse } from "./kube-request.ts";
import { retryAfterMs } from "./retry-after.ts";
import { isFailureStatus, readStatusBody } from "./status-body.ts";

/** Reads the whole answer. @throws CloudError for a success whose body is not JSON: nobody knows what it means. */
export async function readResponse(
  clusterId: string,
  request: KubeRequest,
  answer: Answer,
  nowMs: number,
): Promise<KubeResponse> {
  const { status: httpStatus, headers } = await answer.head;
  const body = parse(await answer.text());
  const ok = httpStatus < 300;
  if (ok && body === NOT_JSON) throw notJson(clusterId, request, contentType(headers));
  if (!ok && httpStatus < 400) throw redirected(clusterId, request, httpStatus);
  const known = body === NOT_JSON ? undefined : body;
  const status = ok && !isFailureStatus(known) ? httpStatus : failureCode(httpStatus, known);
  return {
    status,
    body: known,
    retryAfterMs: status < 400 ? undefined : (retryAfterMs(headers["retry-after"], nowMs) ?? detailsRetryMs(known)),
    requestId: status < 400 ? undefined : header(headers["audit-id"]),
  };
}

const NOT_JSON: unique symbol = Symbol("not JSON");

function parse(text: string): unknown {
  try {
    return text === "" ? NOT_JSON : JSON.parse(text);
  } catch {
    return NOT_JSON;
  }
}

function failureCode(httpStatus: number, body: unknown): number {
  if (httpStatus >= 400) return httpStatus;
  const told = readStatusBody(body)?.code;
  return told !== undefined && told >= 400 ? told : 500;
}

function detailsRetryMs(body: unknown): number | undefined {
  const seconds = readStatusBody(body)?.retryAfterSeconds;
  return seconds === undefined || seconds <= 0 ? undefined : seconds * 1000;
}

/** A broken JSON body may be whole next time; another content type means that somebody else answers at this address. */
function notJson(clusterId: string, request: KubeRequest, type: string): CloudError {
  const what = `${clusterId}: cannot ${request.describe()}`;
  if (isWrite(request))
    return new CloudError("timeoutUnknown", `${what}: the answer is not JSON (${type}); it may have been carried out`);
  if (type.includes("json"))
    return new CloudError("transient", `${what}: the answer is broken JSON`, { code: "BrokenJson" });
  return new CloudError(
    "internal",
    `${what}: answered with ${type} instead of JSON; is this address really an API server?`,
  );
}

function redirected(clusterId: string, request: KubeRequest, status: number): CloudError {
  const hint =
    "redirects are never followed, as they could carry the credential elsewhere; put the real address into the kubeconfig";
  return new CloudError(
    "invalid",
    `${clusterId}: cannot ${request.describe()}: the server redirects (HTTP ${status}); ${hint}`,
    { status },
  );
}

function contentType(headers: AnswerHead["headers"]): string {
  const type = header(headers["content-type"]);
  return type === undefined ? "no content type" : (type.split(";")[0] ?? type);
}

function header(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
