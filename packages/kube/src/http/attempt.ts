import type { Ctx } from "@flotilla/core";
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

  /** Ends it from inside, e.g. because a stream has gone silent. */
  abort(): void {
    this.#controller.abort();
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer);
    this.#caller.removeEventListener("abort", this.#onAbort);
  }

  readonly #onAbort = (): void => {
    this.#cancelled ??= "aborted";
    this.#controller.abort();
  };

  readonly #onDeadline = (): void => {
    this.#cancelled ??= "deadline";
    this.#controller.abort();
  };
}
