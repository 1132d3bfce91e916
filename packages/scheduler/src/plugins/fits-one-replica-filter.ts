import { describeCpu, describeMemory } from "@flotilla/core";
import type { DecisionContext } from "../engine/decision-context.ts";
import type { FilterExplanation } from "../engine/explanation.ts";
import type { NodeRefusal } from "../engine/matches-node.ts";
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
    return (index) => (roomAt(index) >= copiesNeeded ? ADMIT : UNFIT);
  },
  explain(context, index): FilterExplanation {
    const { copiesNeeded } = context;
    if (!context.needsNodes) return { name: this.name, verdict: "fits", reason: "it needs no node" };
    const room = context.wholeRoomAt(index);
    if (room === Number.POSITIVE_INFINITY) {
      return { name: this.name, verdict: "fits", reason: "capacity unknown, taken as enough" };
    }
    if (room >= copiesNeeded) {
      return { name: this.name, verdict: "fits", reason: `room for ${room} ${room === 1 ? "replica" : "replicas"}` };
    }
    if (room > 0) {
      const reason = `needs room for ${copiesNeeded} replicas, has room for ${room}`;
      return { name: this.name, verdict: "unfit", reason, brief: `room for fewer than ${copiesNeeded} replicas` };
    }
    return { name: this.name, verdict: "unfit", ...shortage(context, index) };
  },
};

/** What the node that comes closest lacks. */
function shortage(context: DecisionContext, index: number): Pick<FilterExplanation, "reason" | "brief"> {
  const nearest = nearestNode(context, index);
  switch (nearest.kind) {
    case "noNodes":
      return { reason: "it has no ready, schedulable node", brief: "no node" };
    case "refused":
      return describeRefusal(nearest.refusal);
    case "short":
      return {
        reason: nearest.lacks.map(describeLack).join("; "),
        brief: `insufficient ${nearest.lacks.map((lack) => lack.resource).join(" and ")}`,
      };
    default:
      return nearest satisfies never;
  }
}

function describeRefusal(refusal: NodeRefusal): Pick<FilterExplanation, "reason" | "brief"> {
  switch (refusal.kind) {
    case "taint": {
      const taint = formatTaint(refusal.taint);
      return {
        reason: `every node that suits has an untolerated taint, e.g. ${taint}`,
        brief: `untolerated node taint {${taint}}`,
      };
    }
    case "nodeSelector":
      return { reason: `no node has the label ${refusal.key}=${refusal.value}`, brief: "no node with the label" };
    case "nodeAffinity":
      return { reason: "no node matches the required node affinity", brief: "no node matching the affinity" };
    default:
      return refusal satisfies never;
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
