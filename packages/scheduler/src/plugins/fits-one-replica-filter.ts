import { describeCpu, describeMemory } from "@flotilla/core";
import type { DecisionContext } from "../engine/decision-context.ts";
import type { FilterExplanation } from "../engine/explanation.ts";
import { nearestNode } from "../engine/nearest-node.ts";
import { ADMIT, UNFIT, type Filter } from "../framework/filter.ts";
import { formatTaint } from "../framework/format-taint.ts";

/**
 * Some node has room for a copy: its labels and taints suit the pod, and its free CPU, memory, pod slots and devices suffice.
 * Where the object is not divided (`Duplicate` without `partial`, a bare Pod, a CronJob) all its copies must find room.
 */
export const fitsOneReplicaFilter: Filter = {
  name: "FitsOneReplica",
  prepare({ roomAt, copiesNeeded }) {
    return (index) => (roomAt(index, copiesNeeded) >= copiesNeeded ? ADMIT : UNFIT);
  },
  explain(context, index): FilterExplanation {
    const { copiesNeeded } = context;
    const room = context.roomAt(index, Number.POSITIVE_INFINITY);
    if (room === Number.POSITIVE_INFINITY) {
      return { name: this.name, verdict: "fits", reason: "capacity unknown, taken as enough" };
    }
    if (room >= copiesNeeded) {
      return { name: this.name, verdict: "fits", reason: `room for ${room} ${room === 1 ? "replica" : "replicas"}` };
    }
    const reason =
      room > 0 ? `needs room for ${copiesNeeded} replicas, has room for ${room}` : shortage(context, index);
    return { name: this.name, verdict: "unfit", reason };
  },
};

/** What the node that comes closest lacks. */
function shortage(context: DecisionContext, index: number): string {
  const nearest = nearestNode(context, index);
  switch (nearest.kind) {
    case "noNodes":
      return "it has no ready, schedulable node";
    case "refused":
      switch (nearest.refusal.kind) {
        case "taint":
          return `every node has an untolerated taint, e.g. ${formatTaint(nearest.refusal.taint)}`;
        case "nodeSelector":
          return `no node has the label ${nearest.refusal.key}=${nearest.refusal.value}`;
        case "nodeAffinity":
          return "no node matches the required node affinity";
        default:
          return nearest.refusal satisfies never;
      }
    case "short":
      return nearest.lacks.map(describeLack).join("; ");
    default:
      return nearest satisfies never;
  }
}

function describeLack(lack: { readonly resource: string; readonly needs: number; readonly has: number }): string {
  const { resource, needs, has } = lack;
  switch (resource) {
    case "cpu":
      return `needs ${describeCpu(needs)}, the best node has ${describeCpu(has)} free`;
    case "memory":
      return `needs ${describeMemory(needs)} memory, the best node has ${describeMemory(has)} free`;
    case "pods":
      return "no node has a free pod slot";
    default:
      return `needs ${needs} ${resource}, the best node has ${has} free`;
  }
}
