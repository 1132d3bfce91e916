import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Ctx, KubeAuth, KubeCluster } from "@flotilla/core";
import { connectKubeCluster, type ConnectInput } from "../src/index.ts";

export interface ScriptedRequest {
  readonly method: string;
  /** Path without its query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Answers one request by hand: every byte and every silence is the test's. */
export type Handler = (request: ScriptedRequest, response: ServerResponse, nth: number) => void;

/** A plain HTTP server on loopback that knows discovery of a few kinds and leaves the rest to the test. */
export interface ScriptedServer extends AsyncDisposable {
  readonly url: string;
  /** All but discovery. */
  readonly requests: readonly ScriptedRequest[];
  handle(handler: Handler): void;
}

const RESOURCES: Readonly<Record<string, readonly object[]>> = {
  "/api/v1": [resource("configmaps", "ConfigMap"), resource("nodes", "Node", false), resource("pods", "Pod")],
  "/apis/apps/v1": [resource("deployments", "Deployment")],
};

function resource(name: string, kind: string, namespaced = true): object {
  return { name, kind, namespaced, singularName: "", verbs: ["get", "list", "watch"] };
}

export async function startScriptedServer(
  first: Handler = (_request, response) => response.destroy(),
): Promise<ScriptedServer> {
  let handler = first;
  const requests: ScriptedRequest[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const url = new URL(message.url ?? "/", "http://127.0.0.1");
      const resources = RESOURCES[url.pathname];
      if (resources !== undefined) return sendJson(response, { kind: "APIResourceList", groupVersion: "", resources });
      const body = Buffer.concat(chunks).toString("utf8");
      const { method = "GET", headers } = message;
      const request = { method, headers, body, path: url.pathname, query: url.searchParams };
      requests.push(request);
      handler(request, response, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    handle(next) {
      handler = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
}

export function sendStatus(
  response: ServerResponse,
  code: number,
  reason: string,
  more: object = {},
  headers: Record<string, string> = {},
): void {
  sendJson(
    response,
    { kind: "Status", apiVersion: "v1", status: "Failure", code, reason, message: `${reason} it is`, ...more },
    code,
    headers,
  );
}

/** Tokens `t1`, `t2`, …: one more after each `invalidate`. */
export function countingTokens(prefix = "t"): { readonly auth: KubeAuth; readonly minted: () => number } {
  let minted = 1;
  const tokens = {
    token: async () => ({ value: `${prefix}${minted}`, expiresAtMs: null }),
    invalidate: () => {
      minted += 1;
    },
  };
  return { auth: { kind: "bearer", tokens }, minted: () => minted };
}

export function connectTo(
  server: { readonly url: string },
  more: Partial<ConnectInput> & { readonly auth?: KubeAuth } = {},
): KubeCluster {
  const { auth = { kind: "none" }, ...rest } = more;
  return connectKubeCluster({ id: "kubeconfig/test/-/a", access: { server: server.url, auth }, ...rest });
}

/** A context that lasts for the test. */
export function aCtx(deadlineInMs?: number): Ctx {
  const { signal } = new AbortController();
  return deadlineInMs === undefined ? { signal } : { signal, deadlineMs: Date.now() + deadlineInMs };
}

export function aConfigMap(name: string, resourceVersion: string, uid: string = `uid-${name}`): object {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace: "ns", uid, resourceVersion } };
}
