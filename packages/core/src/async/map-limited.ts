import { checkConcurrency } from "./check-concurrency.ts";

/**
 * `Promise.all(items.map(task))` with at most `concurrency` at a time, results in the order of the items. After the first
 * failure or an abort nothing new starts; it rejects when what was running has ended, so that nothing runs on behind the caller.
 *
 * @throws the first failure; the signal's reason when aborted; RangeError unless `concurrency` is a whole number from 1 up.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  concurrency: number,
  task: (item: T, index: number) => Promise<R>,
  options: { readonly signal: AbortSignal },
): Promise<R[]> {
  checkConcurrency(concurrency);
  const results = Array.from<R>({ length: items.length });
  const failure: { error?: unknown; has?: true } = {};
  // Shared by the loops: each takes the next item there is. (An array's iterator goes on after a loop over it has ended.)
  const pending = items.entries();
  // One loop per place instead of one waiter per item: a hundred thousand items cost no queue and no listeners.
  const work = async (): Promise<void> => {
    for (const [index, item] of pending) {
      if (failure.has === true || options.signal.aborted) return;
      try {
        results[index] = await task(item, index);
      } catch (error) {
        if (failure.has !== true) Object.assign(failure, { error, has: true });
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, work));
  if (failure.has === true) throw failure.error;
  options.signal.throwIfAborted();
  return results;
}
