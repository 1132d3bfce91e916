import { CloudError, type CloudErrorKind, type Ctx, isCloudError, nearestName } from "@flotilla/core";
import type { AwsAccount } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { type Ec2Region, isEnabled, openEc2Client } from "./ec2-client.ts";

export interface RegionsToSee {
  readonly enabled: readonly string[];
  /** Regions of the partition that the account has not opted into: told as gaps. */
  readonly disabled: readonly string[];
}

/** The regions of an account. Configured ones are taken as they are; why one of them fails is asked when it does. */
export async function regionsToSee(session: AwsSession, account: AwsAccount, ctx: Ctx): Promise<RegionsToSee> {
  const { regions } = session.options;
  if (regions !== undefined && regions.length > 0) return { enabled: [...new Set(regions)], disabled: [] };
  const all = await describeRegions(session, account, ctx);
  return {
    enabled: all.filter(isEnabled).map(({ name }) => name),
    disabled: all.filter((region) => !isEnabled(region)).map(({ name }) => name),
  };
}

/** What a region's failure is really about. */
export type ExplainRegion = (region: string, error: CloudError, ctx: Ctx) => Promise<CloudError>;

/** Who is refused so has been read: the region is there. */
const ANSWERED: ReadonlySet<CloudErrorKind> = new Set(["denied", "policy", "throttled"]);

/**
 * A configured name that is no region, and a region that the account has not opted into, fail like bad keys or a broken
 * network. EC2 knows; it is asked once for an account, and only where a region fails: the right to ask may be missing.
 */
export function explainingRegions(session: AwsSession, account: AwsAccount): ExplainRegion {
  let asked: Promise<readonly Ec2Region[]> | undefined;
  return async (region, error, ctx) => {
    const isConfigured = session.options.regions?.includes(region) ?? false;
    if (!isConfigured || ANSWERED.has(error.kind)) return error;
    asked ??= describeRegions(session, account, ctx);
    const all = await asked.catch((failure: unknown) => {
      ctx.signal.throwIfAborted();
      if (isCloudError(failure)) return undefined; // the region's own failure is told
      throw failure;
    });
    return all === undefined ? error : (problemOf(region, account, all) ?? error);
  };
}

function problemOf(region: string, account: AwsAccount, all: readonly Ec2Region[]): CloudError | undefined {
  const found = all.find(({ name }) => name === region);
  if (found === undefined) return noRegion(region, all);
  return isEnabled(found) ? undefined : notEnabled(region, account);
}

function noRegion(region: string, all: readonly Ec2Region[]): CloudError {
  const names = all.map(({ name }) => name).sort();
  const nearest = nearestName(region, names);
  const advice = nearest === undefined ? `there are ${names.join(", ")}` : `did you mean ${nearest}?`;
  return new CloudError("invalid", `aws: ${region} of options.regions is no region of AWS; ${advice}`);
}

/** The gap of a region that the account has not opted into. */
export function notEnabled(region: string, { id }: AwsAccount): CloudError {
  return new CloudError("disabled", `aws: region ${region} is not enabled for account ${id}`);
}

async function describeRegions(session: AwsSession, account: AwsAccount, ctx: Ctx): Promise<readonly Ec2Region[]> {
  const ec2 = await openEc2Client(session, { region: session.homeRegion, account });
  return ec2.describeRegions(ctx);
}
