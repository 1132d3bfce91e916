import { compareIds, type ClusterSnapshot, type Document, type FleetSnapshot } from "@flotilla/core";
import { aFleet, aMember } from "@flotilla/testing";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { aDocument } from "../../test-support/embedded-fleet.ts";
import { aWeb } from "../../test-support/some-manifests.ts";
import type { KnownShares } from "../inventory/known-shares.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";
import type { PlacementPolicy, PlacementSpec } from "../policy/placement-policy.ts";
import { decide, type Decided } from "./decide.ts";
import { groupStream } from "./group-stream.ts";
import { readManifests } from "./manifest.ts";
import type { Plan, PlannedWorkload } from "./plan.ts";
import type { Stream } from "./stream.ts";
import { targetRefusals } from "./verify-plan.ts";
import { withRenderedNeeds } from "./with-rendered-needs.ts";

const NAMES = ["a", "b", "c"] as const;
const idOf = (name: string): string => `aws/main/eu-west-1/${name}`;

const fleets: fc.Arbitrary<FleetSnapshot> = fc
  .array(
    fc.record({
      nodes: fc.integer({ min: 1, max: 3 }),
      freeCpuMilli: fc.integer({ min: 1_000, max: 4_000 }),
      microUsdPerHour: fc.option(fc.integer({ min: 50_000, max: 900_000 }), { nil: null, freq: 20 }),
      isUnknown: fc.nat(19).map((drawn) => drawn === 0),
    }),
    { minLength: 3, maxLength: 3 },
  )
  .map((drawn) =>
    aFleet(
      ...drawn.map(({ nodes, freeCpuMilli, microUsdPerHour, isUnknown }, at): ClusterSnapshot => {
        const name = NAMES[at] ?? "";
        const member = aMember({ name, id: idOf(name) }, [{ nodes, freeCpuMilli, microUsdPerHour }]);
        return isUnknown ? { ...member, capacity: null } : member;
      }),
    ),
  );

const cpu = fc.constantFrom("0", "100m", "400m", "700m", "900m", "1500m");
const larger = fc.constantFrom("100m", "900m", "1300m", "2");
const labelled = { kubernetes: "nodeSelector" };

interface Rule {
  readonly name: string | undefined;
  readonly cpu: string;
  readonly isNodeSelected: boolean;
}

const rules: fc.Arbitrary<readonly Rule[]> = fc.array(
  fc.record({
    name: fc.constantFrom(...NAMES, undefined),
    cpu: larger,
    isNodeSelected: fc.nat(19).map((drawn) => drawn === 0),
  }),
  { maxLength: 2 },
);

function anOverridePolicy(name: string, drawn: readonly Rule[]): OverridePolicy {
  const at = "/spec/template/spec";
  return {
    kind: "OverridePolicy",
    name,
    namespace: "shop",
    workloads: [{ apiVersion: "apps/v1", kind: name === "agent" ? "DaemonSet" : "Deployment", name }],
    rules: drawn.map((rule) => ({
      ...(rule.name === undefined ? {} : { clusters: { names: [rule.name] } }),
      patch: [
        { op: "replace", path: `${at}/containers/0/resources/requests/cpu`, value: rule.cpu },
        ...(rule.isNodeSelected ? [{ op: "add", path: `${at}/nodeSelector`, value: labelled } as const] : []),
      ],
    })),
  };
}

const spec: fc.Arbitrary<PlacementSpec> = fc
  .record({
    priority: fc.nat(2),
    mode: fc.constantFrom("Divide", "Duplicate"),
    divideBy: fc.constantFrom("Score", "Capacity", "Cost", "Pack"),
    partial: fc.constantFrom(true, true, true, false),
    names: fc.option(fc.subarray([...NAMES], { minLength: 1 }), { nil: undefined }),
    maxGroups: fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined }),
    max: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    unknownPrice: fc.constantFrom("Exclude", "Worst", "Neutral", "Fail"),
    unknownCapacity: fc.constantFrom("Exclude", "Neutral"),
  })
  .map(({ priority, mode, divideBy, partial, names, maxGroups, max, unknownPrice, unknownCapacity }) => ({
    ...DEFAULT_PLACEMENT,
    priority,
    clusters: names === undefined ? {} : { names },
    spread: maxGroups === undefined ? [] : [{ by: "cluster", maxGroups }],
    replicas: {
      mode,
      divideBy,
      partial,
      weights: [],
      limits: max === undefined ? [] : [{ clusters: {}, max }],
    },
    unknownPrice,
    unknownCapacity,
  }));

