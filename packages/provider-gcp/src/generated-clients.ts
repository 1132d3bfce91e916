import { isOnThisMachine } from "./api-address.ts";
import type { GcpService } from "./gcp-options.ts";
import type { GcpSession } from "./gcp-session.ts";
import type { GcpRequest } from "./transport.ts";

/**
 * Constructor options of Google's generated clients on their REST transport. Cast where they are given: the types ask for a
 * whole auth client, each from another version of its library, and the transport calls these three members.
 */
export interface RestClientConfig {
  readonly fallback: boolean;
  readonly authClient: {
    readonly universeDomain: string;
    getRequestHeaders(): Promise<Headers>;
    fetch(url: string, request: GcpRequest): Promise<Response>;
  };
  readonly apiEndpoint?: string;
  readonly port?: number;
  readonly protocol?: string;
}

/**
 * What a generated client takes from us. It gets an "auth client" that is our transport, so it never holds a token, never
 * probes the metadata server, and cannot reject behind our back for want of credentials (google-cloud-node#9085). The port is
 * given apart: one inside `apiEndpoint` is ignored.
 */
export function restClientConfig(session: GcpSession, service: GcpService): RestClientConfig {
  const authClient = {
    universeDomain: "googleapis.com",
    getRequestHeaders: async () => new Headers(),
    fetch: (url: string, request: GcpRequest) => session.transport.fetch(url, request),
  };
  const config = { fallback: true, authClient };
  const endpoint = endpointOf(session, service);
  if (endpoint === undefined) return config;
  const { hostname, port, protocol } = new URL(endpoint);
  const scheme = protocol.replace(":", "");
  const number = Number(port === "" ? (scheme === "http" ? 80 : 443) : port);
  return { ...config, apiEndpoint: hostname, port: number, protocol: scheme };
}

/** Goes with every call of a generated client: repeating is the call policy's business, paging is ours. */
export const ONCE: { readonly retry: null; readonly autoPaginate: false; readonly timeout: number } = {
  retry: null,
  autoPaginate: false,
  timeout: 60_000, // longer than the transport's own, which knows why it ended
};

/** Where a service is, if not at Google's own address. */
export function endpointOf({ options }: GcpSession, service: GcpService): string | undefined {
  return options.endpoints?.[service] ?? options.endpoint;
}

/** Whether the GKE that is asked is on this machine, as a sandbox is: then its clusters may be so too. */
export function isLocalCloud(session: GcpSession): boolean {
  const endpoint = endpointOf(session, "container");
  return endpoint !== undefined && isOnThisMachine(endpoint);
}
