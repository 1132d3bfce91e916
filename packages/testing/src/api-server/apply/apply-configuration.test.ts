import fc from "fast-check";
import { expect, test } from "vitest";
import { equalJson, isObject, type JsonObject } from "../json/json.ts";
import type { Schema, StructSchema } from "../schema/schema.ts";
import { applyConfiguration, type ApplyOutcome } from "./apply-configuration.ts";
import { formatFieldSet, listPaths } from "./field-set.ts";
import { type ManagedEntries, managerKey, type ManagerId } from "./managed-fields.ts";
import { mergeFields } from "./merge-fields.ts";
import { trackUpdate } from "./track-update.ts";

const text: Schema = { kind: "scalar", type: "string", values: [] };
const field = (name: string, schema: Schema) => ({
  name,
  schema,
  required: false,
  always: false,
  omitZero: false,
  retainKeys: false,
  number: [],
});
const struct = (fields: Readonly<Record<string, Schema>>): StructSchema => ({
  kind: "struct",
  name: "",
  atomic: false,
  open: false,
  fields: new Map(Object.entries(fields).map(([name, schema]) => [name, field(name, schema)])),
});
const item = struct({ name: text, image: text, color: text });
const items: Schema = { kind: "list", lists: "map", keys: ["name"], item, retainKeys: false };
const schema = struct({
  a: text,
  b: text,
  labels: { kind: "map", atomic: false, value: text },
  atomicList: { kind: "list", lists: "atomic", keys: [], item: text, retainKeys: false },
  set: { kind: "list", lists: "set", keys: [], item: text, retainKeys: false },
  items,
});

const applier = (manager: string): ManagerId => ({ manager, operation: "Apply", apiVersion: "v1" });
interface State {
  readonly live: JsonObject;
  readonly entries: ManagedEntries;
}
const NOTHING: State = { live: {}, entries: new Map() };
const outcomeOf = (state: State, manager: string, config: JsonObject, force = false): ApplyOutcome =>
  applyConfiguration({
    schema,
    live: state.live,
    config,
    entries: state.entries,
    applier: applier(manager),
    force,
    time: "t",
    settle: (object) => object,
  });
const apply = (state: State, manager: string, config: JsonObject, force = false): State => {
  const outcome = outcomeOf(state, manager, config, force);
  if (outcome.kind === "conflicts") throw new Error(outcome.conflicts.map((one) => one.field).join(" "));
  return { live: outcome.object, entries: outcome.entries };
};
const conflictsOf = (outcome: ApplyOutcome): string[] =>
  outcome.kind === "conflicts" ? outcome.conflicts.map((one) => `${one.owner.manager} ${one.field}`) : [];
const owned = (state: State, manager: string): JsonObject | undefined => {
  const entry = state.entries.get(managerKey(applier(manager)));
  return entry === undefined ? undefined : formatFieldSet(entry.fields);
};

test("a field is dropped when its only owner stops naming it, and kept while another names it", () => {
  let state = apply(NOTHING, "one", { a: "1", b: "2" });
  state = apply(state, "two", { b: "2" });
  state = apply(state, "one", { a: "1" });
  expect(state.live).toEqual({ a: "1", b: "2" });
  state = apply(state, "two", {});
  expect(state.live).toEqual({ a: "1" });
  expect(owned(state, "two")).toBeUndefined();
});

test("a different value of somebody else's field is a conflict, the same value is shared", () => {
  const state = apply(NOTHING, "one", { a: "1", items: [{ name: "x", image: "i" }] });
  expect(conflictsOf(outcomeOf(state, "two", { a: "2", items: [{ name: "x", image: "j" }] }))).toEqual([
    "one .a",
    'one .items[name="x"].image',
  ]);
  const shared = apply(state, "two", { a: "1" });
  expect(owned(shared, "one")).toMatchObject({ "f:a": {} });
  expect(owned(shared, "two")).toEqual({ "f:a": {} });
});

test("force takes the field and leaves the rest to its owner", () => {
  const state = apply(apply(NOTHING, "one", { a: "1", b: "2" }), "two", { a: "2" }, true);
  expect(state.live).toEqual({ a: "2", b: "2" });
  expect(owned(state, "one")).toEqual({ "f:b": {} });
  expect(owned(state, "two")).toEqual({ "f:a": {} });
});

