import { aFleet, aMember, type MemberNodes } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import { aRequest, aWorkload, GIB, type RequestOptions } from "../../test-support/a-request.ts";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { SpreadConstraint } from "../policy/placement-policy.ts";
import type { Decision } from "./decision.ts";
import { schedule } from "./schedule.ts";

/** Three members of one region and 4 free CPU each: a at 0.20, b at 0.10, c at 0.40 USD per node and hour. */
const fleet = aFleet(
  aMember({ id: "a", name: "a", provider: "aws", labels: { tier: "gold" } }, [{ microUsdPerHour: 200_000 }]),
  aMember({ id: "b", name: "b", provider: "gcp" }, [{ microUsdPerHour: 100_000 }]),
  aMember({ id: "c", name: "c", provider: "gcp" }, [{ microUsdPerHour: 400_000 }]),
);

function replicasOf(decision: Decision, workload = 0): Readonly<Record<string, number>> {
  const placements = decision.workloads[workload]?.placements ?? [];
  return Object.fromEntries(placements.map(({ cluster, replicas }) => [cluster, replicas]));
}

function place(options: RequestOptions, scores: readonly ScorePlugin[] = []): Readonly<Record<string, number>> {
  return replicasOf(schedule(aRequest(options), fleet, { scores }));
}

const cost = { divideBy: "Cost" } as const;

describe("dividing", () => {
  test.each<readonly [string, RequestOptions, Readonly<Record<string, number>>]>([
    ["by cost fills the cheapest first", { replicas: 6, rules: { divideBy: "Cost" } }, { a: 2, b: 4 }],
    ["by score follows the weights of the policy", { replicas: 7, spec: { score: { cost: 1 } } }, { a: 2, b: 4, c: 1 }],
    ["by weights", { replicas: 6, rules: weights({ a: 2, b: 1 }) }, { a: 4, b: 2 }],
    ["by weights beyond what a cluster can hold", { replicas: 8, rules: weights({ a: 9, b: 1 }) }, { a: 4, b: 4 }],
    ["without weights is even", { replicas: 6, rules: { divideBy: "Weights" } }, { a: 2, b: 2, c: 2 }],
    ["by weights that select nobody is nowhere", { replicas: 3, rules: weights({ z: 5 }) }, {}],
    ["by a weight of 0 gives nothing", { replicas: 3, rules: weights({ a: 0, b: 1 }) }, { b: 3 }],
    ["by capacity", { replicas: 6, rules: { divideBy: "Capacity" } }, { a: 2, b: 2, c: 2 }],
    ["packs", { replicas: 3, rules: { divideBy: "Pack" }, spec: { score: { cost: 1 } } }, { b: 3 }],
    ["duplicates", { replicas: 2, rules: { mode: "Duplicate" } }, { a: 2, b: 2, c: 2 }],
    ["keeps the largest share", { replicas: 6, rules: cost, spec: share("provider", 50) }, { a: 3, b: 3 }],
    ["rounds a share down", { replicas: 5, rules: cost, spec: share("cluster", 50) }, { a: 2, b: 2, c: 1 }],
    ["gives a share at least one", { replicas: 2, rules: cost, spec: share("cluster", 10) }, { a: 1, b: 1 }],
  ])("%s", (_, options, expected) => {
    expect(place(options)).toEqual(expected);
  });

  test("by weights whose only cluster is out says what is missing, and goes nowhere else", () => {
    const taints = [{ key: "drain", effect: "NoSchedule" as const }];
    const members = aFleet(aMember({ id: "a", name: "a", taints }), aMember({ id: "b", name: "b" }));
    const decision = schedule(aRequest({ replicas: 3, rules: weights({ a: 1 }) }), members);
    expect(decision.workloads[0]).toMatchObject({ placements: [], unplaced: 3, shortfall: { code: "limits" } });
  });

  test("by weights follows them when they change, and only then", () => {
    const wide = aFleet(...["a", "b"].map((name) => aMember({ id: name, name }, [{ nodes: 9 }])));
    const at = (rules: NonNullable<RequestOptions["rules"]>, current: RequestOptions["current"]): object =>
      replicasOf(schedule(aRequest({ replicas: 8, rules, current: current ?? {} }), wide));
    expect(at(weights({ a: 1, b: 1 }), { a: 4, b: 4 })).toEqual({ a: 4, b: 4 });
    expect(at(weights({ a: 3, b: 1 }), { a: 4, b: 4 })).toEqual({ a: 6, b: 2 });
    // Nobody wrote a weight: then what runs stays.
    expect(at({ divideBy: "Weights" }, { a: 7, b: 1 })).toEqual({ a: 7, b: 1 });
  });

  function share(by: "provider" | "cluster", maxSharePercent: number): NonNullable<RequestOptions["spec"]> {
    return { spread: [{ by, maxSharePercent }] };
  }

  function weights(byName: Readonly<Record<string, number>>): NonNullable<RequestOptions["rules"]> {
    const rules = Object.entries(byName).map(([name, weight]) => ({ clusters: { names: [name] }, weight }));
    return { divideBy: "Weights", weights: rules };
  }
});

