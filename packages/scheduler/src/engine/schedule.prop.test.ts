import { compareIds, type ClusterSnapshot, type FleetSnapshot } from "@flotilla/core";
import { aFleet, aMember } from "@flotilla/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { aRequest, aWorkload, GIB, type RequestOptions } from "../../test-support/a-request.ts";
import type { SpreadConstraint } from "../policy/placement-policy.ts";
import type { Workload } from "../workload/workload.ts";
import type { Decision, ScheduleRequest } from "./decision.ts";
import { explainDecision } from "./explain.ts";
import { schedule } from "./schedule.ts";

const RUNS = { numRuns: 150 };

/** Up to nine members over three providers, some full, tainted, unpriced, unknown. */
const members: fc.Arbitrary<readonly ClusterSnapshot[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h", "i"),
      provider: fc.constantFrom("aws", "gcp", "azure"),
      region: fc.constantFrom("eu-west-1", "europe-west4", "us-east-1"),
      nodes: fc.integer({ min: 0, max: 4 }),
      freeCpuMilli: fc.integer({ min: 0, max: 4000 }),
      freeGib: fc.integer({ min: 0, max: 16 }),
      microUsdPerHour: fc.option(fc.integer({ min: 0, max: 900_000 }), { nil: null }),
      tainted: fc.nat(9),
      unknown: fc.nat(9),
    }),
    { minLength: 1, maxLength: 9, selector: ({ name }) => name },
  )
  .map((drawn) =>
    drawn.map((each) => {
      const { name, provider, region, nodes, freeCpuMilli, freeGib, microUsdPerHour } = each;
      const taints = each.tainted === 0 ? ([{ key: "team", value: "x", effect: "NoSchedule" }] as const) : [];
      const member = aMember({ name, provider, region, id: `${provider}/main/${region}/${name}`, taints }, [
        { nodes, freeCpuMilli, freeMemoryBytes: freeGib * GIB, microUsdPerHour },
      ]);
      return each.unknown === 0 ? { ...member, capacity: null } : member;
    }),
  );

const divideBy = fc.constantFrom("Score", "Weights", "Capacity", "Cost", "Pack");

const spread: fc.Arbitrary<readonly SpreadConstraint[]> = fc
  .uniqueArray(
    fc.record(
      {
        by: fc.constantFrom("provider", "region", "cluster"),
        minGroups: fc.integer({ min: 1, max: 3 }),
        extra: fc.integer({ min: 0, max: 2 }),
        maxSharePercent: fc.integer({ min: 1, max: 100 }),
      },
      { requiredKeys: ["by"] },
    ),
    { maxLength: 2, selector: ({ by }) => by },
  )
  .map((list) =>
    list.map(({ by, minGroups, extra, maxSharePercent }) => ({
      by: by as SpreadConstraint["by"],
      ...(minGroups === undefined ? {} : { minGroups }),
      ...(extra === undefined ? {} : { maxGroups: (minGroups ?? 1) + extra }),
      ...(maxSharePercent === undefined ? {} : { maxSharePercent }),
    })),
  );

const limits = fc.array(
  fc
    .record({ name: fc.constantFrom("a", "b", "c"), min: fc.nat(3), extra: fc.nat(4) })
    .map(({ name, min, extra }) => ({ clusters: { names: [name] }, min, max: min + extra })),
  { maxLength: 2 },
);

const options: fc.Arbitrary<RequestOptions> = fc.record({
  replicas: fc.nat(20),
  spec: fc.record({ spread }),
  rules: fc.record({ divideBy, limits, partial: fc.boolean() }),
});

const loose: fc.Arbitrary<RequestOptions> = fc.record({
  replicas: fc.nat(20),
  rules: fc.record({ divideBy }),
});

function replicasOf(decision: Decision, workload = 0): Readonly<Record<string, number>> {
  const placements = decision.workloads[workload]?.placements ?? [];
  return Object.fromEntries(placements.map(({ cluster, replicas }) => [cluster, replicas]));
}

function placed(decision: Decision): number {
  return Object.values(replicasOf(decision)).reduce((sum, count) => sum + count, 0);
}

function run(given: RequestOptions, fleet: readonly ClusterSnapshot[]): Decision {
  return schedule(aRequest(given), aFleet(...fleet));
}

