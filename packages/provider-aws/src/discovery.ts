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
} from "@flotilla/core";
import { accountsToSee, confirmAccount } from "./accounts.ts";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { allPages } from "./all-pages.ts";
import { describeEksCluster } from "./describe-cluster.ts";
import { openEc2Client } from "./ec2-client.ts";
import { type EksClient, openEksClient } from "./eks-client.ts";
import { readRegionNetworks } from "./region-networks.ts";
import { regionsToSee } from "./regions.ts";

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
  const { accounts, closed } = await accountsToSee(session, ctx);
  for (const { id, state } of closed.filter(isWanted)) {
    const message = `aws: account ${id} is ${state}; reopen it, or name the accounts to look into (options.accounts)`;
    emit({ type: "gap", scope: id, error: new CloudError("disabled", message, { code: state }) });
  }
  const entering = createLimit(ACCOUNTS_AT_A_TIME);
  await Promise.all(
    accounts.filter(isWanted).map((account) => entering.run(() => searchAccount(search, account, ctx), ctx)),
  );
}

async function searchAccount(search: Search, account: AwsAccount, ctx: Ctx): Promise<void> {
  const { session, emit } = search;
  const scope = account.id;
  try {
    const [{ enabled, disabled }] = await Promise.all([
      regionsToSee(session, account, ctx),
      confirmAccount(session, account, ctx),
    ]);
    for (const location of disabled) {
      const error = new CloudError("disabled", `aws: region ${location} is not enabled for account ${scope}`);
      emit({ type: "gap", scope, location, error });
    }
    await Promise.all(
      enabled.map((region) => search.regions.run(() => searchRegion(search, account, region, ctx), ctx)),
    );
  } catch (error) {
    emit({ type: "gap", scope, error: gapError(error, ctx) });
    return;
  }
  emit({ type: "scopeDone", scope });
}

async function searchRegion(search: Search, account: AwsAccount, region: string, ctx: Ctx): Promise<void> {
  const { session, emit } = search;
  const place = { region, account };
  try {
    const eks = await openEksClient(session, place);
    const names = await listNames(eks, region, ctx);
    if (names.length === 0) return;
    const networks = readRegionNetworks(await openEc2Client(session, place), ctx);
    networks.catch(() => undefined); // told by each cluster
    await Promise.all(
      names.map((name) =>
        search.describes.run(async () => {
          const cluster = await describeEksCluster({ eks, networks, accountId: account.id, region, name }, ctx);
          if (cluster !== undefined) emit({ type: "cluster", cluster });
        }, ctx),
      ),
    );
  } catch (error) {
    emit({ type: "gap", scope: account.id, location: region, error: gapError(error, ctx) });
  }
}

function listNames(eks: EksClient, region: string, ctx: Ctx): Promise<readonly string[]> {
  return allPages(`aws eks ListClusters in ${region}`, async (token) => {
    const page = await eks.listClusters(token, ctx);
    return { items: page.names, nextToken: page.nextToken };
  });
}

/** An abort is not a gap: it ends the search. */
function gapError(error: unknown, ctx: Ctx): CloudError {
  ctx.signal.throwIfAborted();
  if (isCloudError(error)) return error;
  throw error;
}
