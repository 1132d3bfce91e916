import type { ObjectRef } from "@flotilla/core";
import { expect, test } from "vitest";
import type { Plan, PlannedObject, PlannedRemoval } from "../plan/plan.ts";
import { planRollout } from "./plan-rollout.ts";

const web: ObjectRef = { apiVersion: "apps/v1", kind: "Deployment", namespace: "shop", name: "web" };
const config: ObjectRef = { apiVersion: "v1", kind: "ConfigMap", namespace: "shop", name: "web" };

function planned(cluster: string, ref: ObjectRef, role: PlannedObject["role"]): PlannedObject {
  return { cluster, ref, role, digest: "d", owner: web, owners: [web], live: "absent", observed: null };
}

function aPlan(
  previous: Record<string, number>,
  next: Record<string, number>,
  removals: readonly PlannedRemoval[] = [],
  lost: readonly string[] = [],
): Plan {
  const shares = (record: Record<string, number>) =>
    Object.entries(record).map(([cluster, replicas]) => ({ cluster, replicas }));
  const explanation = { summary: "", candidates: [] };
  const placements = shares(next);
  return {
    planId: "p",
    createdAtMs: 0,
    fleet: "",
    workloads: [
      {
        ref: web,
        policy: null,
        replicas: 6,
        unplaced: 0,
        placements,
        previous: shares(previous),
        explanation,
        revision: 2,
      },
    ],
    standalone: [],
    cost: { perMonthUsd: 0, evenSplitPerMonthUsd: 0, unknown: [] },
    objects: placements.flatMap(({ cluster }) => [
      planned(cluster, config, "follower"),
      planned(cluster, web, "workload"),
    ]),
    removals,
    kept: [],
    assumed: [],
    warnings: [],
    inputsDigest: "",
    basis: { perMonthUsd: 0, configDigest: "", documentsDigest: "", lost, sources: [] },
  };
}

function shrinkingOf(plan: Plan): readonly string[] {
  return planRollout(plan)
    .clusters.filter(({ shrinking }) => shrinking.length > 0)
    .map(({ cluster }) => cluster);
}

test("a workload shrinks at once, unless it grows somewhere else: then only after that stands", () => {
  expect(shrinkingOf(aPlan({ a: 4, b: 2 }, { a: 2, b: 2 }))).toEqual([]);
  expect(shrinkingOf(aPlan({ a: 4, b: 2 }, { a: 3, b: 3 }))).toEqual(["a"]);
  expect(shrinkingOf(aPlan({ a: 6 }, { a: 3, c: 3 }))).toEqual(["a"]);
  expect(shrinkingOf(aPlan({ a: 3, b: 3 }, { a: 4, b: 4 }))).toEqual([]);
});

test("what a shrinking workload names is applied with the rest", () => {
  const [a] = planRollout(aPlan({ a: 4, b: 2 }, { a: 3, b: 3 })).clusters;
  expect([a?.objects.map(({ ref }) => ref.kind), a?.shrinking.map(({ ref }) => ref.kind)]).toEqual([
    ["ConfigMap"],
    ["Deployment"],
  ]);
});

test("a member that is left takes part, workloads going before what they name", () => {
  const removals = [config, web].map((ref) => ({ cluster: "b", ref, owner: web }));
  const rollout = planRollout(aPlan({ a: 3, b: 3 }, { a: 6 }, removals));
  expect(rollout.clusters.map(({ cluster }) => cluster)).toEqual(["a", "b"]);
  expect(rollout.clusters[1]?.removals.map(({ ref }) => ref.kind)).toEqual(["Deployment", "ConfigMap"]);
});

test("a member that was given up and cannot be reached takes no part; a held one neither", () => {
  expect(planRollout(aPlan({ a: 3, b: 3 }, { a: 6 }, [], ["b"])).clusters.map(({ cluster }) => cluster)).toEqual(["a"]);
  const held = aPlan({ a: 3, b: 3 }, { a: 3 });
  const [unit] = held.workloads;
  const placements = [...(unit?.placements ?? []), { cluster: "b", replicas: 3, held: true }];
  const plan: Plan = { ...held, workloads: unit === undefined ? [] : [{ ...unit, placements }] };
  const rollout = planRollout(plan);
  expect(rollout.clusters.map(({ cluster }) => cluster)).toEqual(["a"]);
  expect(rollout.units[0]?.shares).toEqual([
    { cluster: "a", replicas: 3 },
    { cluster: "b", replicas: 3 },
  ]);
});
