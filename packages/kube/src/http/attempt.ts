import type { Ctx } from "@flotilla/core";
import type { Dispatcher } from "undici";
import type { Cancelled } from "./transport-error.ts";

/**
 * The life of one attempt: ends at the caller's abort or at its time limit, whichever is first, and remembers which.
 * One timer and one listener per request; `AbortSignal.any` costs several times as much on this path.
 */
export class Attempt implements Disposable {
  readonly #controller = new AbortController();
  readonly #caller: AbortSignal;
  readonly #timer: NodeJS.Timeout | undefined;
  #cancelled: Cancelled;
  #reject: ((reason: unknown) => void) | undefined;

  constructor(ctx: Ctx, timeoutMs: number | undefined) {
    this.#caller = ctx.signal;
    this.#caller.addEventListener("abort", this.#onAbort, { once: true });
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onDeadline, timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cancelled(): Cancelled {
    return this.#cancelled;
  }

  /**
   * Sends through a pool. undici ends a request that still waits for its connection only when it has one, which may take as
   * long as connecting may; the wait ends here at once, and undici then drops the request by itself.
   */
  request(dispatcher: Dispatcher, options: Dispatcher.RequestOptions): Promise<Dispatcher.ResponseData> {
    return new Promise((resolve, reject) => {
      this.#reject = reject;
      this.#controller.signal.throwIfAborted();
      dispatcher.request({ ...options, signal: this.#controller.signal }, (error, data) => {
        if (error === null) resolve(data);
        else reject(error);
      });
    });
  }

  /** Ends it from inside, e.g. because a stream has gone silent. */
  abort(): void {
    this.#controller.abort();
    this.#reject?.(this.#controller.signal.reason);
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#cancelled ??= "aborted";
    this.abort();
  };

  readonly #onDeadline = (): void => {
    this.#cancelled ??= "deadline";
    this.abort();
  };
}