describe("spread", () => {
  test("opens as many groups as are needed, and no more than are allowed", () => {
    const pack = { divideBy: "Pack" } as const;
    const spread = [{ by: "provider", minGroups: 2, maxGroups: 2 }] as const;
    expect(place({ replicas: 3, rules: pack, spec: { spread, score: { cost: 1 } } })).toEqual({ a: 1, b: 2 });
    expect(place({ replicas: 9, spec: { spread: [{ by: "cluster", maxGroups: 2 }], score: { cost: 1 } } })).toEqual({
      a: 4,
      b: 4,
    });
  });

  test("that no fleet can keep places nothing and says why, and leaves alone what runs", () => {
    const spec = { spread: [{ by: "provider", minGroups: 3 }] } as const;
    const decision = schedule(aRequest({ replicas: 4, spec, current: { a: 2 } }), fleet);
    expect(decision.workloads[0]).toMatchObject({
      placements: [{ cluster: "a", replicas: 2 }],
      unplaced: 2,
      shortfall: { code: "spread", message: "the policy needs 3 different values of provider, and candidates have 2" },
    });
  });

  test("that what runs does not keep is told though every replica has a place", () => {
    const aws = aFleet(
      ...["a", "b"].map((name) => aMember({ id: name, name, provider: "aws" })),
      ...["c", "d"].map((name) => aMember({ id: name, name, provider: "gcp" }, [{ freeCpuMilli: 0 }])),
    );
    const decide = (spread: SpreadConstraint, partial = true): object | undefined =>
      schedule(aRequest({ replicas: 4, current: { a: 2, b: 2 }, spec: { spread: [spread] }, rules: { partial } }), aws)
        .workloads[0];
    const message = "the policy needs 2 different values of provider, and candidates have 1";
    const placements = ["a", "b"].map((cluster) => ({ cluster, replicas: 2 }));
    const kept = { placements, unplaced: 0 };
    expect(decide({ by: "provider", minGroups: 2 })).toMatchObject({ ...kept, shortfall: { code: "spread", message } });
    expect(decide({ by: "provider", minGroups: 2 }, false)).toMatchObject({
      ...kept,
      shortfall: { code: "allOrNothing" },
    });
    expect(decide({ by: "cluster", minGroups: 2 })).not.toHaveProperty("shortfall");
  });

  test("counts the group of a member that is away, and does not stand in the way of less", () => {
    const decide = (replicas: number, partial = true, names = ["a"]): object | undefined => {
      const spec = { spread: [{ by: "provider", minGroups: 2 }], clusters: { names: [...names, "z"] } } as const;
      const members = [...fleet.clusters, aMember({ id: "z", name: "z", provider: "gcp" })];
      const given = { replicas, current: { a: 3, z: 1 }, unreachable: ["z"], spec, rules: { partial } };
      return schedule(aRequest(given), aFleet(...members)).workloads[0];
    };
    const alive = (replicas: number): object => ({ cluster: "a", replicas });
    // Its one replica is held: that is a group.
    expect(decide(4)).not.toHaveProperty("shortfall");
    // Of fewer its part is nothing.
    const message =
      "the policy needs 2 different values of provider; only counting z, out of reach and left none of the smaller number, are there as many";
    expect(decide(3)).toMatchObject({ placements: [alive(3)], unplaced: 0, shortfall: { code: "minima", message } });
    const strict = decide(3, false);
    expect(strict).toMatchObject({ placements: [alive(3)], unplaced: 0 });
    expect(strict).not.toHaveProperty("shortfall");
    // Where another can be reached, that one is used.
    const other = decide(3, true, ["a", "b"]);
    expect(other).toMatchObject({ placements: [alive(2), { cluster: "b", replicas: 1 }] });
    expect(other).not.toHaveProperty("shortfall");
  });

  test("by a label leaves out clusters that do not have it", () => {
    expect(place({ replicas: 2, spec: { spread: [{ by: "label:tier", minGroups: 1 }] } })).toEqual({ a: 2 });
  });

  test("opens the same groups for all workloads of a policy", () => {
    const workloads = ["one", "two"].map((name) =>
      aWorkload({ replicas: 3, ref: { apiVersion: "apps/v1", kind: "Deployment", name } }),
    );
    const spec = { spread: [{ by: "cluster", maxGroups: 2 }] } as const;
    const decision = schedule(aRequest({ workloads, rules: { divideBy: "Cost" }, spec }), fleet);
    expect([replicasOf(decision, 0), replicasOf(decision, 1)]).toEqual([{ b: 3 }, { a: 2, b: 1 }]);
    const later = {
      ...aRequest({ replicas: 3, rules: { divideBy: "Cost" }, spec: { spread: [{ by: "cluster", maxGroups: 1 }] } }),
    };
    expect(replicasOf(schedule({ ...later, opened: ["c"] }, fleet))).toEqual({ c: 3 });
  });
});