function check(property: (given: RequestOptions, fleet: readonly ClusterSnapshot[]) => void, wanted = options): void {
  fc.assert(fc.property(wanted, members, property), RUNS);
}

/** Copies that a member has room for, straight from the definition. */
function roomOf({ capacity }: ClusterSnapshot): number {
  return (capacity?.freeNodes ?? []).reduce(
    (sum, { free }) => sum + Math.min(Math.floor(free.cpuMilli / 1000), Math.floor(free.memoryBytes / GIB), free.pods),
    0,
  );
}

test("placed and unplaced replicas are those asked for, and what is short has a reason", () => {
  check((given, fleet) => {
    const decision = run(given, fleet);
    const [workload] = decision.workloads;
    expect(placed(decision) + (workload?.unplaced ?? 0)).toBe(given.replicas);
    // A minimum that is not met, of a cluster or of groups, is told too, wherever the replicas went.
    const isUnmet = workload?.shortfall?.code === "minima" || workload?.shortfall?.code === "spread";
    expect(workload?.shortfall !== undefined).toBe((workload?.unplaced ?? 0) > 0 || isUnmet);
  });
});

test("no cluster gets more than it has room for, and a tainted or unknown one gets nothing", () => {
  check((given, fleet) => {
    const replicas = replicasOf(run(given, fleet));
    for (const member of fleet) {
      const fits = member.cluster.taints.length === 0 && member.capacity !== null;
      expect(replicas[member.cluster.id] ?? 0).toBeLessThanOrEqual(fits ? roomOf(member) : 0);
    }
  });
});

test("limits hold: never above the greatest, and never between nothing and the least", () => {
  check((given, fleet) => {
    const replicas = replicasOf(run(given, fleet));
    for (const { clusters, min = 0, max = Infinity } of given.rules?.limits ?? []) {
      const same = (given.rules?.limits ?? []).filter((limit) => limit.clusters.names?.[0] === clusters.names?.[0]);
      for (const [id, count] of Object.entries(replicas)) {
        if (!id.endsWith(`/${clusters.names?.[0] ?? ""}`)) continue;
        expect(count).toBeLessThanOrEqual(max);
        // Two limits of one cluster can contradict each other; then the maximum holds.
        expect(count).toBeGreaterThanOrEqual(same.length === 1 ? min : 0);
      }
    }
  });
});

test("spread holds: groups between their least and greatest number, no share above the largest", () => {
  check((given, fleet) => {
    const decision = run(given, fleet);
    const replicas = replicasOf(decision);
    const total = given.replicas ?? 0;
    for (const { by, minGroups = 0, maxGroups = Infinity, maxSharePercent = 100 } of given.spec?.spread ?? []) {
      const groups = new Map<string, number>();
      for (const { cluster } of fleet) {
        const count = replicas[cluster.id] ?? 0;
        const group = by === "cluster" ? cluster.id : String(by === "provider" ? cluster.provider : cluster.region);
        if (count > 0) groups.set(group, (groups.get(group) ?? 0) + count);
      }
      expect(groups.size).toBeLessThanOrEqual(maxGroups);
      // Nothing at all is the other way to keep the minimum.
      expect(groups.size).toBeGreaterThanOrEqual(groups.size === 0 ? 0 : Math.min(minGroups, placed(decision)));
      const most = Math.max(1, Math.floor((maxSharePercent * total) / 100));
      for (const count of groups.values()) expect(count).toBeLessThanOrEqual(most);
    }
  });
});

test("what runs in too few groups is told, wherever it runs", () => {
  fc.assert(
    fc.property(options, members, fc.array(fc.nat(4), { maxLength: 9 }), fc.nat(4), (drawn, all, counts, replicas) => {
      const fleet = all.slice(0, 3);
      const given = { ...drawn, replicas };
      const current = Object.fromEntries(fleet.map(({ cluster }, at) => [cluster.id, counts[at] ?? 0]));
      const decision = run({ ...given, current }, fleet);
      if (decision.workloads[0]?.shortfall !== undefined) return;
      const used = fleet.filter(({ cluster }) => (replicasOf(decision)[cluster.id] ?? 0) > 0);
      for (const { by, minGroups = 0 } of given.spec?.spread ?? []) {
        const groups = new Set(used.map(({ cluster }) => cluster[by === "cluster" ? "id" : (by as "provider")]));
        expect(groups.size).toBeGreaterThanOrEqual(Math.min(minGroups, replicas));
      }
    }),
    RUNS,
  );
});

