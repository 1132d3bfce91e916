import {
  isJsonObject,
  type KubeObject,
  type NodeShape,
  type Purchase,
  type ResourceAmounts,
  type Taint,
  type TaintEffect,
} from "@flotilla/core";
import { providerOf } from "./provider-of.ts";
import { quantities } from "./pod-requests.ts";
import { toAmounts } from "./to-amounts.ts";

/** What matters of one node; the rest of the object, mostly image names, is dropped at once. */
export interface NodeFacts {
  readonly name: string;
  /** Ready and not cordoned: new pods may go here. */
  readonly usable: boolean;
  readonly ready: boolean;
  readonly kubeletVersion: string | null;
  readonly podCidrs: readonly string[];
  readonly internalAddresses: readonly string[];
  /** The node as one of its kind: `count` is left to who groups them. */
  readonly shape: Omit<NodeShape, "count">;
  readonly allLabels: Readonly<Record<string, string>>;
}

/** Well-known labels, the current name first. Source: Kubernetes "Well-Known Labels, Annotations and Taints". */
const REGION = ["topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region"] as const;
const ZONE = ["topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone"] as const;
const INSTANCE_TYPE = ["node.kubernetes.io/instance-type", "beta.kubernetes.io/instance-type"] as const;

/** How each cloud and Karpenter mark spot machines: label, and the value that means it, in lower case. */
const SPOT: readonly (readonly [label: string, spot: string])[] = [
  ["eks.amazonaws.com/capacityType", "spot"],
  ["karpenter.sh/capacity-type", "spot"],
  ["cloud.google.com/gke-spot", "true"],
  ["cloud.google.com/gke-preemptible", "true"],
  ["cloud.google.com/gke-provisioning", "spot"],
  ["kubernetes.azure.com/scalesetpriority", "spot"],
  ["node-lifecycle", "spot"],
];
/** Marks of machines that are paid for in another way, whose price nobody lists: reserved and paid ahead, or at a rate of their own. */
const PAID_OTHERWISE: readonly (readonly [label: string, value: string])[] = [
  ["eks.amazonaws.com/capacityType", "capacity_block"],
  ["cloud.google.com/gke-flex-start", "true"],
];
/** A node of these clouds that has no spot mark is paid for by the hour. Elsewhere nothing is known. */
const PAID_BY_THE_HOUR: ReadonlySet<string> = new Set(["aws", "gcp", "azure"]);

/** Labels that tell one node from the next. Those whose value is the node's own name go too. */
const PER_NODE: ReadonlySet<string> = new Set([
  "kubernetes.io/hostname",
  "alpha.eksctl.io/instance-id",
  "node.kubernetes.io/instance-id",
  "topology.hostpath.csi/node",
  "topology.disk.csi.azure.com/node",
  "csi.volume.kubernetes.io/nodeid",
  "kops.k8s.io/instance-id",
]);

export function readNodeFacts(node: KubeObject): NodeFacts {
  const spec = isJsonObject(node["spec"]) ? node["spec"] : {};
  const status = isJsonObject(node["status"]) ? node["status"] : {};
  const labels = node.metadata.labels ?? {};
  const providerId = typeof spec["providerID"] === "string" ? spec["providerID"] : "";
  const provider = providerOf(providerId);
  const ready = conditionOf(status, "Ready") === "True";
  const version = isJsonObject(status["nodeInfo"]) ? status["nodeInfo"]["kubeletVersion"] : undefined;
  return {
    name: node.metadata.name,
    ready,
    usable: ready && spec["unschedulable"] !== true && node.metadata.deletionTimestamp === undefined,
    kubeletVersion: typeof version === "string" ? version : null,
    podCidrs: podCidrsOf(spec),
    internalAddresses: addressesOf(status),
    allLabels: labels,
    shape: {
      ...(provider === undefined ? {} : { provider }),
      instanceType: first(labels, INSTANCE_TYPE),
      region: first(labels, REGION),
      zone: first(labels, ZONE),
      purchase: purchaseOf(labels, provider),
      allocatable: allocatableOf(status),
      labels: sharedLabels(labels, node.metadata.name),
      taints: taintsOf(spec),
    },
  };
}

function allocatableOf(status: Readonly<Record<string, unknown>>): ResourceAmounts {
  const amounts = quantities(status["allocatable"]);
  return toAmounts(amounts, amounts.get("pods") ?? 0);
}

function purchaseOf(labels: Readonly<Record<string, string>>, provider: string | undefined): Purchase {
  const isMarked = ([label, value]: readonly [string, string]): boolean => labels[label]?.toLowerCase() === value;
  if (SPOT.some(isMarked)) return "spot";
  if (PAID_OTHERWISE.some(isMarked)) return "unknown";
  const marked = SPOT.some(([label]) => labels[label] !== undefined);
  return marked || (provider !== undefined && PAID_BY_THE_HOUR.has(provider)) ? "onDemand" : "unknown";
}

function sharedLabels(labels: Readonly<Record<string, string>>, name: string): Readonly<Record<string, string>> {
  const hostname = labels["kubernetes.io/hostname"] ?? name;
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([key, value]) => !PER_NODE.has(key) && value !== name && value !== hostname)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function taintsOf(spec: Readonly<Record<string, unknown>>): readonly Taint[] {
  const taints = Array.isArray(spec["taints"]) ? spec["taints"].filter(isJsonObject) : [];
  return taints
    .map(({ key, value, effect }) => ({
      key: String(key),
      ...(typeof value === "string" && value !== "" ? { value } : {}),
      effect: effect as TaintEffect, // the API server admits no other value
    }))
    .toSorted((a, b) => (`${a.key} ${a.effect}` < `${b.key} ${b.effect}` ? -1 : 1));
}

function conditionOf(status: Readonly<Record<string, unknown>>, type: string): unknown {
  const conditions = Array.isArray(status["conditions"]) ? status["conditions"].filter(isJsonObject) : [];
  return conditions.find((condition) => condition["type"] === type)?.["status"];
}

function podCidrsOf(spec: Readonly<Record<string, unknown>>): readonly string[] {
  const many = Array.isArray(spec["podCIDRs"]) ? spec["podCIDRs"] : [spec["podCIDR"]];
  return many.filter((cidr): cidr is string => typeof cidr === "string" && cidr !== "");
}

function addressesOf(status: Readonly<Record<string, unknown>>): readonly string[] {
  const addresses = Array.isArray(status["addresses"]) ? status["addresses"].filter(isJsonObject) : [];
  return addresses
    .filter((address) => address["type"] === "InternalIP")
    .map((address) => address["address"])
    .filter((address): address is string => typeof address === "string");
}

function first(labels: Readonly<Record<string, string>>, keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = labels[key];
    if (value !== undefined && value !== "") return value;
  }
  return null;
}
