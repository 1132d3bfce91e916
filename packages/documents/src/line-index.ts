import type { Position } from "@flotilla/core";

/** Turns offsets of one text into positions; lines are indexed at the first question. */
export interface LineIndex {
  position(offset: number): Position;
}

/** `\n`, `\r\n` and a lone `\r` end a line. Columns count UTF-16 units, as editors' jump-to-column does. */
export function createLineIndex(file: string, text: string): LineIndex {
  let starts: readonly number[] | undefined;
  return {
    position(offset) {
      starts ??= lineStarts(text);
      const line = lastAtMost(starts, offset);
      return { file, line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
    },
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}

/** Index of the last entry ≤ `value` in an ascending list that starts with 0. */
function lastAtMost(ascending: readonly number[], value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((ascending[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
