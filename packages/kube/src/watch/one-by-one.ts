/**
 * Hands out the items of batches one at a time. An async generator would do the same at twice the cost of an item that is
 * there already: a busy watch feels that. Asking again before an answer has come is allowed; answers keep the order.
 */
export function oneByOne<T>(batches: AsyncGenerator<readonly T[], void, undefined>): AsyncIterableIterator<T> {
  let batch: readonly T[] = [];
  let at = 0;
  let asked: Promise<unknown> | undefined;

  const take = async (before: Promise<unknown> | undefined): Promise<IteratorResult<T, undefined>> => {
    await before;
    while (at >= batch.length) {
      const next = await batches.next();
      if (next.done === true) return { value: undefined, done: true };
      batch = next.value;
      at = 0;
    }
    return { value: batch[at++] as T, done: false };
  };

  return {
    next() {
      if (asked === undefined && at < batch.length) return Promise.resolve({ value: batch[at++] as T, done: false });
      const answer = take(asked?.catch(() => undefined)).finally(() => {
        if (asked === answer) asked = undefined;
      });
      asked = answer;
      return answer;
    },
    async return() {
      batch = [];
      await batches.return();
      return { value: undefined, done: true };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