test("items and keys are owned one by one, an atomic list as a whole", () => {
  const state = apply(NOTHING, "one", {
    items: [{ name: "x", image: "i" }],
    labels: { l: "1" },
    atomicList: ["p"],
    set: ["q"],
  });
  const both = apply(state, "two", { items: [{ name: "y", image: "j" }], labels: { m: "2" }, set: ["r"] });
  expect(both.live).toEqual({
    items: [
      { name: "x", image: "i" },
      { name: "y", image: "j" },
    ],
    labels: { l: "1", m: "2" },
    atomicList: ["p"],
    set: ["q", "r"],
  });
  expect(conflictsOf(outcomeOf(both, "two", { atomicList: ["p", "z"] }))).toEqual(["one .atomicList"]);
  expect(apply(both, "one", {}).live).toEqual({ items: [{ name: "y", image: "j" }], labels: { m: "2" }, set: ["r"] });
});

test("a plain write takes what it changes from the appliers, and they may not change it back without force", () => {
  const state = apply(NOTHING, "one", { a: "1", b: "2" });
  const after = { a: "9", b: "2" };
  const writer: ManagerId = { manager: "hand", operation: "Update", apiVersion: "v1" };
  const entries = trackUpdate({ schema, before: state.live, after, entries: state.entries, writer, time: "t" });
  const edited: State = { live: after, entries };
  expect(owned(edited, "one")).toEqual({ "f:b": {} });
  expect(conflictsOf(outcomeOf(edited, "one", { a: "1", b: "2" }))).toEqual(["hand .a"]);
  expect(apply(edited, "one", { a: "1", b: "2" }, true).entries.size).toBe(1);
});

const configs = fc.record(
  {
    a: fc.constantFrom("1", "2"),
    b: fc.constantFrom("1", "2"),
    labels: fc.dictionary(fc.constantFrom("l", "m"), fc.constantFrom("1", "2"), { minKeys: 1, noNullPrototype: true }),
    set: fc.uniqueArray(fc.constantFrom("p", "q", "r"), { minLength: 1 }),
    items: fc.uniqueArray(fc.record({ name: fc.constantFrom("x", "y", "z"), image: fc.constantFrom("i", "j") }), {
      selector: (one) => one.name,
      minLength: 1,
    }),
  },
  { requiredKeys: [] },
);
const steps = fc.array(fc.tuple(fc.constantFrom("one", "two", "three"), configs), { maxLength: 8 });
const after = (all: readonly (readonly [string, JsonObject])[]): State =>
  all.reduce((state, [manager, config]) => apply(state, manager, config, true), NOTHING);

test("what was applied last is there, and applying it again changes nothing", () => {
  fc.assert(
    fc.property(steps, configs, (history, config) => {
      const state = apply(after(history), "one", config, true);
      expect(equalJson(mergeFields(schema, state.live, config), state.live)).toBe(true);
      const again = outcomeOf(state, "one", config);
      if (again.kind === "conflicts") throw new Error("a repeated apply conflicts");
      expect(equalJson(again.object, state.live)).toBe(true);
      expect([...again.entries.values()].map((entry) => [entry.manager, formatFieldSet(entry.fields)])).toEqual(
        expect.arrayContaining(
          [...state.entries.values()].map((entry) => [entry.manager, formatFieldSet(entry.fields)]),
        ),
      );
    }),
  );
});

test("when every applier leaves, nothing is left", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const state = ["one", "two", "three"].reduce((left, manager) => apply(left, manager, {}), after(history));
      expect(state).toEqual({ live: {}, entries: new Map() });
    }),
  );
});

test("every owned path is a path of the object", () => {
  fc.assert(
    fc.property(steps, (history) => {
      const state = after(history);
      for (const entry of state.entries.values())
        for (const path of listPaths(entry.fields)) expect(isThere(state.live, path)).toBe(true);
    }),
  );
});

function isThere(value: unknown, path: readonly string[]): boolean {
  const [step = "", ...rest] = path;
  if (path.length === 0) return value !== undefined;
  const key = step.slice(2);
  if (step.startsWith("f:")) return isObject(value as JsonObject) && isThere((value as JsonObject)[key], rest);
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [];
  const wanted = JSON.parse(key) as unknown;
  const found = step.startsWith("v:")
    ? list.find((one) => one === wanted)
    : list.find((one) => (one as JsonObject)["name"] === (wanted as JsonObject)["name"]);
  return isThere(found, rest);
}

test.each([
  ["abc", "b", "abc"],
  ["abc", "cb", "acb"],
  ["ab", "xab", "xab"],
  ["ab", "ax", "abx"],
  ["axb", "ba", "xba"],
])("live items %s with applied %s come as %s", (live, config, result) => {
  const named = (text: string): JsonObject => ({ items: Array.from(text, (name) => ({ name })) });
  expect(mergeFields(schema, named(live), named(config))).toEqual(named(result));
});