describe("limits", () => {
  const limit = (name: string, range: { min?: number; max?: number }): RequestOptions["rules"] => ({
    divideBy: "Cost",
    limits: [{ clusters: { names: [name] }, ...range }],
  });

  test("a maximum caps, a minimum is served first", () => {
    expect(place({ replicas: 4, rules: limit("b", { max: 1 }) ?? {} })).toEqual({ a: 3, b: 1 });
    expect(place({ replicas: 4, rules: limit("c", { min: 2 }) ?? {} })).toEqual({ b: 2, c: 2 });
  });

  test("a minimum that cannot be met gives nothing", () => {
    expect(place({ replicas: 4, rules: limit("c", { min: 5 }) ?? {} })).toEqual({ b: 4 });
  });

  test("the better score gets its minimum where there are too few replicas for all", () => {
    const rules = { divideBy: "Weights", limits: [{ clusters: {}, min: 2 }] } as const;
    expect(place({ replicas: 3, rules, spec: { score: { cost: 1 } } })).toEqual({ b: 3 });
  });

  test("a minimum that is not met is said, even where every replica has a place", () => {
    const limits = ["a", "b"].map((name) => ({ clusters: { names: [name] }, min: 2 }));
    const decide = (partial: boolean, current = {}): object | undefined =>
      schedule(aRequest({ replicas: 3, current, rules: { divideBy: "Cost", limits, partial } }), fleet).workloads[0];
    expect(decide(true)).toMatchObject({
      placements: [{ cluster: "b", replicas: 3 }],
      unplaced: 0,
      shortfall: { code: "minima", message: "the minimum of 2 on a is not met" },
    });
    const message = "the minimum of 2 on a is not met; the policy wants all or nothing";
    const refused = { shortfall: { code: "allOrNothing", message } };
    expect(decide(false)).toMatchObject({ ...refused, placements: [], unplaced: 3 });
    expect(decide(false, { b: 3 })).toMatchObject({ ...refused, placements: [{ cluster: "b", replicas: 3 }] });
  });

  test("a cluster that the policy's own maximum of groups leaves out has no minimum to meet", () => {
    const decide = (spread: SpreadConstraint, min: number, partial = false): object | undefined =>
      schedule(
        aRequest({ replicas: 5, spec: { spread: [spread] }, rules: { limits: [{ clusters: {}, min }], partial } }),
        fleet,
      ).workloads[0];
    for (const partial of [true, false]) {
      const two = decide({ by: "cluster", maxGroups: 2 }, 2, partial);
      expect(two).toMatchObject({ unplaced: 0, placements: [{ replicas: 2 }, { replicas: 3 }] });
      expect(two).not.toHaveProperty("shortfall");
      const one = decide({ by: "provider", maxGroups: 1 }, 1, partial);
      expect(one).toMatchObject({ unplaced: 0, placements: [{ cluster: "b" }, { cluster: "c" }] });
      expect(one).not.toHaveProperty("shortfall");
    }
    // Of the chosen ones it is still asked.
    expect(decide({ by: "cluster", maxGroups: 2 }, 4)).toMatchObject({
      unplaced: 5,
      shortfall: { code: "allOrNothing" },
    });
  });

  test("a minimum that leaves replicas over is named", () => {
    const rules = { limits: [{ clusters: {}, min: 4 }] };
    const [workload] = schedule(aRequest({ replicas: 3, rules }), fleet).workloads;
    expect(workload).toMatchObject({ unplaced: 3, shortfall: { code: "minima" } });
    expect(workload?.shortfall?.message).toBe(
      "3 replicas have no place within the policy's minima; the minimum of 4 on a, of 4 on b, of 4 on c is not met",
    );
  });

  test("that leave replicas over are named", () => {
    const rules = { limits: [{ clusters: {}, max: 1 }] };
    const [workload] = schedule(aRequest({ replicas: 5, rules }), fleet).workloads;
    expect([workload?.unplaced, workload?.shortfall?.code]).toEqual([2, "limits"]);
  });
});

