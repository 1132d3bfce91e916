import type { Ctx } from "@flotilla/core";
import type { AwsAccount, AwsOptions } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { isEnabled, openEc2Client } from "./ec2-client.ts";
import { partitionOf } from "./partition.ts";

export interface RegionsToSee {
  readonly enabled: readonly string[];
  /** Regions of the partition that the account has not opted into: told as gaps. */
  readonly disabled: readonly string[];
}

/** The regions of an account. Configured ones are taken as they are: a region that denies tells so itself. */
export async function regionsToSee(session: AwsSession, account: AwsAccount, ctx: Ctx): Promise<RegionsToSee> {
  const { regions } = session.options;
  if (regions !== undefined && regions.length > 0) return { enabled: [...new Set(regions)], disabled: [] };
  const ec2 = await openEc2Client(session, { region: homeRegion(session.options), account });
  const all = await ec2.describeRegions(ctx);
  return {
    enabled: all.filter(isEnabled).map(({ name }) => name),
    disabled: all.filter((region) => !isEnabled(region)).map(({ name }) => name),
  };
}

/** Where partition-wide questions are asked: the first configured region, or the home of the standard partition. */
export function homeRegion({ regions }: AwsOptions): string {
  return regions?.[0] ?? partitionOf("").homeRegion;
}
