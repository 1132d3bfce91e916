/** The value at a path of keys and indices, or `undefined` where anything on the way is missing. Own properties only. */
export function valueAt(root: unknown, ...path: readonly (string | number)[]): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<string | number, unknown>)[part];
  }
  return value;
}

export function textAt(root: unknown, ...path: readonly (string | number)[]): string | undefined {
  const value = valueAt(root, ...path);
  return typeof value === "string" ? value : undefined;
}

export function numberAt(root: unknown, ...path: readonly (string | number)[]): number | undefined {
  const value = valueAt(root, ...path);
  return typeof value === "number" ? value : undefined;
}

/** The list at a path; empty where there is none. */
export function listAt(root: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const value = valueAt(root, ...path);
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}

/** The map at a path; empty where there is none. */
export function mapAt(root: unknown, ...path: readonly (string | number)[]): Readonly<Record<string, unknown>> {
  const value = valueAt(root, ...path);
  return isMap(value) ? value : {};
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The document with `change(value at path)` put at the path; everything beside the path is shared with the original.
 * Missing maps on the way are made; a missing list element is not.
 */
export function changeAt(
  root: unknown,
  path: readonly (string | number)[],
  change: (value: unknown) => unknown,
): unknown {
  const [head, ...rest] = path;
  if (head === undefined) return change(root);
  if (Array.isArray(root))
    return root.map((item: unknown, index) => (index === head ? changeAt(item, rest, change) : item));
  const map = isMap(root) ? root : {};
  return { ...map, [head]: changeAt(valueAt(map, head), rest, change) };
}
