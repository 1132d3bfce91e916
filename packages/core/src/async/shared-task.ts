import type { Ctx } from "../provider/ctx.ts";

/**
 * One run of a task for everybody who asks while it runs. Whoever gives up leaves the others waiting; when the last one has
 * left, the task itself is aborted.
 */
export class SharedTask<T> {
  #running: Running<T> | undefined;

  /** @throws what the task throws; the signal's reason when aborted. */
  async run(task: (signal: AbortSignal) => Promise<T>, ctx: Ctx): Promise<T> {
    ctx.signal.throwIfAborted();
    const running = (this.#running ??= this.#start(task));
    running.waiting += 1;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const onAbort = (): void => reject(ctx.signal.reason as Error);
    ctx.signal.addEventListener("abort", onAbort, { once: true });
    try {
      return await Promise.race([running.result, aborted]);
    } finally {
      ctx.signal.removeEventListener("abort", onAbort);
      running.waiting -= 1;
      if (running.waiting === 0) {
        this.#forget(running); // at once: who comes next must not join a run that is being stopped
        running.stop.abort();
      }
    }
  }

  #start(task: (signal: AbortSignal) => Promise<T>): Running<T> {
    const stop = new AbortController();
    const running: Running<T> = { result: task(stop.signal), stop, waiting: 0 };
    running.result.finally(() => this.#forget(running)).catch(() => undefined); // everybody may have left by then
    return running;
  }

  #forget(running: Running<T>): void {
    if (this.#running === running) this.#running = undefined;
  }
}

interface Running<T> {
  readonly result: Promise<T>;
  readonly stop: AbortController;
  waiting: number;
}
