import { CloudError, type Ctx } from "@flotilla/core";
import type { HttpClient, PipelineRequest, PipelineResponse } from "@azure/core-rest-pipeline";
import type { AzureCall } from "./azure-session.ts";
import { toCloudError } from "./errors.ts";
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

const REQUEST_TIMEOUT_MS = 30_000;

/** Opens the door; sockets are pooled over all calls. */
export async function openTransport(deps: {
  readonly hosts: AzureHosts;
  readonly nowMs: () => number;
  readonly hook?: AzureTransportHook;
}): Promise<AzureTransport> {
  const { createDefaultHttpClient } = await import("@azure/core-rest-pipeline");
  const inner = createDefaultHttpClient();
  return {
    canonicalLink: (link) => deps.hosts.canonical(link),
    armHostname: deps.hosts.armHostname,
    clientFor: (call, ctx) => ({
      async sendRequest(request) {
        const url = deps.hosts.route(request.url);
        deps.hook?.({ method: request.method, host: url.host, path: url.pathname });
        const sent = { ...redirected(request, url), timeout: REQUEST_TIMEOUT_MS, abortSignal: ctx.signal };
        const response = await answered(inner, sent, call, ctx);
        return checked(response, call, deps.nowMs());
      },
    }),
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

async function answered(
  inner: HttpClient,
  request: PipelineRequest,
  call: AzureCall,
  ctx: Ctx,
): Promise<PipelineResponse> {
  try {
    return await inner.sendRequest(request);
  } catch (error) {
    ctx.signal.throwIfAborted();
    const code = codeOf(error);
    const said = code === "AbortError" ? `no answer within ${REQUEST_TIMEOUT_MS / 1000} s` : `no answer (${code})`;
    const { host } = new URL(request.url);
    throw new CloudError("transient", `azure ${call.action}: ${said} from ${host}; check the network and the proxy`, {
      code,
      status: 0,
    });
  }
}

/** Errors of Node's sockets have a code; the rest is named by its class. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return "unknown";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}

function checked(response: PipelineResponse, call: AzureCall, nowMs: number): PipelineResponse {
  // A challenge with claims is the SDK's to answer: it asks for another token and sends again, once.
  const isChallenge = response.status === 401 && /claims=/.test(response.headers.get("www-authenticate") ?? "");
  if (isChallenge) return response;
  const failure = failureOfResponse(
    {
      status: response.status,
      header: (name) => response.headers.get(name),
      body: response.bodyAsText ?? "",
    },
    nowMs,
  );
  if (failure !== undefined) throw toCloudError({ ...failure, action: call.action });
  return response;
}
