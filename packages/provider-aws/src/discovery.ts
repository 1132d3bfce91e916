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
import { accountsToSee } from "./accounts.ts";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { allPages } from "./all-pages.ts";
import { describeEksCluster } from "./describe-cluster.ts";
import { openEc2Client } from "./ec2-client.ts";
import { openEksClient } from "./eks-client.ts";
import { regionsToSee } from "./regions.ts";

type Emit = (event: DiscoveryEvent) => void;

/**
 * Clusters described at a time over all regions. The buckets of the call policy hold each region to its own rate; this only
 * bounds sockets and memory.
 */
const DESCRIBES_AT_A_TIME = 128;
/** Regions listed at a time: all there are, for one account. */
const REGIONS_AT_A_TIME = 128;

/** EKS clusters of every account and region, as they are found. */
export function createAwsDiscovery(open: () => Promise<AwsSession>): Discovery {
  return {
    discover: (input, ctx) =>
      streamOf<DiscoveryEvent>(async (emit, inner) => discover(await open(), input, emit, inner), ctx),
  };
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
  const accounts = await accountsToSee(session, ctx);
  const wanted = accounts.filter(({ id }) => input.scopes === undefined || input.scopes.includes(id));
  await Promise.all(wanted.map((account) => searchAccount(search, account, ctx)));
}

async function searchAccount(search: Search, account: AwsAccount, ctx: Ctx): Promise<void> {
  const { session, emit } = search;
  const scope = account.id;
  try {
    const { enabled, disabled } = await regionsToSee(session, account, ctx);
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
    const names = await allPages(`aws eks ListClusters in ${region}`, async (token) => {
      const page = await eks.listClusters(token, ctx);
      return { items: page.names, nextToken: page.nextToken };
    });
    if (names.length === 0) return;
    const ec2 = await openEc2Client(session, place);
    await Promise.all(
      names.map((name) =>
        search.describes.run(async () => {
          const cluster = await describeEksCluster({ eks, ec2, accountId: account.id, region, name }, ctx);
          if (cluster !== undefined) emit({ type: "cluster", cluster });
        }, ctx),
      ),
    );
  } catch (error) {
    emit({ type: "gap", scope: account.id, location: region, error: gapError(error, ctx) });
  }
}

/** An abort is not a gap: it ends the search. */
function gapError(error: unknown, ctx: Ctx): CloudError {
  ctx.signal.throwIfAborted();
  if (isCloudError(error)) return error;
  throw error;
}
