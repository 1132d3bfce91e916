import { isCloudError, withTimeout, type Cluster, type ClusterProblem, type Clock, type Ctx } from "@flotilla/core";
import type { KubeAccess, KubeCluster, ListInput, Random } from "@flotilla/core";
import { readNodeFacts, type NodeFacts } from "../capacity/node-facts.ts";
import { connectKubeCluster } from "../cluster/connect-kube-cluster.ts";
import type { ResolvedContext } from "../kubeconfig/resolve-context.ts";
import { endpointAccess } from "../network/endpoint-access.ts";
import { factsOfNodes, type ClusterFactsOfNodes } from "./cluster-facts.ts";

export interface DescribeInput {
  readonly id: string;
  readonly scope: string;
  readonly context: string;
  readonly resolve: (ctx: Ctx) => Promise<ResolvedContext>;
  readonly clock: Clock;
  readonly random: Random;
  readonly timeoutMs: number;
}

/** A context as a cluster: never throws but for an abort. Whatever cannot be read is a `problem` of that cluster alone. */
export async function describeContext(input: DescribeInput, outer: Ctx): Promise<Cluster> {
  using ctx = withTimeout(outer, input.clock, input.timeoutMs);
  const unread = unreadCluster(input);
  let resolved: ResolvedContext;
  try {
    resolved = await input.resolve(ctx);
  } catch (error) {
    outer.signal.throwIfAborted();
    return { ...unread, problem: problemOf(error, input.timeoutMs) };
  }
  const known = { ...unread, ...accessFacts(resolved) };
  try {
    return { ...known, ...(await readCluster(input, resolved.access, known, ctx)) };
  } catch (error) {
    outer.signal.throwIfAborted();
    return { ...known, problem: problemOf(error, input.timeoutMs) };
  }
}

function unreadCluster({ id, scope, context }: DescribeInput): Cluster {
  return {
    id,
    scope,
    name: context,
    provider: "unknown",
    region: null,
    zones: [],
    phase: "unknown",
    kubernetesVersion: null,
    endpoint: null,
    network: { id: null, cidrs: [], podCidrs: [], serviceCidrs: [] },
    labels: {},
    taints: [],
    nodePools: [],
  };
}

function accessFacts({ access, warnings }: ResolvedContext): Pick<Cluster, "endpoint" | "warnings"> {
  const url = URL.parse(access.server);
  // Without user and password, which a URL can hold: this is shown.
  const endpoint =
    url === null
      ? null
      : { url: `${url.origin}${url.pathname.replace(/\/+$/, "")}`, access: endpointAccess(access.server) };
  return warnings.length === 0 ? { endpoint } : { endpoint, warnings };
}

/** The version must be had. Nodes, the identity and the service ranges are left out where the credential may not read them. */
async function readCluster(
  input: DescribeInput,
  access: KubeAccess,
  known: Cluster,
  ctx: Ctx,
): Promise<Partial<Cluster>> {
  await using kube = connectKubeCluster({ id: input.id, access, clock: input.clock, random: input.random });
  const [version, nodes, uid, serviceCidrs] = await Promise.all([
    kube.version(ctx),
    unlessDenied(readNodes(kube, ctx)),
    unlessDenied(readUid(kube, ctx)),
    readServiceCidrs(kube, ctx).catch(() => []),
  ]);
  const facts: Partial<ClusterFactsOfNodes> = nodes === undefined ? { phase: "ready" } : factsOfNodes(nodes);
  const { nodeCidrs = [], podCidrs = [], ...rest } = facts;
  return {
    ...rest,
    kubernetesVersion: version.replace(/^v/, ""),
    network: { ...known.network, cidrs: nodeCidrs, podCidrs, serviceCidrs },
    ...(uid === undefined ? {} : { uid }),
  };
}

async function readNodes(kube: KubeCluster, ctx: Ctx): Promise<readonly NodeFacts[]> {
  let nodes: NodeFacts[] = [];
  for await (const page of kube.list({ apiVersion: "v1", kind: "Node" }, ctx)) {
    if (page.restarted === true) nodes = [];
    nodes.push(...page.items.map(readNodeFacts));
  }
  return nodes;
}

/** UIDs are for ever, so this one names the cluster whatever it is called. */
async function readUid(kube: KubeCluster, ctx: Ctx): Promise<string | undefined> {
  const namespace = await kube.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" }, ctx);
  return namespace?.metadata.uid;
}

/** Served from Kubernetes 1.33 on; older clusters do not tell their service ranges. */
async function readServiceCidrs(kube: KubeCluster, ctx: Ctx): Promise<readonly string[]> {
  const input: ListInput = { apiVersion: "networking.k8s.io/v1", kind: "ServiceCIDR" };
  const found: string[] = [];
  for await (const { items } of kube.list(input, ctx)) {
    for (const item of items) {
      const spec = item["spec"] as { readonly cidrs?: unknown } | undefined;
      if (Array.isArray(spec?.cidrs))
        found.push(...spec.cidrs.filter((cidr): cidr is string => typeof cidr === "string"));
    }
  }
  return found.toSorted();
}

async function unlessDenied<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isCloudError(error, "denied")) return undefined;
    throw error;
  }
}

function problemOf(error: unknown, timeoutMs: number): ClusterProblem {
  if (isCloudError(error)) return { kind: error.kind, message: error.message };
  const late = error instanceof Error && error.name === "TimeoutError";
  if (late) return { kind: "transient", message: `no answer within ${timeoutMs / 1000} s` };
  return { kind: "internal", message: error instanceof Error ? error.message : "unknown failure" };
}
