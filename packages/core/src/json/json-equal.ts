import { isJsonObject } from "./is-json-object.ts";

/** Whether two JSON values are equal as RFC 6902 section 4.6 means it: members in any order, numbers by value. Any depth. */
export function jsonEqual(left: unknown, right: unknown): boolean {
  // A stack of pairs instead of recursion: depth is the document's, not ours to trust.
  const pending: [unknown, unknown][] = [[left, right]];
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [a, b] = pair;
    if (a === b) continue;
    if (!pushChildren(a, b, pending)) return false;
  }
  return true;
}

/** `false` when the two differ at this level; else their children are put on the stack. */
function pushChildren(a: unknown, b: unknown, pending: [unknown, unknown][]): boolean {
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false;
    for (let index = 0; index < a.length; index += 1) pending.push([a[index], b[index]]);
    return true;
  }
  if (!isJsonObject(a) || !isJsonObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  for (const key of keys) {
    if (!Object.hasOwn(b, key)) return false;
    pending.push([a[key], b[key]]);
  }
  return true;
}
