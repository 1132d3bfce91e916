import type { Ctx } from "../provider/ctx.ts";

/**
 * Turns work that finds things in many places at once into one stream: `produce` calls `emit` as things are found, the reader
 * takes them in that order. The work runs ahead of a slow reader (what it finds is kept), and is told to stop, by its own
 * signal, when the reader leaves or aborts. The stream ends when the work does.
 *
 * @throws what `produce` throws, after everything emitted before; the signal's reason when aborted.
 */
export async function* streamOf<T>(
  produce: (emit: (item: T) => void, ctx: Ctx) => Promise<void>,
  ctx: Ctx,
): AsyncGenerator<T, void, undefined> {
  const stop = new AbortController();
  const found: T[] = [];
  let wake = Promise.withResolvers<void>();
  const emit = (item: T): void => {
    found.push(item);
    wake.resolve();
  };
  const state: { done: boolean } = { done: false };
  const work = produce(emit, { ...ctx, signal: AbortSignal.any([ctx.signal, stop.signal]) }).finally(() => {
    state.done = true;
    wake.resolve();
  });
  work.catch(() => undefined); // told below, or to nobody when the reader has left
  try {
    for (;;) {
      yield* found.splice(0);
      if (state.done && found.length === 0) break;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
    await work;
  } finally {
    stop.abort();
  }
}
