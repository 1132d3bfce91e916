import type { Document, FleetSnapshot } from "@flotilla/core";
import { aFleet, aMember } from "@flotilla/testing";
import { expect, test } from "vitest";
import { aDocument } from "../../test-support/embedded-fleet.ts";
import { aWeb } from "../../test-support/some-manifests.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import type { Share } from "../engine/decision.ts";
import { decide, type Decided } from "./decide.ts";
import { groupStream } from "./group-stream.ts";
import { readManifests } from "./manifest.ts";

function aDaemonSet(cpu: string): Document {
  const containers = [{ name: "agent", image: "agent", resources: { requests: { cpu } } }];
  return aDocument({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "agent" } }, template: { metadata: {}, spec: { containers } } },
  });
}

function aPolicy(name: string, kinds: readonly string[], spec: Partial<PlacementPolicy["spec"]> = {}): PlacementPolicy {
  const workloads = kinds.map((kind) => ({ apiVersion: "apps/v1", kind }));
  return { kind: "PlacementPolicy", name, namespace: "shop", spec: { ...DEFAULT_PLACEMENT, ...spec, workloads } };
}

function decideAll(
  documents: readonly Document[],
  placements: readonly PlacementPolicy[],
  snapshot: FleetSnapshot,
  current: readonly Share[] = [],
): Decided {
  return decide({
    stream: groupStream(readManifests(documents), { placements, overrides: [] }),
    snapshot,
    known: new Map(current.length === 0 ? [] : [[0, { shares: current, revision: 1 }]]),
    unreachable: new Set(),
    lost: new Set(),
    scores: [],
  });
}

function placementsOf({ units }: Decided): readonly unknown[] {
  return [...units.values()].map(({ ref, placements }) => [ref.name, placements]);
}

const three = aFleet(aMember({ id: "a", name: "a" }, [{ nodes: 3 }]));
// 2.5 of 4 CPU are left on each of three nodes.
const agentFirst = [
  ["web", [{ cluster: "a", replicas: 6 }]],
  ["agent", [{ cluster: "a", replicas: 1 }]],
];

test("a DaemonSet of one policy has its place on every node before what another policy brings", () => {
  const documents = [aWeb({ replicas: 9, cpu: "1" }), aDaemonSet("1500m")];
  const agents = aPolicy("agents", ["DaemonSet"]);
  expect(placementsOf(decideAll(documents, [agents], three))).toMatchObject(agentFirst);
  // Whatever the other policy's name and priority.
  const first = aPolicy("a", ["Deployment"], { priority: 9 });
  expect(placementsOf(decideAll(documents, [agents, first], three))).toMatchObject(agentFirst);
  expect(placementsOf(decideAll(documents, [first], three))).toMatchObject(agentFirst);
});

test("a DaemonSet that misses a chosen cluster for want of room says so", () => {
  const full = aFleet(aMember({ id: "a", name: "a" }), aMember({ id: "b", name: "b" }, [{ freeCpuMilli: 500 }]));
  const message = "not on b, where nodes that suit have no room";
  for (const partial of [true, false]) {
    const replicas = { ...DEFAULT_PLACEMENT.replicas, partial };
    const decided = decideAll([aDaemonSet("1")], [aPolicy("agents", ["DaemonSet"], { replicas })], full);
    const shortfall = { code: "capacity", message, isAllowed: partial };
    expect([...decided.units.values()]).toMatchObject([{ placements: [{ cluster: "a" }], unplaced: 0, shortfall }]);
  }
});

test("a policy that what runs does not keep stops the plan, though every replica has its place", () => {
  const members = aFleet(...["a", "b"].map((name) => aMember({ id: name, name, provider: "aws" })));
  const apart = aPolicy("apart", ["Deployment"], { spread: [{ by: "provider", minGroups: 2 }] });
  const current = ["a", "b"].map((cluster) => ({ cluster, replicas: 2 }));
  const decided = decideAll([aWeb({ replicas: 4 })], [apart], members, current);
  expect([...decided.units.values()]).toMatchObject([
    { placements: current, unplaced: 0, shortfall: { code: "spread", isAllowed: false } },
  ]);
});

test("what one policy places is in the same groups, whether it runs on every node or not", () => {
  const members = aFleet(...["a", "b", "c"].map((name) => aMember({ id: name, name })));
  const both = aPolicy("both", ["Deployment", "DaemonSet"], { spread: [{ by: "cluster", maxGroups: 2 }] });
  const { units } = decideAll([aWeb({ replicas: 2, cpu: "1" }), aDaemonSet("1")], [both], members);
  const [web, agent] = [...units.values()].map(({ placements }) => placements.map(({ cluster }) => cluster));
  expect(agent).toHaveLength(2);
  expect(web).toEqual(agent);
});

test("the price of what stays where no node takes pods is left out for that reason", () => {
  const closed = aMember({ id: "a", name: "a" });
  const capacity = { ...closed.capacity!, shapes: [], freeNodes: [] };
  const members = aFleet({ ...closed, capacity, prices: { ...closed.prices, nodePerHour: [] } });
  const decided = decideAll([aWeb({ replicas: 2 })], [], members, [{ cluster: "a", replicas: 2 }]);
  expect(decided.cost.unknown).toEqual(["a: none of its nodes takes new pods"]);
});
