import { isJsonObject } from "@flotilla/core";
import type { GcpFailure } from "./errors.ts";
import type { GcpCall } from "./gcp-call.ts";

/** What came back, before anybody made an exception of it, and what the call may answer (see `GcpCall`). */
export interface RawAnswer extends Pick<GcpCall, "members" | "mayBeEmpty"> {
  readonly service: string;
  readonly action: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly nowMs: number;
}

/** What these say is in the status, whoever answers: credentials, a proxy's credentials, too many requests. */
const SAID_BY_STATUS: ReadonlySet<number> = new Set([401, 407, 429]);

/**
 * Reads what the wire said of a failure: HTTP status, `error.status`, every `errors[].reason`, the ErrorInfo and the request
 * id of `details[]`, Retry-After. `undefined` for an answer that is none. A 200 whose body is an error is one; so is a body
 * that is no JSON at all (a proxy's page, half a document), or that of another answer: nobody may take it for an empty one.
 * A refusal that is not in Google's words is no refusal of Google's: whoever stands between has answered.
 */
export function readFailure(answer: RawAnswer): GcpFailure | undefined {
  const { service, action, status } = answer;
  const body = parse(answer.text);
  const isFine = status >= 200 && status < 300;
  if (body === undefined) return foreign(answer, "notJson");
  const error = isJsonObject(body) ? body["error"] : undefined;
  const isRefusal = isJsonObject(error) && Object.keys(body as object).length === 1;
  if (isFine && !isRefusal) return isExpected(body, answer) ? undefined : foreign(answer, "foreignAnswer");
  if (error === undefined) return foreign(answer, "foreignAnswer");
  return { service, action, status, ...said(error, body), ...retryAfterOf(answer, detailsOf(error)) };
}

function isExpected(body: unknown, { members, mayBeEmpty }: RawAnswer): boolean {
  if (!isJsonObject(body)) return false;
  return members.some((member) => (body[member] ?? null) !== null) || (mayBeEmpty && Object.keys(body).length === 0);
}

function foreign(answer: RawAnswer, code: "notJson" | "foreignAnswer"): GcpFailure {
  const { service, action, status } = answer;
  const codes = SAID_BY_STATUS.has(status) ? [] : [code];
  const message = `the answer (HTTP ${status}) is not one of Google Cloud: is there a proxy?`;
  return { service, action, status, codes, message, ...retryAfterOf(answer, []) };
}

function said(error: unknown, body: unknown): Pick<GcpFailure, "codes" | "message" | "grpc" | "requestId"> {
  // The token endpoint's own shape (RFC 6749 section 5.2).
  if (typeof error === "string") return { codes: [error], message: textOf(body, "error_description") ?? "" };
  if (!isJsonObject(error)) return { codes: [], message: "" };
  const details = detailsOf(error);
  // `errors[].code` is an operation's, whose error is told like an answer's.
  const reasons = [...details, ...listOf(error["errors"])].map(
    (entry) => textOf(entry, "reason") ?? textOf(entry, "code"),
  );
  const requestId = details.map((entry) => textOf(entry, "requestId")).find((id) => id !== undefined);
  const grpc = textOf(error, "status");
  return {
    codes: [...new Set(reasons.filter((reason) => reason !== undefined))],
    message: textOf(error, "message") ?? "",
    ...(grpc === undefined ? {} : { grpc }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

function detailsOf(error: unknown): readonly Readonly<Record<string, unknown>>[] {
  return isJsonObject(error) ? listOf(error["details"]) : [];
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3), else RetryInfo's `"7s"`; nonsense and the past say nothing. */
function retryAfterOf(
  { headers, nowMs }: RawAnswer,
  details: readonly Readonly<Record<string, unknown>>[],
): { readonly retryAfterMs?: number } {
  const header = headers.get("retry-after");
  const delay = details.map((entry) => textOf(entry, "retryDelay")).find((text) => text !== undefined);
  const text = header ?? delay?.replace(/s$/, "");
  if (text === undefined) return {};
  const ms = /^\d+(\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? { retryAfterMs: ms } : {};
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function textOf(value: unknown, name: string): string | undefined {
  const text = isJsonObject(value) ? value[name] : undefined;
  return typeof text === "string" && text !== "" ? text : undefined;
}
