import type { ClientRequest, IncomingMessage } from "node:http";
import https from "node:https";

/** What a suite sends that must not go through our own client. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Sent as JSON, or as it is when it is a string. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 30 s. */
  readonly timeoutMs?: number;
}

export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  /** The body read as JSON; `undefined` where it is not JSON. */
  readonly json: unknown;
}

export interface RawAccess {
  readonly url: string;
  readonly caPem: string;
  readonly certPem?: string;
  readonly keyPem?: string;
  readonly token?: string;
}

/** A plain HTTPS client of one API server: an independent witness for what the product reports. */
export interface RawClient extends Disposable {
  send(request: RawRequest): Promise<RawResponse>;
  /**
   * The response as it streams in, line by line (watches). Ends with the connection, when the caller stops reading, or
   * (with an error) when `signal` is aborted.
   */
  lines(request: RawRequest, signal: AbortSignal): AsyncIterable<string>;
}

export function createRawClient(access: RawAccess): RawClient {
  const { caPem, certPem, keyPem } = access;
  const credentials = certPem === undefined || keyPem === undefined ? {} : { cert: certPem, key: keyPem };
  const agent = new https.Agent({ keepAlive: true, ca: caPem, ...credentials });
  return {
    send: (request) => send(access, agent, request),
    lines: (request, signal) => lines(access, agent, request, signal),
    [Symbol.dispose]: () => agent.destroy(),
  };
}

function send(access: RawAccess, agent: https.Agent, request: RawRequest): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const outgoing = open(access, agent, request, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, json: parseJson(text) });
      });
    });
    outgoing.on("error", reject);
    outgoing.setTimeout(request.timeoutMs ?? 30_000, () => {
      outgoing.destroy(new Error(`${request.method} ${access.url}${request.path}: no answer in time`));
    });
  });
}

async function* lines(
  access: RawAccess,
  agent: https.Agent,
  request: RawRequest,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const outgoing = open(access, agent, request, resolve);
  outgoing.on("error", reject);
  const abort = (): void => void outgoing.destroy(new Error(`${request.path}: nothing more came in time`));
  signal.addEventListener("abort", abort, { once: true });
  try {
    let rest = "";
    for await (const chunk of (await promise).setEncoding("utf8")) {
      const parts = `${rest}${String(chunk)}`.split("\n");
      rest = parts.pop() ?? "";
      yield* parts;
    }
    if (rest !== "") yield rest;
  } finally {
    signal.removeEventListener("abort", abort);
    outgoing.destroy();
  }
}

function open(
  access: RawAccess,
  agent: https.Agent,
  request: RawRequest,
  onResponse: (response: IncomingMessage) => void,
): ClientRequest {
  const { method, path, body, headers } = request;
  const payload = body === undefined ? undefined : typeof body === "string" ? body : JSON.stringify(body);
  const outgoing = https.request(
    new URL(path, access.url),
    {
      method,
      agent,
      headers: {
        // Node frames the body of a DELETE only when it is told the length.
        ...(payload === undefined
          ? {}
          : { "content-type": "application/json", "content-length": String(Buffer.byteLength(payload)) }),
        ...(access.token === undefined ? {} : { authorization: `Bearer ${access.token}` }),
        ...headers,
      },
    },
    onResponse,
  );
  outgoing.end(payload);
  return outgoing;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
