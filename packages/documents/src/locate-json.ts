import type { DocumentPath } from "@flotilla/core";
import { skipSpace, stringEnd } from "./read-json.ts";

/**
 * Offset of the value (or key) at `path` in the valid JSON value that begins at `start`, or of its nearest ancestor.
 * Scans the text again instead of keeping offsets: positions are only asked for when something is wrong.
 */
export function locateJson(text: string, start: number, path: DocumentPath, target: "key" | "value"): number {
  let at = start;
  for (const [index, part] of path.entries()) {
    const found = typeof part === "number" ? findItem(text, at, part) : findMember(text, at, part);
    if (found === undefined) return at;
    at = target === "key" && index === path.length - 1 ? found.key : found.value;
  }
  return at;
}

interface Found {
  readonly key: number;
  readonly value: number;
}

function findMember(text: string, start: number, key: string): Found | undefined {
  if (text[start] !== "{") return undefined;
  for (let at = skipSpace(text, start + 1); text[at] === '"';) {
    const end = stringEnd(text, at);
    const value = skipSpace(text, skipSpace(text, end) + 1);
    if (JSON.parse(text.slice(at, end)) === key) return { key: at, value };
    at = nextSibling(text, value);
  }
  return undefined;
}

function findItem(text: string, start: number, index: number): Found | undefined {
  if (text[start] !== "[") return undefined;
  let at = skipSpace(text, start + 1);
  for (let i = 0; i < index && text[at] !== "]" && at < text.length; i += 1) at = nextSibling(text, at);
  return text[at] === "]" || at >= text.length ? undefined : { key: at, value: at };
}

/** Behind the value at `at` and its comma. */
function nextSibling(text: string, at: number): number {
  const end = skipSpace(text, valueEnd(text, at));
  return text[end] === "," ? skipSpace(text, end + 1) : end;
}

/** Iterative, so that it needs no depth limit of its own. */
function valueEnd(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length;) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else {
      if (character === "{" || character === "[") depth += 1;
      if ((character === "}" || character === "]" || character === ",") && depth === 0) return at;
      if (character === "}" || character === "]") depth -= 1;
      at += 1;
    }
    if (depth === 0 && (character === '"' || character === "}" || character === "]")) return at;
  }
  return text.length;
}