describe("what is not divided", () => {
  const whole = (kind: "Single" | "PerCluster", replicas = 1): RequestOptions => ({
    workloads: [aWorkload({ replicas, division: kind })],
    spec: { score: { cost: 1 } },
  });

  test("a bare Pod or CronJob goes to the best cluster that takes all of it, and stays", () => {
    expect(place(whole("Single"))).toEqual({ b: 1 });
    expect(place({ ...whole("Single", 3), current: { c: 3 } })).toEqual({ c: 3 });
    expect(place({ ...whole("Single", 3), current: { c: 3 }, lost: ["c"] })).toEqual({ b: 3 });
    expect(place(whole("Single", 5))).toEqual({});
  });

  test("a DaemonSet goes everywhere, and costs its pods on every node", () => {
    const wide = aFleet(aMember({ id: "a", name: "a" }, [{ nodes: 3, microUsdPerHour: 400_000 }]));
    const decision = schedule(aRequest(whole("PerCluster")), wide);
    expect([replicasOf(decision), decision.cost.perHourMicroUsd]).toEqual([{ a: 1 }, 300_000]);
    expect(place(whole("PerCluster"))).toEqual({ a: 1, b: 1, c: 1 });
  });

  test("a DaemonSet takes its place on every node that suits it, before what comes after it", () => {
    const gpu = { key: "gpu", effect: "NoSchedule" as const };
    const wide = aFleet(
      aMember({ id: "a", name: "a" }, [{ nodes: 1, taints: [gpu] }]),
      aMember({ id: "b", name: "b" }, [{ nodes: 2 }, { nodes: 1, taints: [gpu] }]),
    );
    const agent = aWorkload({ division: "PerCluster" });
    const tolerant = aWorkload({ replicas: 99 }, { tolerations: [{ operator: "Exists" }] });
    const decision = schedule(aRequest({ workloads: [agent, tolerant] }), wide);
    // The agent does not go onto the tainted nodes: b has 2 · 3 + 4 CPU left, a was not chosen and has 4.
    expect([replicasOf(decision), replicasOf(decision, 1)]).toEqual([{ b: 1 }, { a: 4, b: 10 }]);
  });

  test("a DaemonSet needs room on every node that it would run on, where it does not run yet", () => {
    const gpu = { key: "gpu", effect: "NoSchedule" as const };
    const nodes = [{ nodes: 2 }, { freeCpuMilli: 500 }, { freeCpuMilli: 0, taints: [gpu] }];
    const crowded = aMember({ id: "a", name: "a" }, nodes);
    const agent = (cpuMilli: number, current = {}): object => {
      const requests = { cpuMilli, memoryBytes: 0, pods: 1 };
      const workloads = [aWorkload({ division: "PerCluster" }, { requests })];
      return replicasOf(schedule(aRequest({ workloads, current }), aFleet(crowded)));
    };
    expect([agent(500), agent(501), agent(501, { a: 1 })]).toEqual([{ a: 1 }, {}, { a: 1 }]);
  });

  test("a DaemonSet says which cluster it misses for want of room, and of no other", () => {
    const gpu = { key: "gpu", effect: "NoSchedule" as const };
    const members = aFleet(
      aMember({ id: "a", name: "a" }),
      aMember({ id: "b", name: "b" }, [{ nodes: 2 }, { freeCpuMilli: 0 }]),
      aMember({ id: "c", name: "c" }, [{ taints: [gpu] }]),
    );
    const decide = (given: RequestOptions): object | undefined =>
      schedule(aRequest({ workloads: [aWorkload({ division: "PerCluster" })], ...given }), members).workloads[0];
    const placements = [{ cluster: "a", replicas: 1 }];
    const shortfall = { code: "capacity", message: "not on b, where nodes that suit have no room" };
    for (const partial of [true, false]) {
      expect(decide({ rules: { partial } })).toMatchObject({ placements, unplaced: 0, shortfall });
    }
    expect(decide({ spec: { clusters: { exclude: ["b"] } } })).not.toHaveProperty("shortfall");
    expect(decide({ spec: { spread: [{ by: "cluster", maxGroups: 1 }] } })).not.toHaveProperty("shortfall");
    expect(decide({ current: { b: 1 } })).not.toHaveProperty("shortfall");
  });

  test("what has no room beside it under Duplicate is told by the cluster that is too small", () => {
    const rules = { mode: "Duplicate" } as const;
    const small = aFleet(
      aMember({ id: "a", name: "a" }, [{ nodes: 5 }]),
      aMember({ id: "b", name: "b" }, [{ freeCpuMilli: 2000 }]),
    );
    const told = (given: RequestOptions): object | undefined =>
      schedule(aRequest({ replicas: 8, ...given }), small).workloads[0]?.shortfall;
    expect(told({ rules })).toEqual({ code: "capacity", message: "6 replicas have no room: b takes 2 of 8" });
    const limits = [{ clusters: { names: ["a"] }, max: 5 }];
    const exclude = { clusters: { exclude: ["b"] } };
    const message = "3 replicas have no place within the policy's limits: a takes 5 of 8";
    expect(told({ rules: { ...rules, limits }, spec: exclude })).toEqual({ code: "limits", message });
    const refused = schedule(aRequest({ replicas: 8, rules: { ...rules, limits, partial: false } }), small);
    expect(refused.workloads[0]).toMatchObject({ placements: [], unplaced: 8, shortfall: { code: "allOrNothing" } });
    const none = { ...rules, limits: [{ clusters: {}, max: 0 }] };
    expect(schedule(aRequest({ replicas: 8, rules: none }), small).workloads[0]).toMatchObject({
      placements: [],
      unplaced: 8,
      shortfall: { code: "limits" },
    });
  });

  test("under Duplicate every cluster takes all, or what it has room for", () => {
    const rules = { mode: "Duplicate" } as const;
    expect(place({ ...whole("Single"), rules })).toEqual({ a: 1, b: 1, c: 1 });
    const decision = schedule(aRequest({ replicas: 5, rules }), fleet);
    expect([replicasOf(decision), decision.workloads[0]?.unplaced]).toEqual([{ a: 4, b: 4, c: 4 }, 3]);
    expect(place({ replicas: 5, rules: { ...rules, partial: false } })).toEqual({});
  });
});

