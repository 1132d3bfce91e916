import type { ClusterPhase } from "@flotilla/core";

/** `provisioningState` and `powerState` of each phase. */
export const STATES: Readonly<Record<ClusterPhase, readonly [provisioning: string, power: "Running" | "Stopped"]>> = {
  creating: ["Creating", "Running"],
  ready: ["Succeeded", "Running"],
  updating: ["Updating", "Running"],
  deleting: ["Deleting", "Running"],
  degraded: ["Succeeded", "Running"],
  failed: ["Failed", "Running"],
  stopped: ["Succeeded", "Stopped"],
  unknown: ["AwaitingSomethingNew", "Running"],
};
