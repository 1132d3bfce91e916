import type { FakeNode } from "../api-server.ts";
import { objectsAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { putStored, readStored, type ServerState, timestamp } from "../rest/server-state.ts";
import { withCondition } from "./conditions.ts";

/** The taint of a node that is not heard of. */
export const UNREACHABLE_TAINT: string = "node.kubernetes.io/unreachable";
const PRESSURES = ["MemoryPressure", "DiskPressure", "PIDPressure"] as const;

/** The Node object of a fake node, ready from the start. `index` counts the nodes. */
export function fakeNodeObject(
  node: FakeNode,
  index: number,
  options: { readonly now: string; readonly kubernetesVersion: string },
): JsonObject {
  const capacity = {
    cpu: node.cpu,
    memory: node.memory,
    pods: node.pods ?? "110",
    "ephemeral-storage": "100Gi",
    ...node.extended,
  };
  const podCIDR = node.podCIDR ?? `10.244.${index % 256}.0/24`;
  return {
    metadata: {
      name: node.name,
      labels: {
        "kubernetes.io/hostname": node.name,
        "kubernetes.io/os": "linux",
        "kubernetes.io/arch": "amd64",
        ...node.labels,
      },
    },
    spec: {
      podCIDR,
      podCIDRs: [podCIDR],
      ...(node.providerID === undefined ? {} : { providerID: node.providerID }),
      ...(node.taints === undefined ? {} : { taints: node.taints.map((taint) => ({ ...taint })) }),
    },
    status: {
      capacity,
      allocatable: { ...capacity, ...node.allocatable },
      conditions: nodeConditions(true, options.now),
      addresses: [
        { type: "InternalIP", address: `172.16.${index >> 8}.${(index & 0xff) + 1}` },
        { type: "Hostname", address: node.name },
      ],
      nodeInfo: {
        kubeletVersion: options.kubernetesVersion,
        operatingSystem: "linux",
        architecture: "amd64",
        containerRuntimeVersion: "none://0",
        osImage: "none",
        kernelVersion: "none",
        kubeProxyVersion: "",
        bootID: "",
        machineID: "",
        systemUUID: "",
      },
    },
  };
}

/** A node's conditions. */
export function nodeConditions(isReady: boolean, now: string): JsonObject[] {
  const times = { lastHeartbeatTime: now, lastTransitionTime: now };
  const ready = isReady
    ? { status: "True", reason: "KubeletReady", message: "kubelet is posting ready status" }
    : { status: "Unknown", reason: "NodeStatusUnknown", message: "Kubelet stopped posting node status." };
  const pressures = PRESSURES.map((type) => ({
    type,
    status: "False",
    reason: `KubeletHasNo${type}`,
    message: `kubelet has no ${type}`,
    ...times,
  }));
  return [...pressures, { type: "Ready", ...ready, ...times }];
}

/**
 * Marks a node ready or lost as the node lifecycle controller does: condition, taints, and the pods' readiness.
 * @throws Error when there is no such node
 */
export function setNodeReady(state: ServerState, name: string, isReady: boolean): void {
  const nodes = state.registry.need("v1", "Node");
  const node = readStored(state, nodes, "", name);
  if (node === undefined) throw new Error(`no node ${name} to mark as ${isReady ? "ready" : "lost"}`);
  const now = timestamp(state);
  const kept = objectsAt(node, "spec", "taints").filter((taint) => taint["key"] !== UNREACHABLE_TAINT);
  const added = isReady
    ? []
    : ["NoSchedule", "NoExecute"].map((effect) => ({ key: UNREACHABLE_TAINT, effect, timeAdded: now }));
  const taints = [...kept, ...added];
  const tainted = withAt(node, ["spec", "taints"], taints.length === 0 ? undefined : taints);
  putStored(state, nodes, withAt(tainted, ["status", "conditions"], nodeConditions(isReady, now)));
  if (!isReady) markPodsUnready(state, name, now);
}

function markPodsUnready(state: ServerState, node: string, now: string): void {
  const pods = state.registry.need("v1", "Pod");
  for (const [, pod] of state.store.list("/pods")) {
    if (stringAt(pod, "spec", "nodeName") !== node || stringAt(pod, "status", "phase") !== "Running") continue;
    const lost = { type: "Ready", status: "False", reason: "NodeNotReady", message: "Node is not ready" };
    const conditions = withCondition(objectsAt(pod, "status", "conditions"), lost, now);
    const clean = conditions.map(({ lastUpdateTime: _unused, ...rest }) => rest);
    putStored(state, pods, withAt(pod, ["status", "conditions"], clean));
  }
}
