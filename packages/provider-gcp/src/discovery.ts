import {
  CloudError,
  createLimit,
  type Ctx,
  type DiscoverInput,
  type Discovery,
  type DiscoveryEvent,
  isCloudError,
  streamOf,
  withTimeout,
} from "@flotilla/core";
import { isNamed, toCluster } from "./cluster-model.ts";
import { subnetworksOf } from "./cluster-network.ts";
import { openComputeClient } from "./compute-client.ts";
import { type ClusterList, openContainerClient } from "./container-client.ts";
import type { GcpSession } from "./gcp-session.ts";
import type { GkeCluster } from "./gke-types.ts";
import { projectsToSee } from "./projects.ts";

type Emit = (event: DiscoveryEvent) => void;

/** Projects listed at a time. One call each; the buckets of the call policy hold each project to its own rate. */
const PROJECTS_AT_A_TIME = 64;
/** Longer than the pages of a project of thousands of pools take, shorter than anybody waits for what is only an addition. */
const EXTRAS_TIMEOUT_MS = 15_000;

/** GKE clusters of every project, as they are found: one call covers all locations of a project. */
export function createGcpDiscovery(open: () => GcpSession): Discovery {
  return {
    discover: (input, ctx) => streamOf<DiscoveryEvent>((emit, inner) => discover(open(), input, emit, inner), ctx),
  };
}

async function discover(session: GcpSession, input: DiscoverInput, emit: Emit, ctx: Ctx): Promise<void> {
  ctx.signal.throwIfAborted();
  const limit = createLimit(PROJECTS_AT_A_TIME);
  // Loaded while the projects are asked for; whoever needs it first tells a failure.
  openContainerClient(session).catch(() => undefined);
  const projects = await projectsToSee(session, input.scopes, ctx);
  await Promise.all(projects.map((project) => limit.run(() => searchProject(session, project, emit, ctx), ctx)));
}

async function searchProject(session: GcpSession, project: string, emit: Emit, ctx: Ctx): Promise<void> {
  try {
    const { clusters, missingZones } = await listClusters(session, project, ctx);
    for (const location of missingZones)
      emit({ type: "gap", scope: project, location, error: unanswered(project, location) });
    const named = clusters.filter(isNamed);
    if (named.length < clusters.length) emit({ type: "gap", scope: project, error: nameless(project) });
    await emitClusters(session, project, named, emit, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted(); // an abort is not a gap: it ends the search
    if (!isCloudError(error)) throw error;
    emit({ type: "gap", scope: project, error });
    return;
  }
  emit({ type: "scopeDone", scope: project });
}

/** A project where the API was never switched on has no clusters: that is an answer, not a failure. */
async function listClusters(session: GcpSession, project: string, ctx: Ctx): Promise<ClusterList> {
  try {
    return await (await openContainerClient(session)).listClusters(project, ctx);
  } catch (error) {
    if (isCloudError(error, "disabled") && ["SERVICE_DISABLED", "accessNotConfigured"].includes(error.code ?? "")) {
      return { clusters: [], missingZones: [] };
    }
    throw error;
  }
}

async function emitClusters(
  session: GcpSession,
  project: string,
  clusters: readonly GkeCluster[],
  emit: Emit,
  ctx: Ctx,
): Promise<void> {
  if (clusters.length === 0) return;
  const [groups, subnets] = await Promise.all([
    readGroups(session, project, clusters, ctx),
    readSubnets(session, clusters, ctx),
  ]);
  for (const cluster of clusters) {
    const subnetCidrs = subnetworksOf(cluster).flatMap((subnet) => subnets.get(JSON.stringify(subnet)) ?? []);
    emit({ type: "cluster", cluster: toCluster({ project, cluster, groups, subnetCidrs }) });
  }
}

/** One paged call for all pools of the project. Discovery needs no right on Compute Engine: without it sizes are GKE's own. */
async function readGroups(
  session: GcpSession,
  project: string,
  clusters: readonly GkeCluster[],
  ctx: Ctx,
): Promise<ReadonlyMap<string, number>> {
  const hasGroups = clusters.some(({ nodePools }) =>
    (nodePools ?? []).some((pool) => (pool.instanceGroupUrls ?? []).length > 0),
  );
  if (!hasGroups) return new Map();
  const compute = await openComputeClient(session);
  return orNothing(session, new Map(), (inner) => compute.nodeGroupSizes(project, inner), ctx);
}

async function readSubnets(
  session: GcpSession,
  clusters: readonly GkeCluster[],
  ctx: Ctx,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const byKey = new Map(clusters.flatMap(subnetworksOf).map((subnet) => [JSON.stringify(subnet), subnet] as const));
  if (byKey.size === 0) return new Map();
  const compute = await openComputeClient(session);
  const limit = createLimit(PROJECTS_AT_A_TIME);
  const read = [...byKey].map(([key, subnet]) =>
    limit.run(async () => {
      const { ipCidrRange } = await orNothing(session, {}, (inner) => compute.getSubnetwork(subnet, inner), ctx);
      return [key, ipCidrRange === undefined ? [] : [ipCidrRange]] as const;
    }, ctx),
  );
  return new Map(await Promise.all(read));
}

/** What Compute Engine adds is nice to have: no failure and no slowness of it hides a cluster. */
async function orNothing<T>({ clock }: GcpSession, nothing: T, read: (ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<T> {
  using timed = withTimeout(ctx, clock, EXTRAS_TIMEOUT_MS);
  try {
    return await read(timed);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error) || timed.signal.aborted) return nothing;
    throw error;
  }
}

function nameless(project: string): CloudError {
  return new CloudError(
    "internal",
    `container ListClusters of ${project}: the answer holds a cluster without name or location; is there a proxy?`,
  );
}

function unanswered(project: string, location: string): CloudError {
  return new CloudError(
    "transient",
    `container ListClusters of ${project}: ${location} did not answer in time; its clusters are unknown, look again later`,
    { code: "missingZones" },
  );
}
