import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../json/json.ts";
import {
  FieldSetBuilder,
  formatFieldSet,
  hasField,
  intersectSets,
  listPaths,
  parseFieldSet,
  subtractSet,
  subtractTrees,
  unionSets,
  type FieldSet,
} from "./field-set.ts";

const paths = fc.array(
  fc.array(fc.constantFrom("f:a", "f:b", 'k:{"n":"x"}', 'v:"y"'), { minLength: 1, maxLength: 4 }),
  { maxLength: 12 },
);
const sets = paths.map((all) => {
  const builder = new FieldSetBuilder();
  for (const path of all) builder.insert(path);
  return builder.build();
});
const members = (set: FieldSet): Set<string> => new Set(listPaths(set).map((path) => path.join(" ")));

test("a set survives being written and read", () => {
  fc.assert(
    fc.property(sets, (set) => {
      expect(members(parseFieldSet(formatFieldSet(set)))).toEqual(members(set));
    }),
  );
});

test("union, intersection and difference are those of the paths", () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const [left, right] = [members(a), members(b)];
      expect(members(unionSets(a, b))).toEqual(left.union(right));
      expect(members(intersectSets(a, b))).toEqual(left.intersection(right));
      expect(members(subtractSet(a, b))).toEqual(left.difference(right));
      for (const path of listPaths(a)) expect(hasField(a, path)).toBe(true);
    }),
  );
});

test("subtracting trees takes everything below a member as well", () => {
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const isBelow = (path: string): boolean =>
        [...members(b)].some((gone) => path === gone || path.startsWith(`${gone} `));
      expect(members(subtractTrees(a, b))).toEqual(new Set([...members(a)].filter((path) => !isBelow(path))));
    }),
  );
});

test("reads and writes fieldsV1 as the server does", () => {
  const written: JsonObject = {
    "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
    "f:spec": { "f:containers": { 'k:{"name":"c"}': { ".": {}, "f:image": {} } }, "f:replicas": {} },
  };
  const set = parseFieldSet(written);
  expect(formatFieldSet(set)).toEqual(written);
  expect(hasField(set, ["f:spec", "f:containers", 'k:{"name":"c"}'])).toBe(true);
  expect(hasField(set, ["f:spec", "f:containers"])).toBe(false);
  expect(hasField(set, ["f:metadata", "f:labels"])).toBe(true);
});