test("all or nothing is all or nothing", () => {
  check((given, fleet) => {
    const decision = run({ ...given, rules: { ...given.rules, partial: false } }, fleet);
    expect([0, given.replicas]).toContain(placed(decision));
  });
});

test("the order of the input does not matter, nor does asking twice", () => {
  fc.assert(
    fc.property(options, members, fc.nat(), (given, fleet, turn) => {
      const turned = [...fleet.slice(turn % fleet.length), ...fleet.slice(0, turn % fleet.length)].map(turnNodes);
      const snapshot: FleetSnapshot = { ...aFleet(), clusters: turned };
      const expected = schedule(aRequest(given), aFleet(...fleet));
      expect(schedule(aRequest(given), snapshot).workloads).toEqual(expected.workloads);
      expect(schedule(aRequest(given), snapshot).cost).toEqual(expected.cost);
    }),
    RUNS,
  );
});

function turnNodes(member: ClusterSnapshot): ClusterSnapshot {
  const { capacity } = member;
  return capacity === null
    ? member
    : { ...member, capacity: { ...capacity, freeNodes: capacity.freeNodes.toReversed() } };
}

/** The fleet after a decision was carried out: each replica on the first node that has room. */
function afterwards(decision: Decision, fleet: readonly ClusterSnapshot[]): readonly ClusterSnapshot[] {
  const replicas = replicasOf(decision);
  return fleet.map((member) => {
    const { capacity } = member;
    if (capacity === null) return member;
    const freeNodes = capacity.freeNodes.map((node) => ({ ...node, free: { ...node.free } }));
    for (let left = replicas[member.cluster.id] ?? 0; left > 0; left -= 1) {
      const node = freeNodes.find(({ free }) => free.cpuMilli >= 1000 && free.memoryBytes >= GIB);
      if (node === undefined) throw new Error("placed without room");
      node.free.cpuMilli -= 1000;
      node.free.memoryBytes -= GIB;
    }
    return { ...member, capacity: { ...capacity, freeNodes } };
  });
}

test("deciding again when all is done changes nothing", () => {
  check((given, fleet) => {
    const first = run(given, fleet);
    const again = run({ ...given, current: replicasOf(first) }, afterwards(first, fleet));
    expect(replicasOf(again)).toEqual(replicasOf(first));
  });
});

test("more replicas never take one away, fewer never add one", () => {
  fc.assert(
    fc.property(loose, members, fc.nat(20), (given, fleet, replicas) => {
      const first = run(given, fleet);
      const before = replicasOf(first);
      const after = replicasOf(run({ ...given, replicas, current: before }, afterwards(first, fleet)));
      for (const { cluster } of fleet) {
        const [was, is] = [before[cluster.id] ?? 0, after[cluster.id] ?? 0];
        expect(is).toBeGreaterThanOrEqual(replicas >= (given.replicas ?? 0) ? was : 0);
        expect(is).toBeLessThanOrEqual(replicas <= placed(first) ? was : replicas);
      }
    }),
    RUNS,
  );
});