describe("what runs", () => {
  test("stays under a NoSchedule taint and leaves under NoExecute", () => {
    const tainted = (effect: "NoSchedule" | "NoExecute"): Decision => {
      const taints = [{ key: "drain", effect }];
      const members = [aMember({ id: "a", name: "a", taints }), aMember({ id: "b", name: "b" })];
      return schedule(aRequest({ replicas: 4, current: { a: 2 } }), aFleet(...members));
    };
    expect(replicasOf(tainted("NoSchedule"))).toEqual({ a: 2, b: 2 });
    expect(replicasOf(tainted("NoExecute"))).toEqual({ b: 4 });
  });

  test("stays where the capacity cannot be read any more", () => {
    const members = [{ ...aMember({ id: "a", name: "a" }), capacity: null }, aMember({ id: "b", name: "b" })];
    expect(replicasOf(schedule(aRequest({ replicas: 3, current: { a: 1 } }), aFleet(...members)))).toEqual({
      a: 1,
      b: 2,
    });
  });

  test("is room for itself on a full cluster, unless no node could hold the pod", () => {
    const full = (nodes: MemberNodes): Decision =>
      schedule(aRequest({ replicas: 2, current: { a: 2 } }), aFleet(aMember({ id: "a", name: "a" }, [nodes])));
    expect(replicasOf(full({ freeCpuMilli: 0 }))).toEqual({ a: 2 });
    expect(replicasOf(full({ cpuMilli: 900, freeCpuMilli: 0 }))).toEqual({});
  });

  test("stays where all nodes are closed to new pods, and gets nothing more there", () => {
    const open = aMember({ id: "a", name: "a" }, [{ nodes: 0 }]);
    const gone = { ...open, capacity: { ...open.capacity!, shapes: [] } };
    const cordoned = { ...gone, capacity: { ...gone.capacity, nodes: 2 } };
    const at = (member: typeof open, given: RequestOptions): object =>
      replicasOf(schedule(aRequest(given), aFleet(member, aMember({ id: "b", name: "b" }))));
    expect(at(cordoned, { replicas: 5, current: { a: 2, b: 2 } })).toEqual({ a: 2, b: 3 });
    expect(at(cordoned, { replicas: 3 })).toEqual({ b: 3 });
    expect(at(cordoned, { replicas: 5, current: { a: 2, b: 2 }, spec: { unknownPrice: "Fail" } })).toEqual({
      a: 2,
      b: 3,
    });
    // A cluster whose nodes are gone has nothing left to keep.
    expect(at(gone, { replicas: 4, current: { a: 2, b: 2 } })).toEqual({ b: 4 });
  });

  test("leaves a cluster that the policy does not select any more", () => {
    expect(
      place({ replicas: 2, current: { a: 2 }, spec: { clusters: { exclude: ["a"] }, score: { cost: 1 } } }),
    ).toEqual({
      b: 2,
    });
  });

  test("is held on a member that is unreachable and out of the snapshot, and given up when lost", () => {
    expect(place({ replicas: 4, current: { z: 2 }, unreachable: ["z"], rules: { divideBy: "Cost" } })).toEqual({
      b: 2,
      z: 2,
    });
    expect(
      place({ replicas: 4, current: { z: 2 }, unreachable: ["z"], lost: ["z"], rules: { divideBy: "Cost" } }),
    ).toEqual({
      b: 4,
    });
  });

  test("is given up alike on reachable and unreachable members when less is wanted", () => {
    const current = { a: 2, b: 2, z: 2 };
    const at = (replicas: number, unreachable: readonly string[]): object =>
      place({ replicas, current, unreachable, rules: { divideBy: "Cost" } });
    expect(at(2, ["z"])).toEqual({ b: 2 });
    expect(at(4, ["z"])).toEqual({ a: 1, b: 2, z: 1 });
    expect(at(3, ["a", "z"])).toEqual({ a: 1, b: 1, z: 1 });
    expect(at(2, ["a", "b", "z"])).toEqual({ b: 1, z: 1 });
    expect(at(9, ["z"])).toEqual({ a: 2, b: 5, z: 2 });
  });

  test("of an object that is not divided is held only where nothing reachable runs it", () => {
    const workloads = [aWorkload({ replicas: 3, division: "Single" })];
    expect(place({ workloads, current: { z: 3 }, unreachable: ["z"] })).toEqual({ z: 3 });
    expect(place({ workloads, current: { a: 3, z: 3 }, unreachable: ["z"] })).toEqual({ a: 3 });
  });

  test("stays when all or nothing cannot have all", () => {
    const [workload] = schedule(
      aRequest({ replicas: 20, current: { a: 2 }, rules: { partial: false } }),
      fleet,
    ).workloads;
    expect(workload).toMatchObject({
      placements: [{ cluster: "a", replicas: 2 }],
      unplaced: 18,
      shortfall: { code: "allOrNothing" },
    });
  });
});

