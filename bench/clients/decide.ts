import type { KubeObject } from "@flotilla/core";
import { explainDecision, readWorkload, schedule, type ScheduleRequest } from "@flotilla/scheduler";
import { aDeployment, createFleet } from "@flotilla/testing";
import { median } from "../median.ts";
import { tell } from "./address.ts";

/** What one process measured. */
export interface DecideResult {
  /** The median of many, once the code is warm. */
  readonly decisionMs: number;
  /** With the snapshot turned into columns, and cold code. */
  readonly firstMs: number;
  readonly explanationMs: number;
}

const WARM_UP = 100;
const DECISIONS = 200;
const clusters = Number(process.env["DECIDE_CLUSTERS"]);
const seed = Number(process.env["DECIDE_SEED"]);

const snapshot = createFleet({ clusters, seed });
const request = aRequest();
const decide = (): number => timed(() => schedule(request, snapshot));
const firstMs = decide();
for (let count = 0; count < WARM_UP; count += 1) decide();
const decisionMs = median(Array.from({ length: DECISIONS }, decide));
const decision = schedule(request, snapshot);
const explanationMs = timed(() => explainDecision(decision));
const result: DecideResult = { decisionMs, firstMs, explanationMs };
tell(result);

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
