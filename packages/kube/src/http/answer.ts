import type { Dispatcher } from "undici";

export interface AnswerHead {
  readonly status: number;
  readonly headers: Dispatcher.ResponseData["headers"];
}

/** Chunks held while the reader is busy before the server is told to wait. A chunk is at most a TLS record, 16 KiB. */
const HELD_MAX = 16;

/**
 * An answer, received straight from the connection. A Node stream in between costs as much again as TLS and HTTP together, and
 * nothing of it is needed but to say "wait" and "go on". One reader; `head` first, then `next` or `text`.
 */
export class Answer implements Dispatcher.DispatchHandler {
  /** Settles once. */
  readonly head: Promise<AnswerHead>;
  readonly #tellHead: (head: AnswerHead) => void;
  readonly #refuseHead: (error: unknown) => void;
  #controller: Dispatcher.DispatchController | undefined;
  #held: Buffer[] = [];
  #taken = 0;
  #reader:
    { readonly resolve: (chunk: Buffer | undefined) => void; readonly reject: (error: unknown) => void } | undefined;
  #end: "open" | "whole" | "broken" = "open";
  #error: Error = new Error("open");

  constructor() {
    const { promise, resolve, reject } = Promise.withResolvers<AnswerHead>();
    this.head = promise;
    this.#tellHead = resolve;
    this.#refuseHead = reject;
  }

  /** The next chunk; `undefined` at the proper end. @throws what broke the connection, or the reason of `abort` */
  next(): Promise<Buffer | undefined> {
    const chunk = this.#held[this.#taken];
    if (chunk !== undefined) return Promise.resolve(this.#take(chunk));
    if (this.#end === "whole") return Promise.resolve(undefined);
    if (this.#end === "broken") return Promise.reject(this.#error);
    return new Promise((resolve, reject) => {
      this.#reader = { resolve, reject };
    });
  }

  /** All of it. How much that may be is the pool's limit. */
  async text(): Promise<string> {
    const first = await this.next();
    const second = first === undefined ? undefined : await this.next();
    if (first === undefined || second === undefined) return first === undefined ? "" : first.toString("utf8");
    const chunks = [first, second];
    for (let chunk = await this.next(); chunk !== undefined; chunk = await this.next()) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
  }

  /** Ends it from this side at once, also while it waits for a connection: undici then drops the request when it has one. */
  abort(reason: Error): void {
    if (this.#end !== "open") return;
    this.#break(reason);
    this.#controller?.abort(reason);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#end === "broken") controller.abort(this.#error);
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: AnswerHead["headers"]): void {
    if (status >= 200) this.#tellHead({ status, headers }); // what comes before is informational
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#reader !== undefined) {
      const { resolve } = this.#reader;
      this.#reader = undefined;
      resolve(chunk);
      return;
    }
    this.#held.push(chunk);
    if (this.#held.length - this.#taken >= HELD_MAX) controller.pause();
  }

  onResponseEnd(): void {
    if (this.#end !== "open") return;
    this.#end = "whole";
    this.#reader?.resolve(undefined);
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#break(error);
  }

  #take(chunk: Buffer): Buffer {
    this.#taken += 1;
    if (this.#taken === this.#held.length) {
      this.#held = [];
      this.#taken = 0;
      if (this.#controller?.paused === true) this.#controller.resume();
    }
    return chunk;
  }

  #break(error: Error): void {
    if (this.#end !== "open") return;
    this.#end = "broken";
    this.#error = error;
    this.#refuseHead(error);
    this.#reader?.reject(error);
  }
}
