import { expect, test } from "vitest";
import type { JsonObject } from "../json/json.ts";
import { containerName, cronSchedule, jobTemplate, valueKeys } from "./validate-values.ts";

const job = (template: JsonObject, spec: JsonObject = {}, status: JsonObject = {}): JsonObject => ({
  spec: { suspend: true, template, ...spec },
  status: { ...status },
});
const fields = (causes: readonly { readonly field: string }[]): readonly string[] => causes.map(({ field }) => field);

test("a suspended job may be sent elsewhere and relabelled, and nothing else of its pods may change", () => {
  const before = { metadata: { labels: { a: "1" } }, spec: { containers: [{ name: "c" }] } };
  const elsewhere = { ...before, metadata: {}, spec: { ...before.spec, nodeSelector: { zone: "b" } } };
  const near = { ...before, spec: { ...before.spec, affinity: { nodeAffinity: { x: {} } } } };
  for (const after of [before, elsewhere, near]) expect(jobTemplate(job(after), job(before))).toEqual([]);
  const other = { ...before, spec: { ...before.spec, priorityClassName: "high" } };
  expect(fields(jobTemplate(job(other), job(before)))).toEqual(["spec.template"]);
});

test("a job that runs, or ran, may not even be sent elsewhere", () => {
  const [before, after] = [{ spec: {} }, { spec: { nodeSelector: { zone: "b" } } }];
  expect(fields(jobTemplate(job(after), job(before, { suspend: false })))).toEqual(["spec.template"]);
  expect(fields(jobTemplate(job(after), job(before, {}, { startTime: "2026-01-01T00:00:00Z" })))).toEqual([
    "spec.template",
  ]);
});

test("container names are DNS labels of at most 63 letters", () => {
  for (const name of ["a", "web-1", "0", "x".repeat(63), ""]) expect(containerName(name, "f")).toEqual([]);
  for (const name of ["Main", "-a", "a-", "a.b", "x".repeat(64)])
    expect(fields(containerName(name, "f"))).toEqual(["f"]);
});

test("keys of values become file names", () => {
  const data = { "a.b-c_D": "1", ".hidden": "1", "a/b": "1", "..": "1", "": "1", ["k".repeat(254)]: "1" };
  expect(fields(valueKeys({ data }, ["data", "binaryData"]))).toEqual([
    "data[a/b]",
    "data[..]",
    "data[]",
    `data[${"k".repeat(254)}]`,
  ]);
});

test("a schedule that cannot be read is told where it stands, a missing one is another rule's", () => {
  expect(fields(cronSchedule({ spec: { schedule: "whenever" } }))).toEqual(["spec.schedule"]);
  for (const spec of [{ schedule: "0 0 * * *" }, {}]) expect(cronSchedule({ spec })).toEqual([]);
});
