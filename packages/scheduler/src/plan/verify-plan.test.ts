import { expect, test } from "vitest";
import type { Plan, PlannedObject } from "./plan.ts";
import { changeRefusals, staleReasons } from "./verify-plan.ts";

const web = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const object: PlannedObject = {
  cluster: "a",
  ref: web,
  role: "workload",
  digest: "d",
  owner: web,
  owners: [web],
  live: "absent",
  observed: null,
};
const plan: Plan = {
  planId: "p",
  createdAtMs: 1_000,
  fleet: "",
  workloads: [],
  standalone: [],
  cost: { perMonthUsd: 0, evenSplitPerMonthUsd: 0, unknown: [] },
  objects: [object],
  removals: [],
  kept: [],
  assumed: [],
  warnings: [],
  inputsDigest: "",
  basis: { perMonthUsd: 0, configDigest: "c", documentsDigest: "d", lost: [], sources: [] },
};
const DAY_MS = 24 * 3_600_000;

test("a plan runs for 24 hours, from the same documents and under the same configuration", () => {
  const now = { nowMs: 1_000 + DAY_MS, documentsDigest: "d", configDigest: "c" };
  expect(staleReasons(plan, now)).toEqual([]);
  expect(staleReasons(plan, { ...now, nowMs: now.nowMs + 1 }).map(({ code }) => code)).toEqual(["tooOld"]);
  const all = staleReasons(plan, { nowMs: 9e12, documentsDigest: "x", configDigest: "y" });
  expect(all.map(({ code }) => code)).toEqual(["tooOld", "documentsChanged", "configurationChanged"]);
});

test.each<[string, Partial<PlannedObject>, readonly string[]]>([
  ["nothing changed", {}, []],
  ["rendered anew to something else", { digest: "e" }, ["renderedDifferently"]],
  ["someone changed it", { observed: "u@1" }, ["objectChanged"]],
  ["this plan changed it, in a run that was cut short", { observed: "u@1", appliedBy: "p" }, []],
  ["another plan changed it", { observed: "u@1", appliedBy: "q" }, ["objectChanged"]],
  ["it was not planned", { ref: { ...web, name: "other" } }, ["fleetChanged"]],
  ["a namespace that is made where it is missing", { ref: { ...web, name: "other" }, owners: [] }, []],
])("%s", (_, change, codes) => {
  expect(changeRefusals(plan, { ...plan, objects: [{ ...object, ...change }] }).map(({ code }) => code)).toEqual(codes);
});

test("what would be removed now and was not before is told; a removal that is done already is not missed", () => {
  const removal = { cluster: "b", ref: web, owner: web };
  expect(changeRefusals(plan, { ...plan, removals: [removal] }).map(({ code }) => code)).toEqual(["fleetChanged"]);
  expect(changeRefusals({ ...plan, removals: [removal] }, plan)).toEqual([]);
});
