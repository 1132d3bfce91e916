import type { ClusterSnapshot } from "@flotilla/core";
import { aFleet, aMember, type MemberNodes } from "@flotilla/testing";
import { describe, expect, test } from "vitest";
import { aRequest, aWorkload, GIB, type RequestOptions } from "../../test-support/a-request.ts";
import type { ScorePlugin } from "../framework/score-plugin.ts";
import type { SpreadConstraint } from "../policy/placement-policy.ts";
import { explainDecision } from "./explain.ts";
import type { CandidateExplanation, Explanation } from "./explanation.ts";
import { schedule } from "./schedule.ts";

const member = (name: string, cluster: Partial<ClusterSnapshot["cluster"]>, nodes: MemberNodes = {}): ClusterSnapshot =>
  aMember({ id: name, name, ...cluster }, [nodes]);

function explain(
  options: RequestOptions,
  members: readonly ClusterSnapshot[],
  scores: readonly ScorePlugin[] = [],
): Explanation {
  return explainDecision(schedule(aRequest(options), aFleet(...members), { scores }));
}

function explainOne(options: RequestOptions, only: ClusterSnapshot): CandidateExplanation | undefined {
  return explain(options, [only]).candidates[0];
}

describe("a cluster that is left out is told why, and what would help", () => {
  const two = aWorkload({}, { requests: { cpuMilli: 2000, memoryBytes: GIB, pods: 1 } });
  test.each<readonly [string, RequestOptions, ClusterSnapshot, string, string, string | null]>([
    [
      "ClusterSelector",
      { spec: { clusters: { fields: [{ key: "region", operator: "In", values: ["eu-west-2"] }] } } },
      member("a", {}),
      "never",
      "the policy wants region In eu-west-2, it has eu-west-1",
      "would fit if the policy selected it",
    ],
    ["Reachable", { lost: ["a"] }, member("a", {}), "never", "given up by the user", null],
    [
      "Reachable",
      { unreachable: ["a"] },
      member("a", { problem: { kind: "transient", message: "timed out" } }),
      "unfit",
      "cannot be reached: timed out",
      null,
    ],
    [
      "ClusterPhase",
      {},
      member("a", { phase: "stopped" }),
      "unfit",
      "the cluster is stopped",
      "would fit once it is ready",
    ],
    ["ClusterPhase", {}, member("a", { phase: "deleting" }), "never", "the cluster is deleting", null],
    [
      "Taints",
      {},
      member("a", { taints: [{ key: "team", value: "x", effect: "NoSchedule" }] }),
      "unfit",
      "untolerated taint team=x:NoSchedule",
      "would fit if the policy tolerated team=x:NoSchedule",
    ],
    [
      "SpreadKnown",
      { spec: { spread: [{ by: "zone", minGroups: 1 }] } },
      member("a", { zones: [] }),
      "unfit",
      "the policy spreads by zone, which it does not say",
      "would fit if it told its zone",
    ],
    [
      "KindsAvailable",
      { requiredKinds: ["apps/v1/Deployment", "example.com/v1/Widget"] },
      { ...member("a", {}), kinds: new Set(["apps/v1/Deployment"]) },
      "unfit",
      "its API server has no example.com/v1/Widget",
      "would fit with example.com/v1/Widget installed",
    ],
    [
      "CapacityKnown",
      {},
      { ...member("a", {}), capacity: null, capacityProblem: "may not list nodes" },
      "unfit",
      "capacity unknown: may not list nodes",
      "would fit under unknownCapacity: Neutral",
    ],
    [
      "PriceKnown",
      { spec: { unknownPrice: "Exclude" } },
      member("a", {}, { microUsdPerHour: null }),
      "unfit",
      "price unknown: the test gives none",
      "would fit if its nodes had a price",
    ],
    [
      "FitsOneReplica",
      { workloads: [two] },
      member("a", {}, { freeCpuMilli: 1400 }),
      "unfit",
      "needs 2 CPU, the best node has 1.4 CPU free",
      "would fit with 0.6 CPU more free on one node",
    ],
    [
      "FitsOneReplica",
      { workloads: [aWorkload({}, { nodeSelector: { disk: "ssd" } })] },
      member("a", {}),
      "unfit",
      "no node has the label disk=ssd",
      null,
    ],
    [
      "FitsOneReplica",
      {},
      member("a", {}, { taints: [{ key: "gpu", effect: "NoSchedule" }] }),
      "unfit",
      "every node that suits has an untolerated taint, e.g. gpu:NoSchedule",
      "would fit if the pod tolerated gpu:NoSchedule",
    ],
    ["FitsOneReplica", {}, member("a", {}, { nodes: 0 }), "unfit", "it has no ready, schedulable node", null],
    [
      "FitsOneReplica",
      { replicas: 6, rules: { mode: "Duplicate", partial: false } },
      member("a", {}),
      "unfit",
      "needs room for 6 replicas, has room for 4",
      "would fit with 4 replicas instead of 6",
    ],
  ])("%s %#", (filter, options, only, verdict, reason, counterfactual) => {
    const told = explainOne(options, only);
    expect(told).toMatchObject({ cluster: "a", verdict, replicas: 0, score: null, counterfactual });
    expect(told?.filters.at(-1)).toMatchObject({ name: filter, verdict, reason });
  });

  test("several changes are told together", () => {
    const tainted = member(
      "a",
      { phase: "stopped", taints: [{ key: "x", effect: "NoExecute" }] },
      { freeMemoryBytes: 0 },
    );
    expect(explainOne({}, tainted)?.counterfactual).toBe(
      "would fit once it is ready and if the policy tolerated x:NoExecute and with 1 GiB more memory free on one node",
    );
  });
});

