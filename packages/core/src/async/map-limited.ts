import { createLimit } from "./limit.ts";

/**
 * `Promise.all(items.map(task))` with at most `concurrency` at a time, results in the order of the items. After the first
 * failure or an abort nothing new starts; it rejects when what was running has ended, so that nothing runs on behind the caller.
 *
 * @throws the first failure; the signal's reason when aborted.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  concurrency: number,
  task: (item: T, index: number) => Promise<R>,
  options: { readonly signal: AbortSignal },
): Promise<R[]> {
  const limit = createLimit(concurrency);
  const stop = new AbortController();
  const signal = AbortSignal.any([options.signal, stop.signal]);
  // Seen inside the limit, before the place is given on: or one more would start after the failure.
  const guarded = async (item: T, index: number): Promise<R> => {
    try {
      return await task(item, index);
    } catch (error) {
      stop.abort(error);
      throw error;
    }
  };
  const runs = items.map((item, index) => limit.run(() => guarded(item, index), { signal }));
  await Promise.allSettled(runs);
  stop.signal.throwIfAborted();
  return Promise.all(runs);
}
