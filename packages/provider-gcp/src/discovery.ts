import {
  CloudError,
  type CloudErrorKind,
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
import type { GroupFacts } from "./cluster-warnings.ts";
import { openComputeClient } from "./compute-client.ts";
import { type ClusterList, openContainerClient } from "./container-client.ts";
import type { GcpSession } from "./gcp-session.ts";
import { isLocalCloud } from "./generated-clients.ts";
import type { GkeCluster } from "./gke-types.ts";
import { projectsToSee } from "./projects.ts";

type Emit = (event: DiscoveryEvent) => void;

/** Projects listed at a time. One call each; the buckets of the call policy hold each project to its own rate. */
const PROJECTS_AT_A_TIME = 64;
/** Longer than the pages of a project of thousands of pools take, shorter than anybody waits for what is only an addition. */
const EXTRAS_TIMEOUT_MS = 15_000;
const TOO_SLOW = `Compute Engine: no answer within ${EXTRAS_TIMEOUT_MS / 1000} s`;

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
  const { projects, gaps } = await projectsToSee(session, input.scopes, ctx);
  for (const { scope, error } of gaps) emit({ type: "gap", scope, error });
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
  const [groupFacts, subnets] = await Promise.all([
    readGroups(session, project, clusters, ctx),
    readSubnets(session, clusters, ctx),
  ]);
  for (const cluster of clusters) {
    const subnetCidrs = subnetworksOf(cluster).flatMap((subnet) => subnets.get(JSON.stringify(subnet)) ?? []);
    const facts = { project, cluster, subnetCidrs, isLocalCloud: isLocalCloud(session), ...groupFacts };
    emit({ type: "cluster", cluster: toCluster(facts) });
  }
}

/** One paged call for all pools of the project. Discovery needs no right on Compute Engine: without it sizes are GKE's own. */
async function readGroups(
  session: GcpSession,
  project: string,
  clusters: readonly GkeCluster[],
  ctx: Ctx,
): Promise<GroupFacts> {
  const hasGroups = clusters.some(({ nodePools }) =>
    (nodePools ?? []).some((pool) => (pool.instanceGroupUrls ?? []).length > 0),
  );
  if (!hasGroups) return { groups: new Map() };
  const compute = await openComputeClient(session);
  const read = await readExtra(session, (inner) => compute.nodeGroupSizes(project, inner), ctx);
  if (read.failure === undefined) return { groups: read.value, hiddenBy: SILENT_ZONE };
  const { kind, message } = read.failure;
  return { groups: new Map(), ...(CONFIGURED.has(kind) ? {} : { hiddenBy: message }) };
}

/** Refusals that hold until somebody changes them, and are meant so: nothing to warn of. */
const CONFIGURED: ReadonlySet<CloudErrorKind> = new Set(["denied", "policy", "disabled"]);
const SILENT_ZONE = "Compute Engine did not tell of every instance group; a zone may not answer";

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
      const { value } = await readExtra(session, (inner) => compute.getSubnetwork(subnet, inner), ctx);
      return [key, value?.ipCidrRange === undefined ? [] : [value.ipCidrRange]] as const;
    }, ctx),
  );
  return new Map(await Promise.all(read));
}

type Extra<T> =
  { readonly value: T; readonly failure?: never } | { readonly value?: never; readonly failure: CloudError };

/** What Compute Engine adds is nice to have: no failure and no slowness of it hides a cluster. */
async function readExtra<T>({ clock }: GcpSession, read: (ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<Extra<T>> {
  using timed = withTimeout(ctx, clock, EXTRAS_TIMEOUT_MS);
  try {
    return { value: await read(timed) };
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error)) return { failure: error };
    if (timed.signal.aborted) return { failure: new CloudError("transient", TOO_SLOW) };
    throw error;
  }
}

function nameless(project: string): CloudError {
  return new CloudError(
    "transient",
    `container ListClusters of ${project}: the answer holds a cluster without a name or location as GKE has them; is there a proxy?`,
  );
}

function unanswered(project: string, location: string): CloudError {
  return new CloudError(
    "transient",
    `container ListClusters of ${project}: ${location} did not answer in time; its clusters are unknown, look again later`,
    { code: "missingZones" },
  );
}
