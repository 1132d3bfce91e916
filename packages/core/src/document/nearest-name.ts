// Nobody means a name that long by a slip of the finger, and the comparison is quadratic.
const NAME_CHARS_MAX = 64;

/**
 * The known name that a person most likely meant: at most one slip in three characters (a letter too many, too few, wrong, or
 * two swapped), case and `-_. ` not counting. The first of equals; `undefined` when nothing is near.
 */
export function nearestName(name: string, known: Iterable<string>): string | undefined {
  const wanted = simplified(name);
  if (wanted === "" || wanted.length > NAME_CHARS_MAX) return undefined;
  let nearest: string | undefined;
  let limit = Math.min(3, Math.max(1, Math.floor(wanted.length / 3)));
  for (const candidate of known) {
    if (candidate === name || candidate.length > NAME_CHARS_MAX) continue;
    const slips = distance(wanted, simplified(candidate), limit);
    if (slips > limit || slips >= wanted.length) continue;
    nearest = candidate;
    if (slips === 0) break;
    limit = slips - 1; // only something nearer can still win
  }
  return nearest;
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[-_. ]/g, "");
}

/** Optimal string alignment distance (Damerau-Levenshtein without a second edit of one place); above `limit` it stops counting. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const isSame = a[i - 1] === b[j - 1];
      let slips = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (isSame ? 0 : 1));
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) slips = Math.min(slips, (beforeLast[j - 2] ?? 0) + 1);
      row.push(slips);
    }
    if (Math.min(...row) > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? 0;
}
