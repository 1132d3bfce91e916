import { isJsonObject } from "@flotilla/core";
import type { AzureFailure } from "./errors.ts";

/** An answer as it came. */
export interface WireAnswer {
  readonly status: number;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

/** Longest text of a service that an error repeats. */
const MESSAGE_CHARACTERS_MAX = 600;
/** Longer than any code of Azure's. */
const CODE_CHARACTERS_MAX = 120;
/** A JSON Web Token, should a service or whoever stands between quote one. */
const TOKEN = /\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;

/**
 * What an answer says went wrong; `undefined` for a proper one. Resource Manager wraps its errors in `error`, AKS does not,
 * and either can put the real code into the first of `details`. A body that is no JSON object is no answer of Azure.
 */
export function failureOfResponse(answer: WireAnswer, nowMs: number): Omit<AzureFailure, "action"> | undefined {
  const { status } = answer;
  const body = parse(answer.body);
  if (status >= 200 && status < 300) {
    const isEmpty = answer.body.trim() === "";
    // Every 200 holds an object; an operation that has only begun may say nothing.
    const isProper = isJsonObject(body) || (isEmpty && status !== 200);
    return isProper ? okWithError(answer, body) : { status, ...unreadable(answer) };
  }
  if (status >= 300 && status < 400) return { ...about(answer, nowMs), ...REDIRECTED };
  return { ...about(answer, nowMs), ...(isJsonObject(body) ? saidIn(body) : withoutText(answer)) };
}

const REDIRECTED = { code: "Redirected", message: "the answer points elsewhere, and redirects are not followed" };

/** A success whose body is nothing but an error, in either shape: seen behind gateways, never a resource. */
function okWithError(answer: WireAnswer, body: unknown): Omit<AzureFailure, "action"> | undefined {
  if (!isJsonObject(body)) return undefined;
  const names = Object.keys(body);
  const isWrapped = names.length === 1 && isJsonObject(body["error"]);
  const isBare = textOf(body["code"]) !== undefined && names.every((name) => AKS_ERROR_MEMBERS.has(name));
  return isWrapped || isBare ? { status: answer.status, ...saidIn(body) } : undefined;
}

const AKS_ERROR_MEMBERS: ReadonlySet<string> = new Set(["code", "details", "message", "subcode", "target"]);

/** An empty refusal is told by its status alone. */
function withoutText(answer: WireAnswer): Pick<AzureFailure, "code" | "message"> {
  const isEmpty = answer.body.trim() === "";
  return isEmpty ? { code: `Http${answer.status}`, message: "the answer is empty" } : unreadable(answer);
}

function unreadable({ status, body }: WireAnswer): Pick<AzureFailure, "code" | "message"> {
  return { code: "UnreadableAnswer", message: `the answer (HTTP ${status}) ${whatIsWrong(body)}` };
}

function whatIsWrong(body: string): string {
  if (/^\s*</.test(body)) return "is a page, not JSON: is there a proxy?";
  if (body.trim() === "") return "is empty: is there a proxy?";
  return parse(body) === undefined ? "is not whole JSON" : "is no JSON object: is there a proxy?";
}

function about(answer: WireAnswer, nowMs: number): Pick<AzureFailure, "status" | "requestId" | "retryAfterMs"> {
  const requestId = answer.header("x-ms-request-id") ?? answer.header("x-ms-correlation-request-id");
  const retryAfterMs = retryAfter(answer.header("retry-after"), nowMs);
  return {
    status: answer.status,
    ...(requestId === undefined ? {} : { requestId }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function saidIn(body: Readonly<Record<string, unknown>>): Pick<AzureFailure, "code" | "message" | "detailCode"> {
  const { code, message, details } = errorIn(body);
  const [first] = Array.isArray(details) ? (details as readonly unknown[]) : [];
  const detailCode = isJsonObject(first) ? codeOf(first["code"]) : undefined;
  return {
    code: codeOf(code) ?? "Unknown",
    message: withoutTokens(textOf(message) ?? "").slice(0, MESSAGE_CHARACTERS_MAX),
    ...(detailCode === undefined ? {} : { detailCode }),
  };
}

/** Wrapped as by Resource Manager, or by the price list, which writes it in capitals; or bare as by AKS. */
function errorIn(body: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { error, Error: capital } = body;
  if (isJsonObject(error)) return error;
  if (isJsonObject(capital)) return { code: capital["Code"], message: capital["Message"] };
  return body;
}

/** Codes are words. Whoever writes a story into one is cut short. */
function codeOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : withoutTokens(text).slice(0, CODE_CHARACTERS_MAX);
}

function withoutTokens(text: string): string {
  return text.replace(TOKEN, "[token]");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3); nonsense and the past say nothing. */
function retryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (text === undefined) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? ms : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