test("losing a cluster moves what it had, and nothing else", () => {
  fc.assert(
    fc.property(loose, members, fc.nat(), (given, fleet, pick) => {
      const first = run(given, fleet);
      const before = replicasOf(first);
      const lost = fleet[pick % fleet.length]?.cluster.id ?? "";
      const after = replicasOf(run({ ...given, current: before, lost: [lost] }, afterwards(first, fleet)));
      expect(after[lost]).toBeUndefined();
      const moved = fleet
        .filter(({ cluster }) => cluster.id !== lost)
        .map(({ cluster }) => (after[cluster.id] ?? 0) - (before[cluster.id] ?? 0));
      for (const difference of moved) expect(difference).toBeGreaterThanOrEqual(0);
      const unplacedBefore = (given.replicas ?? 0) - placed(first);
      expect(moved.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual((before[lost] ?? 0) + unplacedBefore);
    }),
    RUNS,
  );
});

test("unreachable clusters keep what they have or their part of less, never more, and reachable ones keep theirs", () => {
  fc.assert(
    fc.property(
      loose,
      members,
      fc.array(fc.boolean(), { maxLength: 9 }),
      fc.nat(20),
      (given, fleet, away, replicas) => {
        const first = run(given, fleet);
        const before = replicasOf(first);
        const dead = fleet.filter((_, at) => away[at] === true).map(({ cluster }) => cluster.id);
        const next = run({ ...given, replicas, current: before, unreachable: dead }, afterwards(first, fleet));
        const after = replicasOf(next);
        const sum = (ids: readonly string[], counts = before): number =>
          ids.reduce((total, id) => total + (counts[id] ?? 0), 0);
        const kept = Math.min(replicas, placed(first));
        const held = Math.floor((kept * sum(dead)) / Math.max(1, placed(first)));
        expect(sum(dead, after)).toBe(held);
        for (const id of dead) expect(after[id] ?? 0).toBeLessThanOrEqual(before[id] ?? 0);
        const alive = fleet.map(({ cluster }) => cluster.id).filter((id) => !dead.includes(id));
        if (sum(alive) > 0) expect(sum(alive, after)).toBeGreaterThanOrEqual(Math.min(sum(alive), kept - held));
        expect(
          next.workloads[0]?.placements.filter(({ held: is }) => is === true).map(({ cluster }) => cluster),
        ).toEqual(dead.filter((id) => (after[id] ?? 0) > 0).toSorted(compareIds));
        expect(placed(next) + (next.workloads[0]?.unplaced ?? 0)).toBe(replicas);
      },
    ),
    RUNS,
  );
});

const workloadsOf: fc.Arbitrary<readonly Workload[]> = fc
  .uniqueArray(
    fc.record({
      name: fc.constantFrom("k", "l", "m", "n", "o"),
      replicas: fc.nat(6),
      cpuMilli: fc.constantFrom(0, 300, 1000, 2000),
      gib: fc.nat(3),
      division: fc.constantFrom("Replicas", "Single", "PerCluster"),
    }),
    { minLength: 2, maxLength: 5, selector: ({ name }) => name },
  )
  .map((drawn) =>
    drawn.map(({ name, replicas, cpuMilli, gib, division }) => {
      const requests = { cpuMilli, memoryBytes: gib * GIB, pods: 1 };
      const ref = { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name };
      return aWorkload({ ref, division, replicas: division === "PerCluster" ? 1 : replicas }, { requests });
    }),
  );

test("the order in which workloads are written does not matter, and they are answered in that order", () => {
  fc.assert(
    fc.property(options, members, workloadsOf, fc.nat(), (given, fleet, workloads, turn) => {
      const at = turn % workloads.length;
      const turned = [...workloads.slice(at), ...workloads.slice(0, at)].toReversed();
      const told = (written: readonly Workload[]): readonly unknown[] => {
        const decision = run({ ...given, workloads: written }, fleet);
        expect(decision.workloads.map(({ ref }) => ref)).toEqual(written.map(({ ref }) => ref));
        return decision.workloads.toSorted((a, b) => compareIds(a.ref.name, b.ref.name));
      };
      expect(told(turned)).toEqual(told(workloads));
    }),
    RUNS,
  );
});

test("with the same weights and ample room, more replicas take none away and fewer add none", () => {
  const weight = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.array(weight, { minLength: 1, maxLength: 6 }), fc.nat(60), fc.nat(60), (weights, from, to) => {
      const fleet = weights.map((_, at) => aMember({ id: `c${at}`, name: `c${at}` }, [{ nodes: 30 }]));
      const rules = weights.map((each, at) => ({ clusters: { names: [`c${at}`] }, weight: each }));
      const given = { rules: { divideBy: "Weights" as const, weights: rules } };
      const first = run({ ...given, replicas: from }, fleet);
      const before = replicasOf(first);
      const next = run({ ...given, replicas: to, current: before }, afterwards(first, fleet));
      const after = replicasOf(next);
      for (const { cluster } of fleet) {
        const difference = (after[cluster.id] ?? 0) - (before[cluster.id] ?? 0);
        expect(Math.sign(difference) * Math.sign(to - from)).toBeGreaterThanOrEqual(0);
      }
      // As if nothing had run before: the weights alone say it.
      expect(after).toEqual(replicasOf(run({ ...given, replicas: to }, fleet)));
      expect(placed(next)).toBe(weights.some((each) => each > 0) ? to : 0);
    }),
    RUNS,
  );
});

