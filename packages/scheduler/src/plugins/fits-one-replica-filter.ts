import { describeCpu, describeMemory } from "@flotilla/core";
import type { DecisionContext } from "../engine/decision-context.ts";
import type { FilterExplanation } from "../engine/explanation.ts";
import type { NodeRefusal } from "../engine/matches-node.ts";
import { nearestNode, type Lack, type NearestNode } from "../engine/nearest-node.ts";
import { ADMIT, UNFIT, type Filter } from "../framework/filter.ts";
import { formatTaint } from "../framework/format-taint.ts";

/**
 * Some node has room for a copy: its labels and taints suit the pod, and its free CPU, memory, pod slots and devices suffice.
 * What runs on every node (a DaemonSet) must find room on every node that suits it, or its rollout would never end. Where the object is not divided (`Duplicate` without `partial`, a bare Pod, a CronJob) all its copies must find room.
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
      const own = context.current[index] ?? 0;
      if (own > 0 && !context.holdsOne(index)) {
        return { name: this.name, verdict: "fits", reason: `no node takes new pods: keeps its ${own}, takes no more` };
      }
      if (context.workload.division === "PerCluster") {
        return { name: this.name, verdict: "fits", reason: "room on every node that suits" };
      }
      return { name: this.name, verdict: "fits", reason: `room for ${room} ${room === 1 ? "replica" : "replicas"}` };
    }
    if (room > 0) {
      const reason = `needs room for ${copiesNeeded} replicas, has room for ${room}`;
      return { name: this.name, verdict: "unfit", reason, brief: `room for fewer than ${copiesNeeded} replicas` };
    }
    return { name: this.name, verdict: "unfit", ...shortage(context, index) };
  },
};

type ShortNearest = Extract<NearestNode, { readonly kind: "short" }>;

/** What the node that comes closest lacks. */
function shortage(context: DecisionContext, index: number): Pick<FilterExplanation, "reason" | "brief"> {
  const nearest = nearestNode(context, index);
  switch (nearest.kind) {
    case "noNodes":
      return { reason: "it has no ready, schedulable node", brief: "no node" };
    case "refused":
      return describeRefusal(nearest.refusal);
    case "short": {
      const isPerNode = context.workload.division === "PerCluster";
      const lacks = nearest.lacks.map((lack) => describeLack(lack, isPerNode ? "the fullest" : "the best node"));
      return {
        reason: `${isPerNode ? whichNodes(nearest) : ""}${lacks.join("; ")}`,
        brief: `insufficient ${nearest.lacks.map((lack) => lack.resource).join(" and ")}`,
      };
    }
    default:
      return nearest satisfies never;
  }
}

/** A pod of every node is told how many nodes are in its way. */
function whichNodes({ nodes, suitable }: ShortNearest): string {
  if (suitable === 1) return "the one node that suits has no room: ";
  return `${nodes.length} of ${suitable} nodes ${nodes.length === 1 ? "has" : "have"} no room: `;
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

function describeLack({ resource, needs, has }: Lack, node: string): string {
  switch (resource) {
    case "cpu":
      return `needs ${describeCpu(needs)}, ${node} has ${describeCpu(has)} free`;
    case "memory":
      return `needs ${describeMemory(needs)} memory, ${node} has ${describeMemory(has)} free`;
    case "pods":
      return `needs a pod slot, ${node} has none free`;
    default:
      return `needs ${needs} ${resource}, ${node} has ${has} free`;
  }
}
