/**
 * Runs `task` for every item, at most `concurrency` at a time, and yields the results as they come. Leaving early starts no
 * further task; those that run end by their own signal.
 *
 * @throws the first failure
 */
export async function* asCompleted<T, R>(
  items: readonly T[],
  concurrency: number,
  task: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const waiting = items.values();
  const running = new Map<number, Promise<{ readonly key: number; readonly result: R }>>();
  let key = 0;
  for (;;) {
    while (running.size < concurrency) {
      const next = waiting.next();
      if (next.done === true) break;
      const own = key++;
      const run = task(next.value).then((result) => ({ key: own, result }));
      run.catch(() => undefined); // told by the race; the others must not count as unhandled
      running.set(own, run);
    }
    if (running.size === 0) return;
    const { key: done, result } = await Promise.race(running.values());
    running.delete(done);
    yield result;
  }
}
