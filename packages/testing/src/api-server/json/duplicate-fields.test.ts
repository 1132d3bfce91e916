import { expect, test } from "vitest";
import { duplicateFields } from "./duplicate-fields.ts";

test("a field that stands twice is told by its path, once for every repetition", () => {
  expect(duplicateFields('{"a":1,"b":{"c":1,"c":2,"c":3},"l":[{"x":1},{"y":[1,2],"y":2}],"a":2}')).toEqual([
    "b.c",
    "b.c",
    "l[1].y",
    "a",
  ]);
});

test("equal names in different objects, values that look like fields, and escaped quotes are no repetitions", () => {
  const text = JSON.stringify({ a: { n: "n" }, b: { n: '{"n":1,"n":2}' }, l: ["n", "n", { n: [] }], 'n"': 1, n: null });
  expect(duplicateFields(text)).toEqual([]);
});
