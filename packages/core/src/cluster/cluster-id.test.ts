import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatClusterId, parseClusterId } from "./cluster-id.ts";

const part = fc.string({ unit: "binary", minLength: 1, maxLength: 20 }).filter((text) => text.isWellFormed());

test("any four parts come back, and the id is plain ASCII with three slashes", () => {
  fc.assert(
    fc.property(part, part, part, part, (provider, scope, group, name) => {
      fc.pre(provider !== "azure");
      const id = formatClusterId({ provider, scope, group, name });
      expect(id).toMatch(/^[A-Za-z0-9\-._~:@%]+(?:\/[A-Za-z0-9\-._~:@%]+){3}$/);
      expect(parseClusterId(id)).toEqual({ provider, scope, group, name });
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["aws/123456789012/eu-west-1/prod", { provider: "aws", scope: "123456789012", group: "eu-west-1", name: "prod" }],
  ["kubeconfig/local/-/admin@prod", { provider: "kubeconfig", scope: "local", group: "-", name: "admin@prod" }],
  [
    "kubeconfig/local/-/arn:aws:eks:eu-west-1:1:cluster%2Fprod",
    { provider: "kubeconfig", scope: "local", group: "-", name: "arn:aws:eks:eu-west-1:1:cluster/prod" },
  ],
  ["kubeconfig/local/-/a%20b%27%25", { provider: "kubeconfig", scope: "local", group: "-", name: "a b'%" }],
])("%s", (id, parts) => {
  expect(formatClusterId(parts)).toBe(id);
  expect(parseClusterId(id)).toEqual(parts);
});

test("Azure spellings that differ in case are one cluster", () => {
  const parts = { provider: "azure", scope: "SUB-1", group: "MyGroup", name: "Prod" };
  expect(formatClusterId(parts)).toBe("azure/sub-1/mygroup/prod");
  expect(parseClusterId("azure/SUB-1/MyGroup/Prod")).toEqual(parseClusterId("azure/sub-1/mygroup/prod"));
});

test("other clouds keep their case", () => {
  expect(formatClusterId({ provider: "aws", scope: "1", group: "r", name: "Prod" })).toBe("aws/1/r/Prod");
});

test.each(["", "prod", "a/b/c", "a/b/c/d/e", "a//c/d", "/b/c/d", "a/b/c/", "a/b/c/%", "a/b/c/%E0%A4%A"])(
  "%j is not an id",
  (text) => {
    expect(parseClusterId(text)).toBeUndefined();
  },
);

test("an id without a name is refused at the writer, naming the part", () => {
  expect(() => formatClusterId({ provider: "aws", scope: "1", group: "r", name: "" })).toThrow(/needs its name/);
});
