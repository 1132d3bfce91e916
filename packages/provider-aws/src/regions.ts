import type { Ctx } from "@flotilla/core";
import type { AwsAccount, AwsOptions } from "./aws-options.ts";
import type { AwsSession } from "./aws-session.ts";
import { isEnabled, openEc2Client } from "./ec2-client.ts";

export interface RegionsToSee {
  readonly enabled: readonly string[];
  /** Regions of the partition that the account has not opted into: told as gaps. */
  readonly disabled: readonly string[];
}

/** The regions of an account. Configured ones are taken as they are: a region that denies tells so itself. */
export async function regionsToSee(session: AwsSession, account: AwsAccount, ctx: Ctx): Promise<RegionsToSee> {
  const { regions } = session.options;
  if (regions !== undefined && regions.length > 0) return { enabled: [...new Set(regions)], disabled: [] };
  const ec2 = await openEc2Client(session, { region: session.homeRegion, account });
  const all = await ec2.describeRegions(ctx);
  return {
    enabled: all.filter(isEnabled).map(({ name }) => name),
    disabled: all.filter((region) => !isEnabled(region)).map(({ name }) => name),
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

const STANDARD_HOME = "us-east-1";

/**
 * Where questions are asked that concern a whole partition: the first configured region, else the machine's own (whose keys
 * may be of China or GovCloud), else the home of the standard partition. A server of one's own is another world: the machine's
 * region says nothing of it.
 */
export function homeRegion({ regions, endpoint }: AwsOptions, env: Environment): string {
  const ofMachine = endpoint === undefined ? (env["AWS_REGION"] ?? "") || (env["AWS_DEFAULT_REGION"] ?? "") : "";
  return regions?.[0] ?? (ofMachine === "" ? STANDARD_HOME : ofMachine);
}