test("cheapest first costs no more than any other division, where every price is known", () => {
  fc.assert(
    fc.property(fc.nat(20), members, divideBy, (replicas, fleet, other) => {
      const priced = fleet.filter(({ prices }) => prices.nodePerHour.every((price) => price.known));
      const cheapest = run({ replicas, rules: { divideBy: "Cost" } }, priced);
      const compared = run({ replicas, rules: { divideBy: other } }, priced);
      expect(cheapest.cost.perHourMicroUsd).toBeLessThanOrEqual(compared.cost.perHourMicroUsd);
      expect(placed(cheapest)).toBe(placed(compared));
    }),
    RUNS,
  );
});

test("a duplicated workload has its full count on every cluster that has room for it", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), members, (replicas, fleet) => {
      const counts = replicasOf(run({ replicas, rules: { mode: "Duplicate", partial: false } }, fleet));
      const roomy = fleet.filter(
        (member) => member.cluster.taints.length === 0 && member.capacity !== null && roomOf(member) >= replicas,
      );
      const ids = roomy.map(({ cluster }) => cluster.id).toSorted(compareIds);
      expect(counts).toEqual(Object.fromEntries(ids.map((id) => [id, replicas])));
    }),
    RUNS,
  );
});

test("what earlier decisions took is not given again", () => {
  fc.assert(
    fc.property(fc.nat(10), fc.nat(10), members, (first, second, fleet) => {
      const snapshot = aFleet(...fleet);
      const request = aRequest({ replicas: first });
      const one = schedule(request, snapshot);
      const [workload] = request.workloads;
      const reserved = Object.entries(replicasOf(one)).map(([cluster, replicas]) => ({
        cluster,
        replicas,
        pod: workload?.pod ?? aRequest().workloads[0]!.pod,
      }));
      const two = schedule(aRequest({ replicas: second, reserved }), snapshot);
      const together = schedule(aRequest({ replicas: first + second }), snapshot);
      expect(placed(one) + placed(two)).toBe(placed(together));
      for (const member of fleet) {
        const both = (replicasOf(one)[member.cluster.id] ?? 0) + (replicasOf(two)[member.cluster.id] ?? 0);
        expect(both).toBeLessThanOrEqual(roomOf(member));
      }
    }),
    RUNS,
  );
});

test("an explanation tells of every cluster, and its figures are the decision's", () => {
  check((given, fleet) => {
    const decision = run(given, fleet);
    const { candidates } = explainDecision(decision);
    expect(candidates.map(({ cluster }) => cluster)).toEqual(
      fleet.map(({ cluster }) => cluster.id).toSorted(compareIds),
    );
    const told = candidates.filter(({ replicas }) => replicas > 0).map(({ cluster, replicas }) => [cluster, replicas]);
    expect(Object.fromEntries(told)).toEqual(replicasOf(decision));
    for (const { scores, score, verdict, filters } of candidates) {
      const weight = scores.reduce((sum, each) => sum + each.weight, 0);
      const total = scores.reduce((sum, each) => sum + each.weighted, 0);
      expect(score === null).toBe(["unfit", "never", "held"].includes(verdict));
      expect(weight === 0 ? 0 : total / weight).toBeCloseTo(weight === 0 ? 0 : (score ?? 0), 9);
      for (const { normalized } of scores) expect(normalized >= 0 && normalized <= 100).toBe(true);
      expect(filters.slice(0, -1).every((filter) => filter.verdict === "fits")).toBe(true);
    }
  });
});

test("what is said would make a cluster fit, makes it fit", () => {
  check(expectFixesToHold);
});

test("and so it does for what is not divided", () => {
  const division = fc.constantFrom("Single", "PerCluster");
  fc.assert(
    fc.property(options, division, members, (given, kind, fleet) => {
      const replicas = kind === "Single" ? given.replicas : 1;
      expectFixesToHold({ ...given, workloads: [aWorkload({ division: kind, replicas: replicas ?? 1 })] }, fleet);
    }),
    RUNS,
  );
});

function expectFixesToHold(given: RequestOptions, fleet: readonly ClusterSnapshot[]): void {
  const decision = run(given, fleet);
  for (const { cluster, counterfactual } of explainDecision(decision).candidates) {
    const changed = counterfactual === null ? undefined : carryOut(counterfactual, cluster, decision.request, fleet);
    if (changed === undefined) continue;
    const verdict = explainDecision(schedule(changed.request, aFleet(...changed.fleet))).candidates.find(
      (each) => each.cluster === cluster,
    )?.verdict;
    expect([counterfactual, verdict]).toEqual([counterfactual, expect.stringMatching(/chosen|fits/)]);
  }
}