describe("nodes", () => {
  const one = (
    nodes: readonly MemberNodes[],
    workload = aWorkload({ replicas: 9 }),
  ): Readonly<Record<string, number>> =>
    replicasOf(schedule(aRequest({ workloads: [workload] }), aFleet(aMember({ id: "a", name: "a" }, nodes))));

  test("room is counted node by node: what is left over on one does not add up", () => {
    expect(one([{ nodes: 3, freeCpuMilli: 1900 }])).toEqual({ a: 3 });
    expect(one([{ nodes: 3, freeCpuMilli: 900 }])).toEqual({});
    expect(one([{ nodes: 2, pods: 1 }])).toEqual({ a: 2 });
    expect(one([{ nodes: 2, freeMemoryBytes: 2.5 * GIB }])).toEqual({ a: 4 });
  });

  test("only nodes whose labels and taints suit the pod count", () => {
    const nodes = [
      { labels: { disk: "ssd" }, freeCpuMilli: 2000 },
      { labels: { disk: "ssd" }, taints: [{ key: "gpu", effect: "NoSchedule" as const }] },
      { freeCpuMilli: 4000 },
    ];
    const terms = [{ matchExpressions: [{ key: "disk", operator: "In" as const, values: ["ssd"] }] }];
    expect(one(nodes)).toEqual({ a: 6 });
    expect(one(nodes, aWorkload({ replicas: 9 }, { nodeSelector: { disk: "ssd" } }))).toEqual({ a: 2 });
    expect(one(nodes, aWorkload({ replicas: 9 }, { nodeTerms: terms }))).toEqual({ a: 2 });
    const above = (value: string): object => {
      const nodeTerms = [{ matchExpressions: [{ key: "cores", operator: "Gt" as const, values: [value] }] }];
      return one(
        [{ labels: { cores: "8" } }, { labels: { cores: "9.5" } }, {}],
        aWorkload({ replicas: 9 }, { nodeTerms }),
      );
    };
    expect([above("7"), above("8"), above("many")]).toEqual([{ a: 4 }, {}, {}]);
    const tolerations = [{ key: "gpu", operator: "Exists" as const }];
    expect(one(nodes, aWorkload({ replicas: 9 }, { nodeSelector: { disk: "ssd" }, tolerations }))).toEqual({ a: 6 });
  });

  test("an extended resource is needed where it is asked for", () => {
    const member = aMember({ id: "a", name: "a" });
    const requests = { cpuMilli: 100, memoryBytes: 0, pods: 1, extended: { "nvidia.com/gpu": 2 } };
    const gpus = (count: number): Decision => {
      const give = <T extends { cpuMilli: number }>(amounts: T): T => ({
        ...amounts,
        extended: { "nvidia.com/gpu": count },
      });
      const capacity = member.capacity!;
      const shapes = capacity.shapes.map((shape) => ({ ...shape, allocatable: give(shape.allocatable) }));
      const freeNodes = capacity.freeNodes.map((node) => ({ ...node, free: give(node.free) }));
      const snapshot = aFleet({ ...member, capacity: { ...capacity, shapes, freeNodes } });
      return schedule(aRequest({ workloads: [aWorkload({ replicas: 9 }, { requests })] }), snapshot);
    };
    expect([replicasOf(gpus(5)), replicasOf(gpus(1))]).toEqual([{ a: 2 }, {}]);
  });
});

