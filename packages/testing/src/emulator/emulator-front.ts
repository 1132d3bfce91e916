import type { IncomingMessage, ServerResponse } from "node:http";
import type { Random } from "@flotilla/core";
import type { EmulatorClock } from "./emulator-clock.ts";
import type { EmulatorFaultAction, EmulatorFaultPlan } from "./emulator-fault.ts";
import { type EmulatorCall, EmulatorRefusal, type EmulatorReply, type EmulatorRequest } from "./emulator-http.ts";
import { type RecordedRequest, recordRequest } from "./emulator-recording.ts";
import type { EmulatorService } from "./emulator-service.ts";

interface FrontDeps {
  readonly service: EmulatorService;
  readonly clock: EmulatorClock;
  readonly faults: EmulatorFaultPlan;
  readonly random: Random;
  readonly latencyMs: { readonly min: number; readonly max: number };
  readonly signal: AbortSignal;
  readonly seen: (request: RecordedRequest) => void;
}

interface Exchange {
  readonly request: EmulatorRequest;
  readonly call: EmulatorCall;
  readonly response: ServerResponse;
  /** How long its answer takes, without faults. */
  readonly latencyMs: number;
}

/** Larger bodies are cut off: no cloud API of ours takes more. */
const BODY_BYTES_MAX = 4 * 1024 * 1024;
/** In so many pieces a slow answer drips. */
const DRIPS = 8;
const PROXY_PAGE =
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/** Turns HTTP into calls of a service, with latency and faults in between. */
export class EmulatorFront {
  readonly #deps: FrontDeps;

  constructor(deps: FrontDeps) {
    this.#deps = deps;
  }

  /** Answers one HTTP request; never rejects. */
  async serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on("error", () => response.destroy());
    try {
      const request = await readRequest(message);
      const call = this.#deps.service.describe(request);
      await this.#exchange({ request, call, response, latencyMs: this.#latencyMs(call) });
    } catch {
      // The client went away, the emulator is closing, or the body was too large.
      response.socket?.destroy();
    }
  }

  async #exchange(exchange: Exchange): Promise<void> {
    const { request, call } = exchange;
    const { faults, service } = this.#deps;
    const { method, path, query } = request;
    const action = faults.strike({ ...call, method, path, query })?.action;
    await this.#wait(exchange.latencyMs + (action?.kind === "delay" ? action.ms : 0));
    switch (action?.kind) {
      case "reset":
      case "hang":
        this.#note(exchange, 0);
        if (action.kind === "reset") exchange.response.socket?.resetAndDestroy();
        return;
      case "status":
        return this.#send(exchange, { headers: {}, body: "", ...action });
      case "html":
        return this.#send(exchange, {
          status: action.status ?? 502,
          headers: { "content-type": "text/html" },
          body: PROXY_PAGE,
        });
      case "throttle":
        return this.#send(exchange, throttled(service.failure("throttled", request, call), action));
      case undefined:
      case "delay":
      case "slow":
      case "lostResponse":
      case "truncate":
      case "loopPages":
        return this.#finish(exchange, action, await this.#answer(exchange, action?.kind === "loopPages"));
    }
  }

  async #answer({ request, call }: Exchange, loopsPages: boolean): Promise<EmulatorReply> {
    try {
      return await this.#deps.service.answer(request, { ...call, loopsPages });
    } catch (error) {
      return error instanceof EmulatorRefusal ? error.reply : this.#deps.service.failure("internal", request, call);
    }
  }

  async #finish(exchange: Exchange, action: EmulatorFaultAction | undefined, reply: EmulatorReply): Promise<void> {
    if (action?.kind === "lostResponse") {
      this.#note(exchange, 0);
      exchange.response.socket?.resetAndDestroy();
    } else if (action?.kind === "truncate") {
      this.#send(exchange, { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) });
    } else if (action?.kind === "slow") {
      await this.#drip(exchange, reply, action.ms);
    } else {
      this.#send(exchange, reply);
    }
  }

  #send(exchange: Exchange, reply: EmulatorReply): void {
    this.#note(exchange, reply.status);
    this.#begin(exchange, reply).end(reply.body);
  }

  async #drip(exchange: Exchange, reply: EmulatorReply, ms: number): Promise<void> {
    this.#note(exchange, reply.status);
    const response = this.#begin(exchange, reply);
    const bytes = Buffer.from(reply.body);
    const size = Math.max(1, Math.ceil(bytes.length / DRIPS));
    for (let from = 0; from < bytes.length; from += size) {
      await this.#wait(ms / DRIPS);
      response.write(bytes.subarray(from, from + size));
    }
    response.end();
  }

  /** The date is the emulated cloud's: clients correct their clocks by it. */
  #begin({ response }: Exchange, { status, headers = {}, body }: EmulatorReply): ServerResponse {
    const date = new Date(this.#deps.clock.nowMs()).toUTCString();
    const length = status === 204 || status === 304 ? {} : { "content-length": String(Buffer.byteLength(body)) };
    return response.writeHead(status, { date, ...headers, ...length });
  }

  #note({ request, call, latencyMs }: Exchange, status: number): void {
    this.#deps.seen(recordRequest(request, call, { status, atMs: this.#deps.clock.nowMs(), latencyMs }));
  }

  #latencyMs(call: EmulatorCall): number {
    const { latencyMs, random, service } = this.#deps;
    const spread = latencyMs.max - latencyMs.min;
    return latencyMs.min + (spread > 0 ? random.next() * spread : 0) + (service.slownessMs?.(call) ?? 0);
  }

  async #wait(ms: number): Promise<void> {
    if (ms > 0) await this.#deps.clock.sleep(ms, { signal: this.#deps.signal });
  }
}

function throttled(
  reply: EmulatorReply,
  { retryAfterSeconds }: { readonly retryAfterSeconds?: number },
): EmulatorReply {
  if (retryAfterSeconds === undefined) return reply;
  return { ...reply, headers: { ...reply.headers, "retry-after": String(retryAfterSeconds) } };
}

async function readRequest(message: IncomingMessage): Promise<EmulatorRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error(`a request body over ${BODY_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  const target = message.url ?? "/";
  const mark = target.indexOf("?");
  return {
    method: message.method ?? "GET",
    host: message.headers.host ?? "",
    target,
    path: mark === -1 ? target : target.slice(0, mark),
    query: new URLSearchParams(mark === -1 ? "" : target.slice(mark + 1)),
    headers: Object.fromEntries(
      Object.entries(message.headersDistinct).map(([name, values]) => [name, (values ?? []).join(",")]),
    ),
    body: Buffer.concat(chunks),
  };
}
