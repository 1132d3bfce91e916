import type { Cluster, ClusterPhase, NodePool, Purchase } from "@flotilla/core";
import type { NodeFacts } from "../capacity/node-facts.ts";
import { coveringCidrs, mergeCidrs } from "../network/merge-cidrs.ts";

/** What its nodes tell about a cluster. */
export type ClusterFactsOfNodes = Pick<Cluster, "provider" | "region" | "zones" | "phase" | "nodePools"> & {
  readonly nodeCidrs: readonly string[];
  readonly podCidrs: readonly string[];
};

/** How clouds and Karpenter label the pool of a node, the more specific first. */
const POOL_LABELS = [
  "eks.amazonaws.com/nodegroup",
  "cloud.google.com/gke-nodepool",
  "kubernetes.azure.com/agentpool",
  "karpenter.sh/nodepool",
] as const;

/** Pure. Where nodes disagree on provider or region, what most of them say stands, ties by name. */
export function factsOfNodes(nodes: readonly NodeFacts[]): ClusterFactsOfNodes {
  return {
    provider: mostCommon(nodes.map((node) => node.shape.provider)) ?? "unknown",
    region: mostCommon(nodes.map((node) => node.shape.region ?? undefined)) ?? null,
    zones: distinct(nodes.map((node) => node.shape.zone)),
    phase: phaseOf(nodes),
    nodePools: poolsOf(nodes),
    nodeCidrs: coveringCidrs(nodes.flatMap((node) => node.internalAddresses)),
    podCidrs: mergeCidrs(nodes.flatMap((node) => node.podCidrs)),
  };
}

/** A cluster without nodes is ready to be given some; one with nodes of which none is ready runs nothing new. */
function phaseOf(nodes: readonly NodeFacts[]): ClusterPhase {
  return nodes.length === 0 || nodes.some((node) => node.ready) ? "ready" : "degraded";
}

function poolsOf(nodes: readonly NodeFacts[]): readonly NodePool[] {
  const groups = [...Map.groupBy(nodes, poolName)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return groups.map(([name, group]) => ({
    name,
    phase: phaseOf(group),
    instanceTypes: distinct(group.map((node) => node.shape.instanceType)),
    nodes: group.length,
    nodesMin: null,
    nodesMax: null,
    purchase: purchaseOf(group),
    zones: distinct(group.map((node) => node.shape.zone)),
    kubernetesVersion: mostCommon(group.map((node) => node.kubeletVersion?.replace(/^v/, ""))) ?? null,
    labels: Object.fromEntries(sharedBy(group, (node) => Object.entries(node.shape.labels))),
    taints: sharedBy(group, (node) => node.shape.taints),
  }));
}

function poolName(node: NodeFacts): string {
  for (const label of POOL_LABELS) {
    const name = node.allLabels[label];
    if (name !== undefined && name !== "") return name;
  }
  return node.shape.instanceType ?? "nodes";
}

function purchaseOf(group: readonly NodeFacts[]): Purchase {
  const [first, ...others] = distinct(group.map((node) => node.shape.purchase));
  return others.length > 0 || first === undefined ? "unknown" : (first as Purchase);
}

/** What every node of a group has. */
function sharedBy<T>(group: readonly NodeFacts[], read: (node: NodeFacts) => readonly T[]): readonly T[] {
  const [first, ...rest] = group;
  if (first === undefined) return [];
  const others = rest.map((node) => new Set(read(node).map((item) => JSON.stringify(item))));
  return read(first).filter((item) => others.every((other) => other.has(JSON.stringify(item))));
}

function distinct(values: readonly (string | null)[]): readonly string[] {
  return [...new Set(values.filter((value) => value !== null))].toSorted();
}

function mostCommon(values: readonly (string | undefined)[]): string | undefined {
  const counts = [
    ...Map.groupBy(
      values.filter((value) => value !== undefined),
      (value) => value,
    ),
  ];
  const ranked = counts.toSorted(([a, as], [b, bs]) => bs.length - as.length || (a < b ? -1 : 1));
  return ranked[0]?.[0];
}
