import { type Ctx, isCloudError } from "@flotilla/core";
import type { Ec2Client, Ec2Subnet } from "./ec2-client.ts";

/** The networks of a region by id. Read as a whole: EC2 allows few describes a second, and every cluster would take two. */
export interface RegionNetworks {
  readonly subnets: ReadonlyMap<string, Ec2Subnet>;
  readonly vpcCidrs: ReadonlyMap<string, readonly string[]>;
}

/** What may not be read stays empty: discovery needs no EC2 rights for the rest. @throws CloudError for other failures. */
export async function readRegionNetworks(ec2: Ec2Client, ctx: Ctx): Promise<RegionNetworks> {
  const [subnets, vpcCidrs] = await Promise.all([
    orNothing<readonly Ec2Subnet[]>([], ec2.listSubnets(ctx)),
    orNothing<RegionNetworks["vpcCidrs"]>(new Map(), ec2.listVpcCidrs(ctx)),
  ]);
  return { subnets: new Map(subnets.map((subnet) => [subnet.id, subnet])), vpcCidrs };
}

async function orNothing<T>(nothing: T, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (isCloudError(error, "denied") || isCloudError(error, "policy")) return nothing;
    throw error;
  }
}
