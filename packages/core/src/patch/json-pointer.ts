/** A JSON Pointer (RFC 6901) as its unescaped parts: `/spec/a~1b` is `["spec", "a/b"]`. `undefined` when it is not a pointer. */
export function parsePointer(pointer: string): readonly string[] | undefined {
  if (pointer === "") return [];
  if (!pointer.startsWith("/") || /~(?![01])/.test(pointer)) return undefined;
  return pointer
    .slice(1)
    .split("/")
    .map((part) => (part.includes("~") ? part.replaceAll("~1", "/").replaceAll("~0", "~") : part));
}

/** The text of a pointer from its parts; numbers are array indices. `parsePointer` gives the parts back as strings. */
export function formatPointer(parts: readonly (string | number)[]): string {
  return parts.map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}

// Writing to these names reaches JavaScript's prototypes in careless code further on; no Kubernetes object needs them.
const FORBIDDEN_NAMES: readonly string[] = ["__proto__", "constructor", "prototype"];

/** The first part that a patch may not name, if any. */
export function forbiddenPart(parts: readonly string[]): string | undefined {
  return parts.find((part) => FORBIDDEN_NAMES.includes(part));
}
