import { isObject, type JsonObject } from "../json/json.ts";

/**
 * A set of field paths as managedFields writes it (`fieldsV1`). Steps keep their written form: `f:name` a field,
 * `k:{"name":"a"}` an item of a map list, `v:"x"` an item of a set. Immutable.
 */
export interface FieldSet {
  readonly members: ReadonlySet<string>;
  readonly children: ReadonlyMap<string, FieldSet>;
}

/** No fields. */
export const EMPTY_SET: FieldSet = Object.freeze({ members: new Set<string>(), children: new Map<string, FieldSet>() });

/** Whether nothing is in the set. */
export function isEmptySet(set: FieldSet): boolean {
  return set.members.size === 0 && set.children.size === 0;
}

/** A set from its `fieldsV1` form; `.` marks a step that is a member and has members below. */
export function parseFieldSet(fields: JsonObject): FieldSet {
  const members = new Set<string>();
  const children = new Map<string, FieldSet>();
  for (const [step, below] of Object.entries(fields)) {
    if (step === "." || !isObject(below)) continue;
    const isLeaf = Object.keys(below).length === 0;
    if (isLeaf || Object.hasOwn(below, ".")) members.add(step);
    const child = parseFieldSet(below);
    if (!isEmptySet(child)) children.set(step, child);
  }
  return { members, children };
}

/** The `fieldsV1` form of a set. */
export function formatFieldSet(set: FieldSet): JsonObject {
  const out: Record<string, JsonObject> = {};
  for (const step of [...new Set([...set.members, ...set.children.keys()])].sort()) {
    const child = set.children.get(step);
    const below = child === undefined ? {} : formatFieldSet(child);
    out[step] = child !== undefined && set.members.has(step) ? { ".": {}, ...below } : below;
  }
  return out;
}

/** Whether the path is a member. */
export function hasField(set: FieldSet, path: readonly string[]): boolean {
  const [step, ...rest] = path;
  if (step === undefined) return false;
  if (rest.length === 0) return set.members.has(step);
  const child = set.children.get(step);
  return child !== undefined && hasField(child, rest);
}

/** Everything that is in one of the two. */
export function unionSets(a: FieldSet, b: FieldSet): FieldSet {
  if (isEmptySet(a)) return b;
  if (isEmptySet(b)) return a;
  const children = new Map(a.children);
  for (const [step, below] of b.children) children.set(step, unionSets(children.get(step) ?? EMPTY_SET, below));
  return { members: new Set([...a.members, ...b.members]), children };
}

/** What is in both. */
export function intersectSets(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, below] of a.children) {
    const both = intersectSets(below, b.children.get(step) ?? EMPTY_SET);
    if (!isEmptySet(both)) children.set(step, both);
  }
  return { members: new Set([...a.members].filter((step) => b.members.has(step))), children };
}

/** What is in `a` and not in `b`, path by path. */
export function subtractSet(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, below] of a.children) {
    const rest = subtractSet(below, b.children.get(step) ?? EMPTY_SET);
    if (!isEmptySet(rest)) children.set(step, rest);
  }
  return { members: new Set([...a.members].filter((step) => !b.members.has(step))), children };
}

/** What is in `a` and neither in `b` nor below a member of `b`. */
export function subtractTrees(a: FieldSet, b: FieldSet): FieldSet {
  const children = new Map<string, FieldSet>();
  for (const [step, below] of a.children) {
    if (b.members.has(step)) continue;
    const rest = subtractTrees(below, b.children.get(step) ?? EMPTY_SET);
    if (!isEmptySet(rest)) children.set(step, rest);
  }
  return { members: new Set([...a.members].filter((step) => !b.members.has(step))), children };
}

/** All paths of the set, in the order of their steps. */
export function listPaths(set: FieldSet): string[][] {
  const steps = [...new Set([...set.members, ...set.children.keys()])].sort();
  return steps.flatMap((step) => {
    const below = listPaths(set.children.get(step) ?? EMPTY_SET).map((path) => [step, ...path]);
    return set.members.has(step) ? [[step], ...below] : below;
  });
}

/** Collects paths into a set. */
export class FieldSetBuilder {
  readonly #members = new Set<string>();
  readonly #children = new Map<string, FieldSetBuilder>();

  insert(path: readonly string[]): void {
    const [step, ...rest] = path;
    if (step === undefined) return;
    if (rest.length === 0) this.#members.add(step);
    else this.#child(step).insert(rest);
  }

  #child(step: string): FieldSetBuilder {
    const found = this.#children.get(step) ?? new FieldSetBuilder();
    this.#children.set(step, found);
    return found;
  }

  build(): FieldSet {
    const children = new Map([...this.#children].map(([step, child]) => [step, child.build()] as const));
    return { members: new Set(this.#members), children };
  }
}