test("the line says nobody fits, with the reasons counted", () => {
  const members = [
    member("a", {}, { freeMemoryBytes: 0 }),
    member("b", {}, { freeMemoryBytes: 0 }),
    member("c", { taints: [{ key: "team", value: "x", effect: "NoSchedule" }] }),
  ];
  expect(explain({}, members).summary).toBe(
    "0/3 clusters fit: 2 insufficient memory, 1 untolerated taint {team=x:NoSchedule}",
  );
});

test("the line says where, how many, and what is missing", () => {
  const members = [member("a", {}), member("b", {}, { freeCpuMilli: 1000 }), member("c", { phase: "failed" })];
  expect(explain({ replicas: 3 }, members).summary).toBe("3 replicas on 2 of 3 clusters: a 2, b 1");
  expect(explain({ replicas: 9 }, members).summary).toBe(
    "5 of 9 replicas on 2 of 3 clusters: a 4, b 1; 4 replicas have no room in any candidate",
  );
  expect(explain({ replicas: 9, rules: { partial: false } }, members).summary).toBe(
    "2/3 clusters fit: 4 replicas have no room in any candidate; the policy wants all or nothing; 1 failed",
  );
});

test("scores are told raw, normalised and weighted", () => {
  const members = [
    member("a", { region: "eu-west-1" }, { microUsdPerHour: 400_000, freeCpuMilli: 3000 }),
    member("b", { region: "us-east-1" }, { microUsdPerHour: 200_000 }),
  ];
  const spec = { score: { capacity: 1, cost: 2, region: 1 }, regions: { prefer: ["eu-west-1", "x"] } };
  const [a] = explain({ replicas: 2, spec }, members).candidates;
  expect(a?.scores).toEqual([
    // 3 of 4 CPU are free, one replica of an even share takes another.
    { name: "capacity", raw: 50, normalized: 50, weight: 1, weighted: 50 },
    { name: "cost", raw: 0.1, normalized: 50, weight: 2, weighted: 100 },
    { name: "region", raw: 1, normalized: 100, weight: 1, weighted: 100 },
  ]);
  expect([a?.score, a?.pricePerMonthUsd]).toEqual([62.5, 73]);
});

