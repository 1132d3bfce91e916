/** The middle of the samples, the mean of the middle two if they are even in number. @throws RangeError if there are none. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  if (upper === undefined || lower === undefined) throw new RangeError("no samples");
  return (upper + lower) / 2;
}
