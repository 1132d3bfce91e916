import { CloudError } from "@flotilla/core";
import type { NodeHttpHandler } from "@smithy/node-http-handler";
import type { AwsOptions } from "./aws-options.ts";
import { checkedAnswer } from "./checked-answer.ts";
import { connectionFailure } from "./connection-failure.ts";
import { hostsOf } from "./known-hosts.ts";

type SdkHandler = Pick<
  NodeHttpHandler,
  "handle" | "destroy" | "metadata" | "updateHttpClientConfig" | "httpHandlerConfigs"
>;
type SdkRequest = Parameters<NodeHttpHandler["handle"]>[0];

/** Told of every request before it is sent; for recording and tests. Never sees a header. */
export type AwsTransportHook = (request: {
  readonly method: string;
  readonly host: string;
  readonly path: string;
}) => void;

/**
 * The one door to the network: pooled connections, no signed request to a host that is not AWS or configured, and no answer
 * that is none.
 */
export interface AwsTransport extends AsyncDisposable {
  readonly handler: SdkHandler;
}

/** How long a server may keep us waiting. */
interface AwsTimeouts {
  /** Until the connection stands. */
  readonly connectMs: number;
  /** Until the answer begins, and between any two parts of it. */
  readonly silenceMs: number;
}

const TIMEOUTS: AwsTimeouts = { connectMs: 5000, silenceMs: 30_000 };
/** Discovery asks some thirty regions at once, a few describes in each. */
const SOCKETS_MAX = 1024;
/** What was opened is kept for the next call: the agent would close all but 256 of them as soon as they are idle. */
const AGENT = { keepAlive: true, maxSockets: SOCKETS_MAX, maxFreeSockets: SOCKETS_MAX } as const;

/** The handler writes warnings to the console otherwise, and a library has no business there. */
const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

function nothing(): void {
  // On purpose.
}

export interface TransportDeps {
  /** `HTTPS_PROXY` and `NO_PROXY` in it are heeded, as the `aws` command line does. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly hook?: AwsTransportHook;
  readonly timeouts?: AwsTimeouts;
}

export async function openTransport(options: AwsOptions, deps: TransportDeps): Promise<AwsTransport> {
  const { NodeHttpHandler } = await import("@smithy/node-http-handler");
  const { env, hook, timeouts = TIMEOUTS } = deps;
  const inner = new NodeHttpHandler({
    connectionTimeout: timeouts.connectMs,
    requestTimeout: timeouts.silenceMs,
    throwOnRequestTimeout: true, // else it only warns, and a hung request hangs for ever
    socketTimeout: timeouts.silenceMs,
    httpAgent: AGENT,
    httpsAgent: { ...AGENT, proxyEnv: env },
    logger: SILENT,
  });
  const isKnown = hostsOf(options);
  const handle: NodeHttpHandler["handle"] = async (request, handlerOptions) => {
    const host = hostOf(request);
    refuseUnknownHost(host, isKnown);
    hook?.({ method: request.method, host: request.hostname, path: request.path });
    try {
      const { response } = await inner.handle(request, handlerOptions);
      return { response: await checkedAnswer(response, host) };
    } catch (error) {
      throw connectionFailure(error, host) ?? error;
    }
  };
  return {
    handler: {
      metadata: inner.metadata,
      handle,
      destroy: () => inner.destroy(),
      updateHttpClientConfig: (key, value) => inner.updateHttpClientConfig(key, value),
      httpHandlerConfigs: () => inner.httpHandlerConfigs(),
    },
    async [Symbol.asyncDispose]() {
      inner.destroy();
    },
  };
}

function hostOf({ hostname, port }: SdkRequest): string {
  return port === undefined ? hostname : `${hostname}:${port}`;
}

function refuseUnknownHost(host: string, isKnown: (host: string) => boolean): void {
  if (isKnown(host)) return;
  throw new CloudError("policy", `aws: ${host} is no AWS host and no configured endpoint; nothing was sent to it`);
}