test("a custom score that misbehaves counts as 0 for that cluster, and is told", () => {
  const moody: ScorePlugin = {
    name: "moody",
    score: ({ cluster }) => {
      if (cluster.name === "a") throw new Error("no data");
      return cluster.name === "b" ? Number.NaN : 100;
    },
  };
  const members = ["a", "b", "c"].map((name) => member(name, {}));
  const told = explain({ replicas: 1, spec: { score: { moody: 1 } } }, members, [moody]);
  expect(told.candidates.map(({ score, replicas }) => [score, replicas])).toEqual([
    [0, 0],
    [0, 0],
    [100, 1],
  ]);
  expect(told.warnings).toEqual([
    'score "moody" failed (no data): taken as 0',
    'score "moody" gave NaN, not a number in 0..100: taken as 0',
  ]);
});

test("a cluster that fits and got nothing is told the price at which it would", () => {
  const members = [member("a", {}, { microUsdPerHour: 100_000 }), member("b", {}, { microUsdPerHour: 200_000 })];
  const [, b] = explain({ replicas: 1, rules: { divideBy: "Cost" } }, members).candidates;
  expect(b?.verdict).toBe("fits");
  expect(b?.counterfactual).toMatch(/^would get a replica at \$0\.02\d+ per replica and hour \(now \$0\.0500\)$/);
});

describe("a cluster that fits and gets nothing is told what of the policy is in its way, and what would lift it", () => {
  const three = ["a", "b", "c"].map((name) => member(name, {}));
  const only = { names: ["c"] };
  test.each<readonly [string, RequestOptions, readonly ClusterSnapshot[], string, string | null]>([
    [
      "Weights",
      { replicas: 3, rules: { divideBy: "Weights", weights: [{ clusters: { names: ["a"] }, weight: 2 }] } },
      three,
      "weight 0: the policy's weights give it nothing",
      "would get a replica with a weight of 2",
    ],
    [
      "Limits",
      { replicas: 3, rules: { limits: [{ clusters: only, max: 0 }] } },
      three,
      "limit: at most 0 replicas here",
      "would get a replica without its limit",
    ],
    [
      "Minimum",
      { replicas: 3, rules: { limits: [{ clusters: only, min: 5 }] } },
      three,
      "its minimum of 5 cannot be met: it has room for 4",
      "would get a replica without its minimum",
    ],
    [
      "AllOrNothing",
      { replicas: 30, rules: { partial: false } },
      three,
      "18 replicas have no room in any candidate; the policy wants all or nothing",
      "would get a replica under partial: true",
    ],
    [
      "UnknownPrice",
      { replicas: 3, spec: { unknownPrice: "Fail" } },
      [...three.slice(0, 2), member("c", {}, { microUsdPerHour: null })],
      "c has no price, and the policy says Fail",
      "would get a replica under unknownPrice: Worst",
    ],
    [
      "Spread",
      { replicas: 3, spec: { spread: [{ by: "provider", minGroups: 2 }] } },
      three,
      "the policy needs 2 different values of provider, and candidates have 1",
      "would get a replica without the policy's spread",
    ],
  ])("%s", (name, options, members, reason, counterfactual) => {
    const told = explain(options, members).candidates.find(({ cluster }) => cluster === "c");
    expect(told).toMatchObject({ verdict: "fits", replicas: 0, counterfactual });
    expect(told?.filters.at(-1)).toMatchObject({ name, reason });
    expect(told?.filters.at(-1)?.verdict).not.toBe("fits");
    expect(told?.score).not.toBeNull();
  });
});

