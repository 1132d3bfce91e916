import type { KubeAccess } from "@flotilla/core";
import type { Dispatcher } from "undici";
import { CONNECT_TIMEOUT_MS, CONNECTIONS_MAX, KEEP_ALIVE_MS, RESPONSE_BYTES_MAX } from "./limits.ts";

/** Two pools to one server, so that a hundred open watches never keep an apply waiting. */
export interface Dispatchers {
  readonly requests: Dispatcher;
  readonly streams: Dispatcher;
}

export interface PoolLimits {
  readonly connectionsMax?: number;
  readonly connectTimeoutMs?: number;
  readonly responseBytesMax?: number;
}

/** Loads undici (80 ms, hence not at import) and opens nothing yet: the first request connects. */
export async function createDispatchers(access: KubeAccess, origin: string, limits: PoolLimits): Promise<Dispatchers> {
  const { Pool, ProxyAgent } = await import("undici");
  const tls = tlsOptions(access);
  const timeout = limits.connectTimeoutMs ?? CONNECT_TIMEOUT_MS;
  const open = (connections: number | null, maxResponseSize: number): Dispatcher => {
    // HTTP/1.1 only: on one h2 connection a slow list would hold up applies, and undici's h2 requests cost more CPU.
    const shared = { connections, maxResponseSize, keepAliveTimeout: KEEP_ALIVE_MS, allowH2: false };
    if (access.proxyUrl === undefined) return new Pool(origin, { ...shared, connect: { ...tls, timeout } });
    return new ProxyAgent({
      ...shared,
      uri: access.proxyUrl,
      requestTls: { ...tls, timeout },
      connectTimeout: timeout,
    });
  };
  return {
    requests: open(limits.connectionsMax ?? CONNECTIONS_MAX, limits.responseBytesMax ?? RESPONSE_BYTES_MAX),
    streams: open(null, -1),
  };
}

interface TlsOptions {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly servername?: string;
  readonly rejectUnauthorized: boolean;
}

function tlsOptions(access: KubeAccess): TlsOptions {
  return {
    ...(access.caPem === undefined ? {} : { ca: access.caPem }),
    ...(access.auth.kind === "certificate" ? { cert: access.auth.certPem, key: access.auth.keyPem } : {}),
    ...(access.tlsServerName === undefined ? {} : { servername: access.tlsServerName }),
    rejectUnauthorized: access.insecureSkipTlsVerify !== true,
  };
}
