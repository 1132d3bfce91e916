import {
  addAmounts,
  subtractAmounts,
  ZERO_AMOUNTS,
  type Clock,
  type ClusterCapacity,
  type FreeNode,
} from "@flotilla/core";
import type { KubeObject, ListInput, ListPage, NodeShape, ResourceAmounts } from "@flotilla/core";
import { readNodeFacts, type NodeFacts } from "./node-facts.ts";
import { podRequests } from "./pod-requests.ts";
import { toAmounts } from "./to-amounts.ts";

/** Pods that still hold their node's resources. */
const UNFINISHED = "status.phase!=Succeeded,status.phase!=Failed";

type List = (input: ListInput) => AsyncIterable<ListPage>;

/**
 * Nodes first, then every unfinished pod, page by page; of each object only its facts are kept. The two lists are a moment
 * apart, so a pod bound in between may miss its node: it is counted at the next look.
 */
export async function readCapacity(list: List, clock: Clock): Promise<ClusterCapacity> {
  const takenAtMs = clock.nowMs();
  const nodes = await collect(list({ apiVersion: "v1", kind: "Node" }), readNodeFacts);
  const requested = await requestedByNode(list);
  return summarize(nodes, requested, takenAtMs);
}

/** What pods ask for on each node, by the node's name. Pending pods that no node has taken ask for nothing yet. */
async function requestedByNode(list: List): Promise<ReadonlyMap<string, ResourceAmounts>> {
  const pods = await collect(list({ apiVersion: "v1", kind: "Pod", fieldSelector: UNFINISHED }), readBoundPod);
  const requested = new Map<string, ResourceAmounts>();
  for (const pod of pods) {
    if (pod.node !== "") requested.set(pod.node, addAmounts(requested.get(pod.node) ?? ZERO_AMOUNTS, pod.amounts));
  }
  return requested;
}

interface BoundPod {
  readonly node: string;
  readonly amounts: ResourceAmounts;
}

function readBoundPod(pod: KubeObject): BoundPod {
  const node = (pod["spec"] as { readonly nodeName?: unknown } | undefined)?.nodeName;
  if (typeof node !== "string" || node === "") return { node: "", amounts: ZERO_AMOUNTS };
  return { node, amounts: toAmounts(podRequests(pod), 1) };
}

/** Reduces each object as its page comes; a list that starts anew starts the result anew. */
async function collect<T>(pages: AsyncIterable<ListPage>, reduce: (object: KubeObject) => T): Promise<readonly T[]> {
  let facts: T[] = [];
  for await (const page of pages) {
    if (page.restarted === true) facts = [];
    for (const object of page.items) facts.push(reduce(object));
  }
  return facts;
}

/** Pure. Shapes are in the order of their description, so that equal clusters compare equal. */
function summarize(
  nodes: readonly NodeFacts[],
  requestedByNode: ReadonlyMap<string, ResourceAmounts>,
  takenAtMs: number,
): ClusterCapacity {
  const usable = nodes.filter((node) => node.usable);
  const groups = Map.groupBy(usable, (node) => JSON.stringify(node.shape));
  const keys = [...groups.keys()].toSorted();
  const shapes = keys.map((key): NodeShape => {
    const group = groups.get(key) ?? [];
    const [one] = group;
    return { ...(one as NodeFacts).shape, count: group.length }; // a group is never empty
  });
  const freeNodes = keys.flatMap((key, shape) =>
    (groups.get(key) ?? []).map((node) => freeNode(node, shape, requestedByNode)),
  );
  return {
    allocatable: total(usable.map((node) => node.shape.allocatable)),
    requested: total(usable.map((node) => requestedByNode.get(node.name) ?? ZERO_AMOUNTS)),
    nodes: nodes.length,
    shapes,
    freeNodes,
    takenAtMs,
  };
}

/** A node can be promised more than it has (static pods, a shrunk allocatable): then nothing of that is free. */
function freeNode(node: NodeFacts, shape: number, requested: ReadonlyMap<string, ResourceAmounts>): FreeNode {
  const left = subtractAmounts(node.shape.allocatable, requested.get(node.name) ?? ZERO_AMOUNTS);
  const extended = Object.entries(left.extended ?? {}).map(([name, amount]) => [name, Math.max(0, amount)] as const);
  const free = {
    cpuMilli: Math.max(0, left.cpuMilli),
    memoryBytes: Math.max(0, left.memoryBytes),
    pods: Math.max(0, left.pods),
  };
  return { shape, free: extended.length === 0 ? free : { ...free, extended: Object.fromEntries(extended) } };
}

function total(amounts: readonly ResourceAmounts[]): ResourceAmounts {
  return amounts.reduce(addAmounts, ZERO_AMOUNTS);
}
