import fc from "fast-check";
import { expect, test } from "vitest";
import { StatusError } from "../http/status-error.ts";
import type { JsonObject } from "../json/json.ts";
import { Registry } from "../resources/registry.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector } from "./label-selector.ts";

const labelled = (labels: Readonly<Record<string, string>>): JsonObject => ({
  metadata: { name: "n", namespace: "ns", labels },
});

test.each([
  ["a=1", true],
  ["a==1", true],
  ["a!=1", false],
  ["b!=1", true],
  ["a", true],
  ["!a", false],
  ["!b", true],
  ["a in (1,2)", true],
  ["a in (2)", false],
  ["a notin (2)", true],
  ["b notin (2)", true],
  ["b in (2)", false],
  ["a>0", true],
  ["a>1", false],
  ["a<2", true],
  ["a=1,x/y=z", true],
  ["a=1,x/y=q", false],
  ["a in (1, 2), !b", true],
  ["", true],
])("labels %s: %s", (text, expected) =>
  expect(parseLabelSelector(text)(labelled({ a: "1", "x/y": "z" }))).toBe(expected),
);

test("a selector that nobody can read is a bad request", () => {
  for (const text of ["a b c", "a in 1", "=a", "a=(b)"]) expect(() => parseLabelSelector(text)).toThrow(StatusError);
});

test("a requirement and its opposite share out all objects", () => {
  const values = fc.constantFrom("1", "2", "3");
  fc.assert(
    fc.property(fc.option(values), values, fc.array(values, { minLength: 1 }), (own, one, list) => {
      const object = labelled(own === null ? {} : { a: own });
      for (const [text, opposite] of [
        [`a=${one}`, `a!=${one}`],
        [`a in (${list.join(",")})`, `a notin (${list.join(",")})`],
        ["a", "!a"],
      ] as const) {
        expect(parseLabelSelector(text)(object)).toBe(!parseLabelSelector(opposite)(object));
      }
    }),
  );
});

test("fields are those of the kind", () => {
  const registry = new Registry();
  const pods = registry.need("v1", "Pod");
  const pod: JsonObject = { metadata: { name: "p" }, spec: { nodeName: "n1" }, status: { phase: "Running" } };
  for (const [text, expected] of [
    ["metadata.name=p", true],
    ["spec.nodeName=n1,status.phase!=Pending", true],
    ["spec.nodeName=", false],
    ["status.podIP=", true],
    ["spec.hostNetwork=false", true],
  ] as const) {
    expect([text, parseFieldSelector(pods, text)(pod)]).toEqual([text, expected]);
  }
  expect(() => parseFieldSelector(pods, "spec.foo=1")).toThrow("field label not supported: spec.foo");
  expect(() => parseFieldSelector(registry.need("v1", "ConfigMap"), "spec.nodeName=1")).toThrow(
    "is not a known field selector",
  );
});