const UNITS = ["web", "b", "agent"] as const;

function anAgent(requested: string): Document {
  const containers = [{ name: "agent", image: "agent", resources: { requests: { cpu: requested } } }];
  return aDocument({
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { name: "agent", namespace: "shop" },
    spec: { selector: { matchLabels: { app: "agent" } }, template: { metadata: {}, spec: { containers } } },
  });
}

const units = fc.tuple(
  ...UNITS.map((name) =>
    fc.record({
      name: fc.constant(name),
      replicas: fc.integer({ min: 0, max: 12 }),
      cpu,
      rules,
      spec: fc.option(spec, { nil: undefined }),
      shares: fc.array(fc.nat(3), { minLength: 3, maxLength: 3 }),
    }),
  ),
);

type Unit = typeof units extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

function streamOf(drawn: readonly Unit[]): Stream {
  const manifests = readManifests(
    drawn.map(({ name, replicas, cpu: requested }) =>
      name === "agent" ? anAgent(requested) : aWeb({ name, replicas, cpu: requested }),
    ),
  );
  const placements = drawn.flatMap(({ name, spec: placed }): readonly PlacementPolicy[] => {
    const kind = name === "agent" ? "DaemonSet" : "Deployment";
    const workloads = [{ apiVersion: "apps/v1", kind, name }];
    return placed === undefined
      ? []
      : [{ kind: "PlacementPolicy", name, namespace: "shop", spec: { ...placed, workloads } }];
  });
  return groupStream(manifests, {
    placements,
    overrides: drawn.map((unit) => anOverridePolicy(unit.name, unit.rules)),
  });
}

function knownOf(drawn: readonly Unit[], isFirst: boolean): ReadonlyMap<number, KnownShares> {
  return new Map(
    drawn.map(({ name, shares }, index) => {
      const running = shares
        .map((replicas, at) => ({
          cluster: idOf(NAMES[at] ?? ""),
          replicas: name === "agent" ? Math.min(1, replicas) : replicas,
        }))
        .filter(({ replicas }) => replicas > 0);
      return [index, { shares: isFirst ? [] : running, revision: 1 }];
    }),
  );
}

/** As it comes back from the store. */
function planOf({ units: placed, cost }: Decided): Plan {
  const plan: Plan = {
    planId: "p",
    createdAtMs: 0,
    fleet: "",
    workloads: [...placed.values()].map(({ hasPods: _hasPods, ...unit }): PlannedWorkload => unit),
    standalone: [],
    cost,
    objects: [],
    removals: [],
    kept: [],
    assumed: [],
    warnings: [],
    inputsDigest: "",
    basis: { perMonthUsd: cost.perMonthUsd, configDigest: "", documentsDigest: "", lost: [], sources: [] },
  };
  return JSON.parse(JSON.stringify(plan)) as Plan;
}

const cases = fc.record({
  fleet: fleets,
  units,
  isFirst: fc.boolean(),
  away: fc.constantFrom(...NAMES, undefined, undefined),
  isHidden: fc.boolean(),
});

test("every plan that is offered verifies on the fleet it was made for, and is told the same again", () => {
  let offered = 0;
  let short = 0;
  const property = fc.property(cases, ({ fleet, units: drawn, isFirst, away, isHidden }) => {
    const stream = streamOf(drawn);
    const known = knownOf(drawn, isFirst);
    const unreachable = new Set(away === undefined ? [] : [idOf(away)]);
    const clusters = fleet.clusters.filter(({ cluster }) => !(isHidden && unreachable.has(cluster.id)));
    const snapshot = { ...fleet, clusters: clusters.toSorted((a, b) => compareIds(a.cluster.id, b.cluster.id)) };
    const input = { stream, snapshot, known, unreachable, lost: new Set<string>(), scores: [] };
    const { decided } = withRenderedNeeds(stream, decide(input), snapshot);
    expect(withRenderedNeeds(stream, decided, snapshot).decided.cost.perMonthUsd).toBeCloseTo(
      decided.cost.perMonthUsd,
      2,
    );
    const shortfalls = [...decided.units.values()].map(({ shortfall }) => shortfall);
    if (shortfalls.some((shortfall) => shortfall?.isAllowed === false)) return;
    offered += 1;
    if (shortfalls.some((shortfall) => shortfall?.code === "overrides")) short += 1;
    expect(targetRefusals({ plan: planOf(decided), stream, snapshot, known, unreachable })).toEqual([]);
  });
  fc.assert(property, { numRuns: 300 });
  expect(offered).toBeGreaterThan(40);
  expect(short).toBeGreaterThan(0);
});
