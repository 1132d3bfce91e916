import {
  CloudError,
  createLimit,
  type Ctx,
  type DiscoverInput,
  type Discovery,
  type DiscoveryEvent,
  isCloudError,
  type Limit,
  streamOf,
  untilAborted,
} from "@flotilla/core";
import { accountsToSee, confirmAccount } from "./accounts.ts";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { type DescribeInput, describeEksCluster } from "./describe-cluster.ts";
import { openEc2Client } from "./ec2-client.ts";
import { openEksClient } from "./eks-client.ts";
import { pagesOf } from "./pages-of.ts";
import { readRegionNetworks, type RegionNetworks } from "./region-networks.ts";
import { explainingRegions, type ExplainRegion, notEnabled, regionsToSee } from "./regions.ts";

type Emit = (event: DiscoveryEvent) => void;

/**
 * Clusters described at a time over all regions. The buckets of the call policy hold each region to its own rate; this only
 * bounds sockets and memory.
 */
const DESCRIBES_AT_A_TIME = 512;
/** Regions listed at a time: all there are, for one account. */
const REGIONS_AT_A_TIME = 128;

/** Accounts entered at a time: an organization of thousands does not knock at STS all at once. */
const ACCOUNTS_AT_A_TIME = 64;

/** EKS clusters of every account and region, as they are found. */
export function createAwsDiscovery(open: () => Promise<AwsSession>): Discovery {
  return {
    discover: (input, ctx) =>
      streamOf<DiscoveryEvent>(async (emit, inner) => {
        const session = await open();
        await discover(session, input, emit, endingEarlier(inner, session.clock.nowMs()));
      }, ctx),
  };
}

/** What is still missing when the caller's time ends must have been told by then, beside all that was found. */
const TELLING_MS = 1000;

function endingEarlier(ctx: Ctx, nowMs: number): Ctx {
  const { signal, deadlineMs } = ctx;
  if (deadlineMs === undefined) return ctx;
  // Of a short time only a part is taken.
  return { signal, deadlineMs: deadlineMs - Math.min(TELLING_MS, Math.max(0, deadlineMs - nowMs) / 10) };
}

interface Search {
  readonly session: AwsSession;
  readonly emit: Emit;
  readonly regions: Limit;
  readonly describes: Limit;
}

async function discover(session: AwsSession, input: DiscoverInput, emit: Emit, ctx: Ctx): Promise<void> {
  const search = {
    session,
    emit,
    regions: createLimit(REGIONS_AT_A_TIME),
    describes: createLimit(DESCRIBES_AT_A_TIME),
  };
  const isWanted = ({ id }: { readonly id: string }): boolean => input.scopes?.includes(id) ?? true;
  const { accounts, closed, failure } = await accountsToSee(session, ctx);
  for (const { id, state } of closed.filter(isWanted)) {
    const message = `aws: account ${id} is ${state}; reopen it, or name the accounts to look into (options.accounts)`;
    emit({ type: "gap", scope: id, error: new CloudError("disabled", message, { code: state }) });
  }
  const entering = createLimit(ACCOUNTS_AT_A_TIME);
  await Promise.all(
    accounts.filter(isWanted).map((account) => entering.run(() => searchAccount(search, account, ctx), ctx)),
  );
  // After all that could be found: nobody knows which accounts are missing.
  if (failure !== undefined) throw failure;
}

async function searchAccount(search: Search, account: AwsAccount, ctx: Ctx): Promise<void> {
  const { session, emit } = search;
  const scope = account.id;
  try {
    // A role that is not given is said once, and not by each region.
    await untilAborted(session.keysOf(account).keys(), ctx.signal);
    const [{ enabled, disabled }] = await Promise.all([
      regionsToSee(session, account, ctx),
      confirmAccount(session, account, ctx),
    ]);
    for (const location of disabled) emit({ type: "gap", scope, location, error: notEnabled(location, account) });
    const within = { ...search, account, explain: explainingRegions(session, account) };
    await Promise.all(enabled.map((region) => search.regions.run(() => searchRegion(within, region, ctx), ctx)));
  } catch (error) {
    emit({ type: "gap", scope, error: gapError(error, ctx) });
    return;
  }
  emit({ type: "scopeDone", scope });
}

interface AccountSearch extends Search {
  readonly account: AwsAccount;
  readonly explain: ExplainRegion;
}

/** Each page's clusters are described while the next is read: those of a page that was read stay, whatever comes after it. */
async function searchRegion(search: AccountSearch, region: string, ctx: Ctx): Promise<void> {
  const { session, emit, account } = search;
  const describing: Promise<void>[] = [];
  try {
    const eks = await openEksClient(session, { region, account });
    let networks: Promise<RegionNetworks> | undefined;
    const pages = pagesOf(`aws eks ListClusters in ${region}`, async (token) => {
      const page = await eks.listClusters(token, ctx);
      return { items: page.names, nextToken: page.nextToken };
    });
    for await (const names of pages) {
      if (names.length === 0) continue;
      networks ??= networksOf(search, region, ctx);
      for (const name of names) describing.push(describe(search, { eks, networks, region, name }, ctx));
    }
  } catch (error) {
    const told = await search.explain(region, gapError(error, ctx), ctx);
    emit({ type: "gap", scope: account.id, location: region, error: told });
  }
  await Promise.all(describing);
}

function networksOf({ session, account }: AccountSearch, region: string, ctx: Ctx): Promise<RegionNetworks> {
  const networks = openEc2Client(session, { region, account }).then((ec2) => readRegionNetworks(ec2, ctx));
  networks.catch(() => undefined); // told by each cluster
  return networks;
}

function describe(search: AccountSearch, of: Omit<DescribeInput, "accountId">, ctx: Ctx): Promise<void> {
  const described = search.describes.run(async () => {
    const cluster = await describeEksCluster({ ...of, accountId: search.account.id }, ctx);
    if (cluster !== undefined) search.emit({ type: "cluster", cluster });
  }, ctx);
  described.catch(() => undefined); // told when the region is done
  return described;
}

/** An abort is not a gap: it ends the search. */
function gapError(error: unknown, ctx: Ctx): CloudError {
  ctx.signal.throwIfAborted();
  if (isCloudError(error)) return error;
  throw error;
}
