import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../json/json.ts";
import { parseTypeTables } from "../schema/parse-type-table.ts";
import { applyJsonPatch, PatchError } from "./json-patch.ts";
import { applyMergePatch } from "./merge-patch.ts";
import { applyStrategicMergePatch } from "./strategic-merge-patch.ts";

interface SuiteCase {
  readonly comment?: string;
  readonly doc: Json;
  readonly patch: readonly Json[];
  readonly expected?: Json;
  readonly error?: string;
  readonly disabled?: boolean;
}

// The public suite for RFC 6902.
const require = createRequire(import.meta.url);
const suites = ["tests.json", "spec_tests.json"].map(
  (file) => require(`json-patch-test-suite/${file}`) as readonly SuiteCase[],
);

const cases = suites
  .flat()
  .filter((one) => one.disabled !== true && one.patch !== undefined)
  .map((one, index) => [`${index} ${one.comment ?? JSON.stringify(one.patch).slice(0, 60)}`, one] as const);

describe("JSON patch", () => {
  test.each(cases.filter(([, one]) => one.error !== undefined))("refuses %s", (_title, one) => {
    expect(() => applyJsonPatch(one.doc, one.patch)).toThrow(PatchError);
  });

  test.each(cases.filter(([, one]) => one.error === undefined))("applies %s", (_title, one) => {
    const result = applyJsonPatch(one.doc, one.patch);
    expect(result).toEqual(one.expected ?? result);
  });
});

// The examples of RFC 7396, appendix A.
test.each<[Json, Json, Json]>([
  [{ a: "b" }, { a: "c" }, { a: "c" }],
  [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
  [{ a: "b" }, { a: null }, {}],
  [{ a: ["b"] }, { a: "c" }, { a: "c" }],
  [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
  [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
  [
    ["a", "b"],
    ["c", "d"],
    ["c", "d"],
  ],
  [{ a: "foo" }, null, null],
  [{ e: null }, { a: 1 }, { e: null, a: 1 }],
  [[1, 2], { a: "b", c: null }, { a: "b" }],
  [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
])("merge patch %j + %j", (document, patch, result) => expect(applyMergePatch(document, patch)).toEqual(result));

const table = parseTypeTables([
  "@ x\nRoot items:[Item]@name+name plain:[s] tags:[s]@@+ part:Item\nItem name!~:s value?:s",
]);
const root = table.get("x.Root");
const strategic = (document: JsonObject, patch: JsonObject): JsonObject => {
  if (root === undefined) throw new Error("no Root");
  return applyStrategicMergePatch(root, document, patch);
};
const item = (name: string, value?: string): JsonObject => (value === undefined ? { name } : { name, value });

test("a strategic patch merges lists by key and sets by value, and replaces plain lists", () => {
  const document = { items: [item("a", "1"), item("b", "2")], plain: ["x"], tags: ["t"] };
  expect(strategic(document, { items: [item("b", "3"), item("c")], plain: ["y"], tags: ["u"] })).toEqual({
    items: [item("a", "1"), item("b", "3"), item("c")],
    plain: ["y"],
    tags: ["u", "t"],
  });
});

test("strategic directives delete, replace, order and retain", () => {
  const document = { items: [item("a", "1"), item("b", "2")], tags: ["t", "u"], part: item("p", "1") };
  expect(strategic(document, { items: [{ name: "a", $patch: "delete" }] })).toMatchObject({ items: [item("b", "2")] });
  expect(strategic(document, { items: [{ $patch: "replace" }, item("z")] })).toMatchObject({ items: [item("z")] });
  expect(strategic(document, { "$deleteFromPrimitiveList/tags": ["t"] })).toMatchObject({ tags: ["u"] });
  expect(strategic(document, { "$setElementOrder/items": [{ name: "b" }, { name: "a" }] })).toMatchObject({
    items: [item("b", "2"), item("a", "1")],
  });
  expect(strategic(document, { part: { $retainKeys: ["name"], name: "q" } })).toMatchObject({ part: item("q") });
  expect(strategic(document, { part: { $patch: "delete" } })["part"]).toBeUndefined();
});

test("an item without its merge key cannot be merged", () => {
  expect(() => strategic({}, { items: [{ value: "1" }] })).toThrow("does not contain declared merge key: name");
});