interface World {
  readonly request: ScheduleRequest;
  readonly fleet: readonly ClusterSnapshot[];
}

/** Reads the sentence as a person would, and does what it says. */
function carryOut(
  sentence: string,
  id: string,
  request: ScheduleRequest,
  fleet: readonly ClusterSnapshot[],
): World | undefined {
  const tolerates = /the policy tolerated (\S+)=(\S+):NoSchedule/.exec(sentence);
  const cpu = /([\d.]+) CPU more/.exec(sentence);
  const memory = /([\d.]+) GiB more memory/.exec(sentence);
  const fewer = /with (\d+) replicas? instead of/.exec(sentence)?.[1];
  if (!sentence.startsWith("would fit")) return undefined;
  const spec = { ...request.spec };
  const changed = {
    ...spec,
    ...(tolerates === null ? {} : { tolerations: [{ key: tolerates[1] ?? "", value: tolerates[2] ?? "" }] }),
    ...(sentence.includes("unknownCapacity: Neutral") ? { unknownCapacity: "Neutral" as const } : {}),
  };
  // "free on one node": some node, so it is tried on each.
  const more = { cpuMilli: Math.ceil(Number(cpu?.[1] ?? 0) * 1000), memoryBytes: Number(memory?.[1] ?? 0) * GIB };
  return {
    request: {
      ...request,
      spec: changed,
      workloads: request.workloads.map((each) => (fewer === undefined ? each : { ...each, replicas: Number(fewer) })),
    },
    fleet: fleet.map((each) => (each.cluster.id === id ? widen(each, more) : each)),
  };
}

function widen(
  member: ClusterSnapshot,
  more: { readonly cpuMilli: number; readonly memoryBytes: number },
): ClusterSnapshot {
  const { capacity } = member;
  if (capacity === null) return member;
  const freeNodes = capacity.freeNodes.map((node) => ({
    ...node,
    free: {
      ...node.free,
      cpuMilli: node.free.cpuMilli + more.cpuMilli,
      memoryBytes: node.free.memoryBytes + more.memoryBytes,
    },
  }));
  return { ...member, capacity: { ...capacity, freeNodes } };
}

test("at the price that is said to win, it wins; at the number of replicas that is said, too", () => {
  fc.assert(
    fc.property(loose, members, (given, fleet) => {
      const decision = run(given, fleet);
      for (const { cluster, counterfactual } of explainDecision(decision).candidates) {
        const said = counterfactual ?? "";
        expect([said, ...gainsWhenDone(said, cluster, given, fleet)]).toEqual([said, true, true]);
      }
    }),
    RUNS,
  );
});

/** Whether the cluster gets a replica once what was said is done, and none just before. */
function gainsWhenDone(
  said: string,
  cluster: string,
  given: RequestOptions,
  fleet: readonly ClusterSnapshot[],
): readonly boolean[] {
  const gains = (options: RequestOptions, members: readonly ClusterSnapshot[]): boolean =>
    (replicasOf(run(options, members))[cluster] ?? 0) > 0;
  const price = /at \$([\d.e-]+) per replica and hour \(now \$([\d.e-]+)\)/.exec(said);
  const count = Number(/if there were (\d+) replicas/.exec(said)?.[1] ?? Number.NaN);
  if (price !== null) {
    // A little below the printed price, whose last digit is rounded.
    const factor = (Number(price[1]) / Number(price[2])) * 0.98;
    const cheaper = fleet.map((each) => (each.cluster.id === cluster ? reprice(each, factor) : each));
    return [gains(given, cheaper), !gains(given, fleet)];
  }
  if (Number.isNaN(count)) return [true, true];
  return [gains({ ...given, replicas: count }, fleet), !gains({ ...given, replicas: count - 1 }, fleet)];
}

function reprice(member: ClusterSnapshot, factor: number): ClusterSnapshot {
  const nodePerHour = member.prices.nodePerHour.map((price) =>
    price.known ? { ...price, microUsd: price.microUsd * factor } : price,
  );
  return { ...member, prices: { ...member.prices, nodePerHour } };
}
