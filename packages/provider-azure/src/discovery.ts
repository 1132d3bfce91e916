import {
  type Clock,
  CloudError,
  createLimit,
  type Ctx,
  type DiscoverInput,
  type Discovery,
  type DiscoveryEvent,
  isCloudError,
  isTimeout,
  type Limit,
  type Scope,
  streamOf,
  withTimeout,
} from "@flotilla/core";
import { type AksClient, openAksClient } from "./aks-client.ts";
import type { AksCluster } from "./aks-types.ts";
import { eachPage } from "./all-pages.ts";
import { parseArmId, scopeOf } from "./arm-id.ts";
import type { AzureSession } from "./azure-session.ts";
import { toCluster } from "./cluster-model.ts";
import { type NetworkFinder, networkFinder } from "./cluster-network.ts";
import { type DeleteGuards, readDeleteGuards } from "./delete-guards.ts";
import { readNetworks } from "./networks.ts";
import { type Place, placesToSee } from "./places.ts";

type Emit = (event: DiscoveryEvent) => void;

/** Subscriptions listed at a time. The buckets of the call policy hold each to its own rate; this bounds sockets and memory. */
const SUBSCRIPTIONS_AT_A_TIME = 64;
/** For one page with its repetitions: two requests that hang, well below what discovery as a whole is given. */
const PAGE_TIMEOUT_MS = 45_000;

/** AKS clusters of every subscription, as they are found. One call lists all regions and resource groups. */
export function createAzureDiscovery(open: () => Promise<AzureSession>): Discovery {
  return {
    discover: (input, ctx) =>
      streamOf<DiscoveryEvent>(async (emit, inner) => discover(await open(), input, emit, inner), ctx),
  };
}

interface Search {
  readonly session: AzureSession;
  readonly emit: Emit;
  readonly limit: Limit;
}

async function discover(session: AzureSession, input: DiscoverInput, emit: Emit, ctx: Ctx): Promise<void> {
  const search = { session, emit, limit: createLimit(SUBSCRIPTIONS_AT_A_TIME) };
  const { places, gaps } = await placesToSee(session, input.scopes, ctx);
  for (const { scope, error } of gaps) emit({ type: "gap", scope, error });
  await Promise.all(places.map((place) => search.limit.run(() => searchPlace(search, place, ctx), ctx)));
}

/**
 * Every resource group in which something was found is done as well as the subscription: clusters name their group as their
 * scope, and nobody may take a group for not looked at. A gap of the subscription is one of all its groups: none is done.
 */
async function searchPlace(search: Search, place: Place, ctx: Ctx): Promise<void> {
  const { emit } = search;
  const groups = new Set<Scope>();
  try {
    await searchPages(search, place, groups, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isCloudError(error)) throw error;
    emit({ type: "gap", scope: place.scope, error });
    return;
  }
  for (const scope of groups) if (scope !== place.scope) emit({ type: "scopeDone", scope });
  emit({ type: "scopeDone", scope: place.scope });
}

/** What is read beside the clusters of one subscription. */
interface Beside {
  readonly networkOf: NetworkFinder;
  readonly guardOf: DeleteGuards;
}

async function readBeside(session: AzureSession, subscription: string, ctx: Ctx): Promise<Beside> {
  const [networks, guardOf] = await Promise.all([
    readNetworks(session, subscription, ctx),
    readDeleteGuards(session, subscription, ctx),
  ]);
  return { networkOf: networkFinder(networks), guardOf };
}

/** A page waits for what is read beside it while the next is on its way. Adds the groups of the clusters that it tells. */
async function searchPages({ session, emit }: Search, place: Place, groups: Set<Scope>, ctx: Ctx): Promise<void> {
  const client = await openAksClient(session, place.subscription);
  let beside: Promise<Beside> | undefined;
  const pages: Promise<void>[] = [];
  const tellPage = async (clusters: readonly AksCluster[], known: Promise<Beside>): Promise<void> => {
    const telling = { ...(await known), groups, emit };
    const nameless = clusters.filter((cluster) => !tell(cluster, telling));
    // The others are told: one that cannot be named must not hide them.
    if (nameless.length > 0) {
      throw new CloudError("internal", "azure managedClusters.list: a cluster's resource id is not one that is known");
    }
  };
  try {
    await eachPage(`azure managedClusters.list of ${place.scope}`, async (link) => {
      const { clusters, nextLink } = await page(session.clock, client, place, link, ctx);
      // Only where there is a cluster: most subscriptions have none.
      if (clusters.length > 0) {
        beside ??= readBeside(session, place.subscription, ctx);
        const told = tellPage(clusters, beside);
        told.catch(() => undefined); // seen to below
        pages.push(told);
      }
      return nextLink;
    });
  } finally {
    await Promise.all(pages);
  }
}

/** A subscription that does not answer is a gap after a while, and not the end of everybody's patience. */
async function page(
  clock: Clock,
  client: AksClient,
  { scope, group }: Place,
  link: string | undefined,
  ctx: Ctx,
): ReturnType<AksClient["listClusters"]> {
  using timed = withTimeout(ctx, clock, PAGE_TIMEOUT_MS);
  try {
    return await client.listClusters(group === undefined ? { link } : { group, link }, timed);
  } catch (error) {
    if (ctx.signal.aborted || !isTimeout(error)) throw error;
    const seconds = PAGE_TIMEOUT_MS / 1000;
    throw new CloudError(
      "transient",
      `azure managedClusters.list: ${scope} gave no page within ${seconds} s; try again later`,
    );
  }
}

interface Telling extends Beside {
  readonly groups: Set<Scope>;
  readonly emit: Emit;
}

/** Whether the cluster has a name to be told by. */
function tell(cluster: AksCluster, { networkOf, guardOf, groups, emit }: Telling): boolean {
  const name = parseArmId(cluster.id);
  if (name === undefined) return false;
  const surroundings = { network: networkOf(cluster), deletionProtection: guardOf(name) };
  emit({ type: "cluster", cluster: toCluster(name, cluster, surroundings) });
  groups.add(scopeOf(name));
  return true;
}
