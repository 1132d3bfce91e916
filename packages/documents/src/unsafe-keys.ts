/** Keys that would reach a prototype when an object is merged or patched by careless code: refused everywhere. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(["__proto__", "constructor", "prototype"]);

/** What is wrong with a mapping key, or `undefined`. */
export function keyFault(key: string, seen: ReadonlySet<string>): string | undefined {
  if (UNSAFE_KEYS.has(key)) return `the key "${key}" is not allowed`;
  if (seen.has(key)) return `the key "${key}" is already there: keys must be unique`;
  return undefined;
}
