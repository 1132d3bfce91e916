import type { Ctx } from "@flotilla/core";
import type { Dispatcher } from "undici";
import { Answer } from "./answer.ts";
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
  #answer: Answer | undefined;

  constructor(ctx: Ctx, timeoutMs: number | undefined) {
    this.#caller = ctx.signal;
    this.#caller.addEventListener("abort", this.#onAbort, { once: true });
    if (this.#caller.aborted) this.#onAbort();
    if (timeoutMs !== undefined) this.#timer = setTimeout(this.#onDeadline, timeoutMs);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get cancelled(): Cancelled {
    return this.#cancelled;
  }

  /** Sends through a pool; the answer ends with this attempt. */
  send(dispatcher: Dispatcher, options: Dispatcher.DispatchOptions): Answer {
    this.#controller.signal.throwIfAborted();
    const answer = new Answer();
    this.#answer = answer;
    dispatcher.dispatch(options, answer);
    return answer;
  }

  /** Ends it from inside, e.g. because a stream has gone silent. */
  abort(): void {
    this.#controller.abort();
    this.#answer?.abort(this.#controller.signal.reason as Error);
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
