import { Agent, request } from "node:https";
import type { ApiServer } from "../api-server.ts";
import type { Json, JsonObject } from "../json/json.ts";

/** An answer as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  /** Parsed where it is JSON, else text. */
  readonly body: Json;
}

/** How a request is sent. */
export interface RawRequest {
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** A plain HTTPS client for the tests of the server: it knows nothing of Kubernetes. */
export class RawClient implements Disposable {
  readonly #server: ApiServer;
  readonly #agent: Agent;
  readonly #token: string | undefined;

  /** `token`: default the administrator's. `certificate`: instead of a token. */
  constructor(
    server: ApiServer,
    options: {
      readonly token?: string;
      readonly certificate?: { readonly certPem: string; readonly keyPem: string };
    } = {},
  ) {
    this.#server = server;
    const { certificate } = options;
    this.#token = certificate === undefined ? (options.token ?? server.adminToken) : undefined;
    const identity = certificate === undefined ? {} : { cert: certificate.certPem, key: certificate.keyPem };
    this.#agent = new Agent({ keepAlive: true, ca: server.caPem, ...identity });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }

  /** Sends one request. Rejects when the connection breaks. */
  async send(method: string, path: string, options: RawRequest = {}): Promise<RawAnswer> {
    let text = "";
    const { status, headers } = await this.#open(method, path, options, (chunk) => (text += chunk));
    return { status, headers, body: parse(text) };
  }

  /** Sends one request and hands on each line of the answer as it comes; resolves at its end. */
  async lines(path: string, options: RawRequest, onLine: (line: JsonObject) => void): Promise<void> {
    let rest = "";
    await this.#open("GET", path, options, (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) onLine(JSON.parse(line) as JsonObject);
    });
  }

  #open(
    method: string,
    path: string,
    options: RawRequest,
    onChunk: (chunk: string) => void,
  ): Promise<{ readonly status: number; readonly headers: Readonly<Record<string, unknown>> }> {
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const headers = {
      ...(this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` }),
      ...(body === undefined ? {} : { "content-type": "application/json", "content-length": Buffer.byteLength(body) }),
      ...options.headers,
    };
    const { promise, resolve, reject } = Promise.withResolvers<{
      readonly status: number;
      readonly headers: Readonly<Record<string, unknown>>;
    }>();
    const signal = options.signal === undefined ? {} : { signal: options.signal };
    const outgoing = request(this.#server.url + path, { method, agent: this.#agent, headers, ...signal }, (answer) => {
      answer.setEncoding("utf8").on("data", onChunk).on("error", reject);
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }));
    });
    outgoing.on("error", reject).end(body);
    return promise;
  }
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