describe("prices", () => {
  test("a replica costs its largest share of the cheapest shape it fits", () => {
    const nodes = [
      { cpuMilli: 4000, memoryBytes: 16 * GIB, microUsdPerHour: 200_000 },
      { cpuMilli: 16_000, memoryBytes: 16 * GIB, microUsdPerHour: 400_000 },
      { cpuMilli: 500, microUsdPerHour: 1 },
    ];
    const decision = schedule(aRequest({ replicas: 2 }), aFleet(aMember({ id: "a", name: "a" }, nodes)));
    // 1 of 16 CPU and 1 of 16 GiB of the second shape; the third is too small.
    expect(decision.cost).toEqual({ perHourMicroUsd: 50_000, evenSplitPerHourMicroUsd: 50_000, unknown: [] });
  });

  test("without requests a replica costs a pod slot", () => {
    const workloads = [aWorkload({}, { requests: { cpuMilli: 0, memoryBytes: 0, pods: 1 } })];
    const members = aFleet(aMember({ id: "a", name: "a" }, [{ pods: 100, microUsdPerHour: 500_000 }]));
    expect(schedule(aRequest({ workloads }), members).cost.perHourMicroUsd).toBe(5000);
  });

  test("the even split is the mean price of the candidates", () => {
    const decision = schedule(aRequest({ replicas: 3, rules: { divideBy: "Cost" } }), fleet);
    expect(decision.cost).toEqual({ perHourMicroUsd: 75_000, evenSplitPerHourMicroUsd: 175_000, unknown: [] });
  });

  const unpriced = aFleet(
    aMember({ id: "a", name: "a" }, [{ microUsdPerHour: 300_000 }]),
    aMember({ id: "b", name: "b" }, [{ microUsdPerHour: null }]),
    aMember({ id: "c", name: "c" }, [{ microUsdPerHour: 100_000 }]),
  );
  const byCost = (unknownPrice: "Exclude" | "Worst" | "Neutral" | "Fail"): Decision =>
    schedule(aRequest({ replicas: 9, rules: { divideBy: "Cost" }, spec: { unknownPrice } }), unpriced);

  test("an unknown price is what the policy says", () => {
    expect(replicasOf(byCost("Worst"))).toEqual({ a: 4, b: 1, c: 4 });
    expect(replicasOf(byCost("Neutral"))).toEqual({ a: 1, b: 4, c: 4 });
    expect(replicasOf(byCost("Exclude"))).toEqual({ a: 4, c: 4 });
    expect(byCost("Fail").workloads[0]).toMatchObject({
      placements: [],
      unplaced: 9,
      shortfall: { code: "unknownPrice" },
    });
    expect(byCost("Worst").cost.unknown).toEqual(["b"]);
    const options = {
      replicas: 5,
      current: { a: 4, z: 3 },
      unreachable: ["z"],
      spec: { unknownPrice: "Fail" },
    } as const;
    expect(replicasOf(schedule(aRequest(options), unpriced))).toEqual({ a: 3, z: 2 });
  });
});

