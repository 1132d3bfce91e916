import { addAbortSignal } from "node:stream";
import { type Clock, CloudError, type Ctx, isCloudError, untilAborted, withTimeout } from "@flotilla/core";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import { answerText } from "./answer-text.ts";
import type { AzureCall } from "./azure-call.ts";
import { type AzureFailure, toCloudError } from "./errors.ts";
import type { AzureHosts } from "./hosts.ts";
import { failureOfResponse } from "./wire-failure.ts";

/** Told of every request before it is sent; for recording and tests. Never sees a header. */
export type AzureTransportHook = (request: {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}) => void;

/** What the SDKs take as their `httpClient`. */
export type AzureHttpClient = HttpClient;

/**
 * The one door to the network: nothing is sent to a host that is not Azure's or configured, and what is no proper answer is
 * an error of ours before an SDK sees it: the SDKs' own errors carry the request's headers.
 */
export interface AzureTransport {
  /** A client for one call: it ends with the call's signal, and its errors name the call. */
  clientFor(call: AzureCall, ctx: Ctx): AzureHttpClient;
  /** A link out of an answer, as an SDK may follow it. @throws CloudError `policy` for a foreign host. */
  canonicalLink(link: string): string;
  /** The host name that stands for Resource Manager where the configuration overrides it. */
  readonly armHostname: string | undefined;
}

/** For one request, to the last byte of its answer: a page of a hundred clusters takes seconds. */
const REQUEST_TIMEOUT_MS = 20_000;

/** Opens the door; sockets are pooled over all calls. */
export async function openTransport(deps: {
  readonly hosts: AzureHosts;
  readonly clock: Clock;
  readonly hook?: AzureTransportHook;
}): Promise<AzureTransport> {
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const inner = createDefaultHttpClient();
  return {
    canonicalLink: (link) => deps.hosts.canonical(link),
    armHostname: deps.hosts.armHostname,
    clientFor: (call, ctx) => {
      let mayBeChallenged = true;
      return {
        async sendRequest(request) {
          const url = deps.hosts.route(request.url, request.headers.has("authorization"));
          deps.hook?.({ method: request.method, host: url.host, path: url.pathname });
          const response = await answered(inner, redirected(request, url), { call, clock: deps.clock }, ctx);
          // The SDK answers a challenge: it asks for another token and sends again. A second one is a refusal.
          const isToBeAnswered = mayBeChallenged && isChallenge(response);
          mayBeChallenged = false;
          return isToBeAnswered ? response : checked(response, request, call, deps.clock.nowMs());
        },
      };
    },
  };
}

/**
 * A copy: a changed request would end up in the SDKs' stored states. The proxy was chosen for Azure's own host, so what goes
 * elsewhere goes there directly.
 */
function redirected(request: PipelineRequest, url: URL): PipelineRequest {
  if (new URL(request.url).origin === url.origin) return { ...request };
  const { agent: _agent, proxySettings: _proxy, ...rest } = request;
  return { ...rest, url: url.href, allowInsecureConnection: url.protocol === "http:" };
}

/**
 * Raced: the SDKs' own client times the head of an answer only, and waits for ever where a packed body breaks off. What failed
 * is ended, so that nothing goes on sending.
 */
async function answered(
  inner: HttpClient,
  request: PipelineRequest,
  { call, clock }: { readonly call: AzureCall; readonly clock: Clock },
  ctx: Ctx,
): Promise<PipelineResponse> {
  using timed = withTimeout(ctx, clock, REQUEST_TIMEOUT_MS);
  const failed = new AbortController();
  const abortSignal = AbortSignal.any([timed.signal, failed.signal]);
  try {
    return await untilAborted(readWhole(inner, { ...request, abortSignal }, call.action), abortSignal);
  } catch (error) {
    failed.abort();
    ctx.signal.throwIfAborted();
    if (isCloudError(error)) throw error;
    const code = timed.signal.aborted ? "TimeoutError" : codeOf(error);
    const said = timed.signal.aborted ? (timed.signal.reason as Error).message : `no answer (${code})`;
    const { host } = new URL(request.url);
    throw new CloudError("transient", `azure ${call.action}: ${said} from ${host}; check the network and the proxy`, {
      code,
      status: 0,
    });
  }
}

/** As the SDKs' own client does it by default, but not without measure: this asks for the body as a stream. */
async function readWhole(
  inner: HttpClient,
  request: PipelineRequest & { readonly abortSignal: AbortSignal },
  action: string,
): Promise<PipelineResponse> {
  const streamResponseStatusCodes = new Set([Number.POSITIVE_INFINITY]); // stands for all
  const { readableStreamBody, ...response } = await inner.sendRequest({ ...request, streamResponseStatusCodes });
  if (readableStreamBody === undefined) return response;
  return { ...response, bodyAsText: await answerText(addAbortSignal(request.abortSignal, readableStreamBody), action) };
}

/** Errors of Node's sockets have a code; the rest is named by its class. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

/** Continuous access evaluation: the token was revoked, and the next one must answer the claims. */
function isChallenge({ status, headers }: PipelineResponse): boolean {
  const challenge = headers.get("www-authenticate") ?? "";
  return (
    status === 401 && challenge.includes('error="insufficient_claims"') && /claims="[A-Za-z0-9+/]+=*"/.test(challenge)
  );
}

function checked(
  response: PipelineResponse,
  request: PipelineRequest,
  call: AzureCall,
  nowMs: number,
): PipelineResponse {
  const failure = failureOfResponse(
    {
      status: response.status,
      header: (name) => response.headers.get(name),
      body: response.bodyAsText ?? "",
    },
    nowMs,
  );
  if (failure === undefined) return response;
  throw toCloudError(scrubbed({ ...failure, action: call.action }, request.headers.get("authorization")));
}

/** A service, or whoever stands between, may repeat what it was sent. */
function scrubbed(failure: AzureFailure, authorization: string | undefined): AzureFailure {
  const secret = authorization?.replace(/^Bearer /, "") ?? "";
  if (secret === "") return failure;
  const scrub = (text: string): string => text.replaceAll(secret, "[token]");
  const { code, message, detailCode } = failure;
  return {
    ...failure,
    code: scrub(code),
    message: scrub(message),
    ...(detailCode === undefined ? {} : { detailCode: scrub(detailCode) }),
  };
}
