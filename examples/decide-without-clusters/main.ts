// Only the decision: a pure function over a snapshot, here of a thousand generated clusters.
// Run: node --conditions=source examples/decide-without-clusters/main.ts
import assert from "node:assert/strict";
import { DEFAULT_PLACEMENT, explainDecision, readWorkload, schedule } from "@flotilla/scheduler";
import { aDeployment, createFleet } from "@flotilla/testing";

const snapshot = createFleet({ clusters: 1000, seed: 7 });
const reading = readWorkload(aDeployment({ name: "web", replicas: 40 }));
assert.ok(reading !== undefined && reading.problems.length === 0);

const decision = schedule(
  {
    spec: {
      ...DEFAULT_PLACEMENT,
      spread: [{ by: "provider", minGroups: 2, maxSharePercent: 50 }],
      replicas: { ...DEFAULT_PLACEMENT.replicas, divideBy: "Cost" },
    },
    workloads: [reading.workload],
    current: [[]],
    unreachable: new Set(),
    lost: new Set(),
    reserved: [],
    requiredKinds: ["apps/v1/Deployment"],
  },
  snapshot,
);

const [web] = decision.workloads;
console.log(explainDecision(decision, 0, { counterfactuals: false }).summary);
assert.equal((web?.placements ?? []).reduce((sum, { replicas }) => sum + replicas, 0) + (web?.unplaced ?? 0), 40);
