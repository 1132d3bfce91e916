import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "@flotilla/core";
import type { FakeUser } from "../auth/user.ts";
import { authenticateRequest } from "./authenticate.ts";
import type { ApiFaultPlan, FaultAction } from "./fault.ts";
import type { BodyReply, Reply, StreamReply } from "./reply.ts";
import { parseRequest } from "./request-info.ts";
import type { ApiRequest } from "./request.ts";
import { StatusError } from "./status-error.ts";

/** One request the server saw. No header and no token is kept. */
export interface SeenRequest {
  readonly method: string;
  /** Path with query. */
  readonly path: string;
  readonly verb: string;
  /** Empty when the sender is not known. */
  readonly user: string;
  /** 0 when nothing was answered. */
  readonly status: number;
  readonly userAgent: string;
  readonly contentType: string;
}

/** What the front hands requests to. */
export interface ApiBackend {
  readonly faults: ApiFaultPlan;
  readonly clock: Clock;
  readonly authenticateToken: (token: string) => Promise<FakeUser | undefined>;
  readonly handle: (request: ApiRequest) => Promise<Reply>;
  readonly seen: (request: SeenRequest) => void;
}

/** Bodies larger than this are refused. Source: the API server's own limit. */
const BODY_BYTES_MAX = 3 * 1024 * 1024;

/** Turns HTTP into requests and replies into HTTP, with the faults in between. */
export class ApiFront {
  readonly #backend: ApiBackend;
  readonly #stopping = new AbortController();
  readonly #streams = new Set<() => void>();
  #resumed: Promise<void> = Promise.resolve();
  #wake: () => void = () => {};
  #isPaused = false;

  constructor(backend: ApiBackend) {
    this.#backend = backend;
  }

  /** Requests wait and streams stand still until `resume`. */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    const { promise, resolve } = Promise.withResolvers<void>();
    [this.#resumed, this.#wake] = [promise, resolve];
  }

  resume(): void {
    this.#isPaused = false;
    this.#wake();
  }

  /** Ends all streams in good order. */
  endStreams(): void {
    for (const end of this.#streams) end();
  }

  /** Stops everything that waits. */
  stop(): void {
    this.#stopping.abort();
    this.resume();
    this.endStreams();
  }

  /** Answers one HTTP request; never rejects. */
  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => response.destroy());
    try {
      await this.#answer(message, response);
    } catch (error) {
      if (!response.headersSent && !response.destroyed) sendBody(response, failure(error), undefined);
      else response.destroy();
    }
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const info = parseRequest(message.method ?? "GET", message.url ?? "/");
    const bytes = await readBody(message);
    await this.#resumed;
    const user = await authenticateRequest(message, this.#backend.authenticateToken);
    const path = message.url ?? "/";
    const subject = { method: info.method, path, verb: info.verb, user: user?.name ?? "" };
    const { "user-agent": userAgent = "", "content-type": contentType = "" } = message.headers;
    const note = (status: number): void => this.#backend.seen({ ...subject, status, userAgent, contentType });
    const action = this.#backend.faults.strike(subject)?.action;
    if (action !== undefined && (await this.#isFinal(action, response, note))) return;
    const reply = await this.#reply(info, message, bytes, user);
    if (action?.kind === "lostResponse") {
      note(0);
      message.socket.destroy();
      return;
    }
    note(reply.kind === "stream" ? 200 : reply.status);
    if (reply.kind === "stream") this.#stream(response, reply, action);
    else sendBody(response, reply, action);
  }

  async #reply(
    info: ApiRequest["info"],
    message: IncomingMessage,
    bytes: Buffer,
    user: FakeUser | undefined,
  ): Promise<Reply> {
    try {
      if (user === undefined) throw new StatusError(401, "Unauthorized", "Unauthorized");
      const headers = message.headers as Readonly<Record<string, string | undefined>>;
      return await this.#backend.handle({ info, headers, body: bytes.toString("utf8"), bytes, user });
    } catch (error) {
      return failure(error);
    }
  }

  /** Carries out a fault that replaces the answer. */
  async #isFinal(action: FaultAction, response: ServerResponse, note: (status: number) => void): Promise<boolean> {
    switch (action.kind) {
      case "status": {
        note(action.code);
        const body =
          action.body ?? JSON.stringify(new StatusError(action.code, undefined, `injected ${action.code}`).toStatus());
        sendBody(
          response,
          {
            kind: "body",
            status: action.code,
            body,
            contentType: "application/json",
            ...(action.headers === undefined ? {} : { headers: action.headers }),
          },
          undefined,
        );
        return true;
      }
      case "reset":
        note(0);
        response.socket?.destroy();
        return true;
      case "hang":
        note(0);
        return true;
      case "delay":
        await this.#backend.clock.sleep(action.ms, { signal: this.#stopping.signal });
        return false;
      case "truncate":
      case "lostResponse":
        return false;
    }
  }

  #stream(response: ServerResponse, reply: StreamReply, action: FaultAction | undefined): void {
    response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
    response.flushHeaders();
    const held: string[] = [];
    const write = (text: string): void => {
      if (action?.kind === "truncate") {
        response.write(text.slice(0, text.length / 2), () => response.socket?.destroy());
        return;
      }
      if (!this.#isPaused) {
        response.write(`${text}\n`);
        return;
      }
      held.push(text);
      if (held.length === 1)
        void this.#resumed.then(() =>
          response.write(
            held
              .splice(0)
              .map((one) => `${one}\n`)
              .join(""),
          ),
        );
    };
    const finish = (): void => {
      this.#streams.delete(end);
      response.end();
    };
    let stop = (): void => {};
    const end = (): void => {
      stop();
      finish();
    };
    this.#streams.add(end);
    response.once("close", () => {
      this.#streams.delete(end);
      stop();
    });
    stop = reply.start(write, finish);
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX)
      throw new StatusError(413, "RequestEntityTooLarge", `Request entity too large: limit is ${BODY_BYTES_MAX}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function failure(error: unknown): BodyReply {
  const known =
    error instanceof StatusError
      ? error
      : new StatusError(
          500,
          "InternalError",
          `Internal error occurred: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
  const seconds = known.details?.["retryAfterSeconds"];
  const headers = typeof seconds === "number" ? { "retry-after": String(seconds) } : undefined;
  return { kind: "body", status: known.code, body: known.toStatus(), ...(headers === undefined ? {} : { headers }) };
}

function toBytes(body: BodyReply["body"]): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === "string" ? body : `${JSON.stringify(body)}\n`, "utf8");
}

function sendBody(response: ServerResponse, reply: BodyReply, action: FaultAction | undefined): void {
  const bytes = toBytes(reply.body);
  response.writeHead(reply.status, {
    "content-type": reply.contentType ?? "application/json",
    "cache-control": "no-cache, private",
    "content-length": bytes.length,
    ...reply.headers,
  });
  if (action?.kind === "truncate")
    response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
  else response.end(bytes);
}
