import { createFleet } from "@flotilla/testing";
import { explainDecision, readWorkload, schedule, type ScheduleRequest } from "@flotilla/scheduler";
import type { FleetSnapshot, KubeObject } from "@flotilla/core";
import { aDeployment } from "@flotilla/testing";
import { median } from "../median.ts";
import type { Figure, Scenario, ScenarioContext } from "../scenario.ts";

/** Clusters, and the longest a decision over so many may take. */
const SIZES = [
  { clusters: 1_000, msMax: 1 },
  { clusters: 10_000, msMax: 10 },
] as const;
const WARM_UP = 100;
const DECISIONS = 200;

/** One decision with everything on: labels, taints, spread, limits, three scores. */
export const decisionTime: Scenario = {
  name: "decision",
  summary: "one decision over a generated fleet: selector, taints, node fit, spread, limits, capacity, cost and region",
  async run(ctx) {
    return SIZES.flatMap(({ clusters, msMax }) => measure(clusters, msMax, ctx));
  },
};

function measure(clusters: number, msMax: number, { rounds, seed, progress }: ScenarioContext): readonly Figure[] {
  const snapshot = createFleet({ clusters, seed });
  const request = aRequest();
  const first = timed(() => schedule(request, snapshot));
  decideAgain(request, snapshot, WARM_UP);
  const samples: number[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    progress(`decision: ${clusters} clusters, round ${round} of ${rounds}`);
    samples.push(median(decideAgain(request, snapshot, DECISIONS)));
  }
  const decision = schedule(request, snapshot);
  const explaining = Array.from({ length: rounds }, () => timed(() => explainDecision(decision)));
  const name = `${clusters.toLocaleString("en-US")} clusters`;
  return [
    { name: `decision over ${name}`, value: median(samples), unit: "ms", limit: { atMost: msMax }, samples },
    {
      name: `first decision over ${name}`,
      value: first,
      unit: "ms",
      samples: [first],
      note: "with the snapshot turned into columns, and cold code",
    },
    { name: `explanation of ${name}`, value: median(explaining), unit: "ms", samples: explaining },
  ];
}

function decideAgain(request: ScheduleRequest, snapshot: FleetSnapshot, times: number): readonly number[] {
  return Array.from({ length: times }, () => timed(() => schedule(request, snapshot)));
}

function timed(work: () => unknown): number {
  const startedAtMs = performance.now();
  work();
  return performance.now() - startedAtMs;
}

function aRequest(): ScheduleRequest {
  const object: KubeObject = aDeployment({ replicas: 120, cpu: "500m", memory: "1Gi" });
  const reading = readWorkload(object);
  if (reading === undefined || reading.problems.length > 0) throw new Error("a Deployment is a workload");
  return {
    spec: {
      workloads: [{ apiVersion: "apps/v1", kind: "Deployment" }],
      priority: 0,
      clusters: { fields: [{ key: "region", operator: "NotIn", values: ["sa-east-1", "brazilsouth"] }] },
      tolerations: [{ key: "team", operator: "Exists" }],
      spread: [{ by: "provider", minGroups: 2, maxSharePercent: 50 }],
      replicas: { mode: "Divide", divideBy: "Score", weights: [], limits: [{ clusters: {}, max: 6 }], partial: true },
      score: { capacity: 30, cost: 50, region: 20 },
      regions: { prefer: ["eu-west-1", "europe-west4", "westeurope"] },
      unknownPrice: "Worst",
      unknownCapacity: "Exclude",
    },
    workloads: [reading.workload],
    current: [[]],
    unreachable: new Set(),
    lost: new Set(),
    reserved: [],
    requiredKinds: ["apps/v1/Deployment"],
  };
}
