/** Mean of the numbers that are known (not NaN); `undefined` when none is. */
export function meanOf(values: Float64Array): number | undefined {
  let sum = 0;
  let count = 0;
  for (let position = 0; position < values.length; position += 1) {
    const value = values[position] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? undefined : sum / count;
}
