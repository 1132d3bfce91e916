import { AsyncLocalStorage } from "node:async_hooks";
import {
  type Clock,
  CloudError,
  type Ctx,
  isCloudError,
  isTimeout,
  type TokenSource,
  withTimeout,
} from "@flotilla/core";
import { type GcpFailure, toCloudError } from "./errors.ts";
import type { GcpOptions, GcpService } from "./gcp-options.ts";
import type { GcpCall } from "./gcp-call.ts";
import { originsOf } from "./known-origins.ts";
import { limitedText } from "./limited-text.ts";
import { networkCode } from "./network-code.ts";
import { readFailure } from "./read-failure.ts";

/** Told of every request before it is sent; for recording and tests. Never sees a header. */
export type GcpTransportHook = (request: {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}) => void;

/** As much of a request as the generated clients of both generations hand over. */
export interface GcpRequest {
  readonly method?: string;
  readonly headers?: Headers | Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * The one door to the network. It holds the token, so that no client does; it refuses hosts that are not Google's nor
 * configured, follows no redirect, and reads failures while the wire's own words are there: the generated REST clients drop
 * `errors[].reason` and map 403 and 409 to other codes.
 */
export interface GcpTransport {
  /** Runs `fn` so that what it fetches belongs to `call`: the clients take no signal of ours. */
  during<T>(call: CurrentCall, fn: () => Promise<T>): Promise<T>;
  /** A JSON answer of status 2xx that is one to the call. @throws CloudError for everything else. */
  fetch(url: string, request: GcpRequest): Promise<Response>;
}

/** The call that a request belongs to. */
interface CurrentCall extends GcpCall {
  readonly ctx: Ctx;
  /** Told when an answer is handed over that is one to the call: what fails from then on is its reading. */
  readonly onAnswer: () => void;
}

/** What a transport is made of. */
export interface TransportDeps {
  readonly clock: Clock;
  readonly tokens: TokenSource;
  /** Asked when a token is there: credentials may name it. */
  readonly quotaProject?: () => string | undefined;
  readonly fetch?: typeof globalThis.fetch;
  readonly onRequest?: GcpTransportHook;
}

/** ListClusters over every location answers in seconds, or tells what is missing; google-gax gives it as long. */
const REQUEST_TIMEOUT_MS = 20_000;
/** Six times the largest real answer: a page of 5,000 SKUs is some 10 MB. */
const ANSWER_BYTES_MAX = 64 << 20;

/**
 * Calls of these are counted for the quota project of the credentials; a person's own have no other, and are refused without.
 * The rest is counted for the project in its path. Source: Google Cloud, "About the quota project".
 */
const PROJECTLESS: ReadonlySet<GcpService> = new Set(["resourceManager", "billing"]);

/** Opens no connection before the first request. */
export function createTransport(options: GcpOptions, deps: TransportDeps): GcpTransport {
  const calls = new AsyncLocalStorage<CurrentCall>();
  const isKnown = originsOf(options);
  return {
    during: (call, fn) => calls.run(call, fn),
    async fetch(target, request) {
      const call = calls.getStore();
      if (call === undefined) throw new Error("a request outside of a call");
      const url = new URL(target);
      refuseUnknown(url, isKnown);
      const it = { call, url, request };
      const { value } = await deps.tokens.token(call.ctx);
      const first = await answerOf({ ...it, secret: value }, deps);
      if (first.status !== 401) return read(it, first, value, deps);
      const renewed = await renewedToken(value, call.ctx, deps);
      if (renewed === value) return read(it, first, value, deps);
      return read(it, await answerOf({ ...it, secret: renewed }, deps), renewed, deps);
    },
  };
}

interface Exchange {
  readonly call: CurrentCall;
  readonly url: URL;
  readonly request: GcpRequest;
  readonly secret: string;
}

/** A token can be withdrawn ahead of its end. Many calls learn of it at once: the first one mints, the others find its token. */
async function renewedToken(refused: string, ctx: Ctx, { tokens }: TransportDeps): Promise<string> {
  if ((await tokens.token(ctx)).value === refused) tokens.invalidate();
  return (await tokens.token(ctx)).value;
}

function read({ call }: Pick<Exchange, "call">, answer: Answer, secret: string, { clock }: TransportDeps): Response {
  const { status, headers, text } = answer;
  if (status >= 300 && status < 400) throw redirected(call, headers);
  const failure = readFailure({ ...call, status, headers, text, nowMs: clock.nowMs() });
  if (failure !== undefined) throw toCloudError(scrubbed(failure, secret));
  call.onAnswer();
  return new Response(text, { status, headers: { "content-type": "application/json" } });
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

async function answerOf({ call, url, request, secret }: Exchange, deps: TransportDeps): Promise<Answer> {
  const { method = "GET", body } = request;
  const headers = new Headers(request.headers);
  headers.set("authorization", `Bearer ${secret}`);
  const quotaProject = PROJECTLESS.has(call.service) ? deps.quotaProject?.() : undefined;
  if (quotaProject !== undefined) headers.set("x-goog-user-project", quotaProject);
  deps.onRequest?.({ method, host: url.host, path: url.pathname });
  // Without the deadline of the context: whoever set that tells of it himself.
  using timed = withTimeout({ signal: call.ctx.signal }, deps.clock, REQUEST_TIMEOUT_MS);
  const base = { method, headers, signal: timed.signal, redirect: "manual" as const };
  const init = body === undefined ? base : { ...base, body };
  try {
    const response = await (deps.fetch ?? fetch)(url, init);
    const text = await limitedText(response, ANSWER_BYTES_MAX);
    if (text === undefined) throw tooLarge(call, url);
    return { status: response.status, headers: response.headers, text };
  } catch (error) {
    call.ctx.signal.throwIfAborted();
    throw isCloudError(error) ? error : unanswered(call, url, error);
  }
}

function unanswered({ service, action }: GcpCall, { host }: URL, error: unknown): CloudError {
  const code = networkCode(error);
  const within = isTimeout(error) ? ` within ${REQUEST_TIMEOUT_MS / 1000} s` : "";
  const message = `no answer from ${host}${within}; check the network and the proxy`;
  return toCloudError({ service, action, status: 0, codes: code === undefined ? [] : [code], message });
}

function tooLarge({ service, action }: GcpCall, { host }: URL): CloudError {
  return new CloudError(
    "invalid",
    `${service} ${action}: the answer of ${host} is larger than allowed (${ANSWER_BYTES_MAX >> 20} MiB); is there a proxy?`,
  );
}

function refuseUnknown(url: URL, isKnown: (url: URL) => boolean): void {
  if (isKnown(url)) return;
  throw new CloudError(
    "policy",
    `gcp: ${url.host} is no Google API host and no configured endpoint; nothing was sent to it`,
  );
}

function redirected({ service, action }: GcpCall, headers: Headers): CloudError {
  const to = headers.get("location") ?? "";
  const host = URL.canParse(to) ? new URL(to).host : "elsewhere";
  return new CloudError(
    "policy",
    `${service} ${action}: redirected to ${host}; not followed, check the configured endpoint`,
  );
}

/** A server may echo what it was sent. */
function scrubbed(failure: GcpFailure, secret: string): GcpFailure {
  const scrub = (text: string): string => text.replaceAll(secret, "REDACTED");
  return { ...failure, message: scrub(failure.message), codes: failure.codes.map(scrub) };
}