describe("regions", () => {
  const spec = (regions: NonNullable<RequestOptions["spec"]>["regions"]): RequestOptions["spec"] => ({
    score: { region: 1 },
    regions: regions ?? {},
  });
  const world = aFleet(
    aMember({ id: "frankfurt", name: "f", region: "eu-central-1" }),
    aMember({ id: "iowa", name: "i", provider: "gcp", region: "us-central1" }),
    aMember({ id: "nowhere", name: "n", region: "basement" }),
    aMember({ id: "virginia", name: "v", provider: "azure", region: "eastus" }),
  );
  const order = (regions: NonNullable<RequestOptions["spec"]>["regions"]): readonly string[] => {
    const taken: string[] = [];
    for (let turn = 0; turn < 4; turn += 1) {
      const given = {
        rules: { divideBy: "Pack" as const },
        spec: { ...spec(regions), clusters: { exclude: [...taken] } },
      };
      taken.push(...Object.keys(replicasOf(schedule(aRequest(given), world))));
    }
    return taken;
  };

  test("earlier in the list is better, and what is not in it comes last", () => {
    expect(order({ prefer: ["us-central1", "eastus"] })).toEqual(["iowa", "virginia", "frankfurt", "nowhere"]);
  });

  test("nearer is better, and an unknown place is in between", () => {
    expect(order({ near: { region: "us-east4" } })).toEqual(["virginia", "nowhere", "iowa", "frankfurt"]);
  });
});

describe("custom scores", () => {
  const carbon: ScorePlugin = { name: "carbon", score: ({ cluster }) => (cluster.name === "c" ? 100 : 1) };

  test("count with the weight that the policy gives them", () => {
    const options = { rules: { divideBy: "Pack" as const }, spec: { score: { carbon: 5, cost: 1 } } };
    expect(place(options, [carbon])).toEqual({ c: 1 });
    expect(place({ ...options, spec: { score: { carbon: 1, cost: 9 } } }, [carbon])).toEqual({ b: 1 });
  });

  test("that nobody gave are the caller's mistake", () => {
    expect(() => place({ spec: { score: { carbon: 1 } } })).toThrow(/"carbon".*capacity, cost, region/);
  });
});
