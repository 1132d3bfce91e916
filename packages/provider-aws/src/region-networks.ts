import { type CloudErrorKind, type Ctx, isCloudError } from "@flotilla/core";
import type { Ec2Client, Ec2Subnet } from "./ec2-client.ts";

/** The networks of a region by id. Read as a whole: EC2 allows few describes a second, and every cluster would take two. */
export interface RegionNetworks {
  readonly subnets: ReadonlyMap<string, Ec2Subnet>;
  readonly vpcCidrs: ReadonlyMap<string, readonly string[]>;
  /** What could not be read, and why: for the warnings of each cluster. */
  readonly unknown: readonly string[];
}

/** A right that was not granted, rather than a failure. */
const LEFT_OUT: ReadonlySet<CloudErrorKind> = new Set(["denied", "policy"]);

/** What cannot be read stays empty, and a failure is told: clusters are worth more than their networks. Throws only when aborted. */
export async function readRegionNetworks(ec2: Ec2Client, ctx: Ctx): Promise<RegionNetworks> {
  const unknown: string[] = [];
  const orNothing = async <T>(what: string, nothing: T, reading: Promise<T>): Promise<T> => {
    try {
      return await reading;
    } catch (error) {
      ctx.signal.throwIfAborted();
      if (!isCloudError(error)) throw error;
      // Finding clusters needs no right on networks: who left it out knows, and is not told at every cluster.
      if (!LEFT_OUT.has(error.kind)) unknown.push(`${what} are unknown: ${error.message}`);
      return nothing;
    }
  };
  const [subnets, vpcCidrs] = await Promise.all([
    orNothing<readonly Ec2Subnet[]>("zones and ranges of subnets", [], ec2.listSubnets(ctx)),
    orNothing<RegionNetworks["vpcCidrs"]>("ranges of VPCs", new Map(), ec2.listVpcCidrs(ctx)),
  ]);
  return { subnets: new Map(subnets.map((subnet) => [subnet.id, subnet])), vpcCidrs, unknown: unknown.sort() };
}
