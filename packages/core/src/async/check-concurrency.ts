/** @throws RangeError unless it is a whole number from 1 up: with none nothing would ever run. */
export function checkConcurrency(concurrency: number): void {
  if (!Number.isSafeInteger(concurrency) || concurrency < 1) {
    throw new RangeError(`a limit is a whole number from 1 up, not ${concurrency}`);
  }
}