describe("what takes space together", () => {
  const agent = aWorkload(
    { division: "PerCluster", ref: { apiVersion: "apps/v1", kind: "DaemonSet", name: "agent" } },
    { requests: { cpuMilli: 2000, memoryBytes: 0, pods: 1 } },
  );

  test("is told of each as it was when it was decided, not as it is when all are", () => {
    const workloads = ["one", "two"].map((name) =>
      aWorkload({ replicas: 2, ref: { apiVersion: "apps/v1", kind: "Deployment", name } }),
    );
    const decision = schedule(aRequest({ workloads }), aFleet(member("a", {})));
    const [first, second] = [0, 1].map((at) => explainDecision(decision, at).candidates[0]);
    expect([first?.verdict, first?.filters.at(-1)?.reason]).toEqual(["chosen", "room for 4 replicas"]);
    expect([second?.verdict, second?.filters.at(-1)?.reason]).toEqual(["chosen", "room for 2 replicas"]);
  });

  test("asks for as much more as is missing once a DaemonSet has its place on every node", () => {
    const workloads = [aWorkload({}, { requests: { cpuMilli: 3080, memoryBytes: GIB, pods: 1 } }), agent];
    const decision = schedule(aRequest({ workloads }), aFleet(member("a", {}, { nodes: 2, freeCpuMilli: 2000 })));
    expect(explainDecision(decision, 0).candidates[0]?.counterfactual).toBe(
      "would fit with 3.08 CPU more free on one node",
    );
    const wider = aFleet(member("a", {}, { nodes: 2, cpuMilli: 6000, freeCpuMilli: 5080 }));
    expect(schedule(decision.request, wider).workloads[0]?.placements).toEqual([{ cluster: "a", replicas: 1 }]);
  });

  test("keeps a DaemonSet out where a node is too full for it, and says how much is missing", () => {
    const crowded = aMember({ id: "a", name: "a" }, [
      { nodes: 2 },
      { freeCpuMilli: 1500 },
      { nodes: 1, freeCpuMilli: 200 },
    ]);
    const told = explainOne({ workloads: [agent] }, crowded);
    expect(told?.filters.at(-1)?.reason).toBe("2 of 4 nodes have no room: needs 2 CPU, the fullest has 0.2 CPU free");
    expect(told?.counterfactual).toBe("would fit with 1.8 CPU more free on each of 2 nodes");
    const roomy = explainOne({ workloads: [agent] }, member("a", {}, { nodes: 3 }));
    expect(roomy?.filters.at(-1)?.reason).toBe("room on every node that suits");
  });
});

test("a cluster whose nodes are closed to new pods says that it keeps what it has", () => {
  const open = member("a", {}, { nodes: 0 });
  const cordoned = { ...open, capacity: { ...open.capacity!, shapes: [], nodes: 2 } };
  const told = explainOne({ replicas: 2, current: { a: 2 } }, cordoned);
  expect(told?.verdict).toBe("chosen");
  expect(told?.filters.at(-1)?.reason).toBe("no node takes new pods: keeps its 2, takes no more");
});

test("a held share is told as held, in the snapshot or not", () => {
  const options = { replicas: 5, current: { a: 1, z: 2 }, unreachable: ["a", "z"] };
  const { candidates, summary } = explain(options, [member("a", {}), member("b", {})]);
  expect(candidates.map(({ cluster, verdict, replicas }) => [cluster, verdict, replicas])).toEqual([
    ["a", "held", 1],
    ["b", "chosen", 2],
    ["z", "held", 2],
  ]);
  expect(summary).toBe("5 replicas on 3 of 3 clusters: b 2, z 2, a 1");
});

test("a workload that the decision does not have is the caller's mistake", () => {
  const decision = schedule(aRequest(), aFleet(member("a", {})));
  expect(() => explainDecision(decision, 1)).toThrow(RangeError);
});

test("what the policy's own maximum of groups leaves out is told so, before its minimum", () => {
  const members = [
    member("a", { provider: "aws" }),
    member("b", { provider: "gcp" }),
    member("c", { provider: "gcp" }),
  ];
  const told = (by: SpreadConstraint["by"], maxGroups: number, replicas: number): readonly unknown[] =>
    explain(
      { replicas, spec: { spread: [{ by, maxGroups }] }, rules: { limits: [{ clusters: {}, min: 1 }] } },
      members,
    ).candidates.map(({ filters, replicas, counterfactual }) =>
      replicas > 0 ? replicas : [filters.at(-1)?.name, filters.at(-1)?.reason, counterfactual],
    );
  const without = "would get a replica without the policy's spread";
  expect(told("cluster", 2, 4)).toEqual([2, 2, ["Spread", "at most 2 clusters, and others are chosen", without]]);
  expect(told("provider", 1, 6)).toEqual([["Spread", "at most 1 provider, and others are chosen", without], 3, 3]);
});
