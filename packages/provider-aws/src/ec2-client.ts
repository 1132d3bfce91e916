import type * as Ec2Sdk from "@aws-sdk/client-ec2";
import type { Ctx } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import type { Machine } from "./machine.ts";
import { requiredPart } from "./required-part.ts";

/** The calls of EC2 that discovery and prices make. */
export interface Ec2Client {
  /** All regions of the partition, with whether this account has them enabled. */
  describeRegions(ctx: Ctx): Promise<readonly Ec2Region[]>;
  /** All subnets of the region, those shared with this account too: their zone and address ranges. */
  listSubnets(ctx: Ctx): Promise<readonly Ec2Subnet[]>;
  /** Address ranges of all VPCs of the region, by VPC id. */
  listVpcCidrs(ctx: Ctx): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The latest spot price of each zone for one machine, USD per hour as text. */
  spotPrices(machine: Machine, now: Date, ctx: Ctx): Promise<readonly SpotPrice[]>;
}

export interface Ec2Region {
  readonly name: string;
  /** `opt-in-not-required`, `opted-in` or `not-opted-in`. */
  readonly optInStatus: string;
}

export interface Ec2Subnet {
  readonly id: string;
  readonly zone: string;
  readonly cidrs: readonly string[];
}

interface SpotPrice {
  readonly zone: string;
  readonly usdPerHour: string;
  readonly atMs: number;
}

/** `opt-in-not-required` and `opted-in` are usable. Source: EC2 DescribeRegions. */
export function isEnabled(region: Ec2Region): boolean {
  return region.optInStatus !== "not-opted-in";
}

/** EC2's own maximum for both lists. */
const PAGE_SIZE = 1000;

type CallEc2 = <T>(action: string, fn: (abortSignal: AbortSignal) => Promise<T>, ctx: Ctx) => Promise<T>;

export async function openEc2Client(session: AwsSession, place: AwsPlace): Promise<Ec2Client> {
  const sdk = await import("@aws-sdk/client-ec2");
  const client = new sdk.EC2Client(sdkConfig(session, "ec2", place));
  const call: CallEc2 = (action, fn, ctx) => send(session, { service: "ec2", action, place }, fn, ctx);
  return {
    async describeRegions(ctx) {
      const command = new sdk.DescribeRegionsCommand({ AllRegions: true });
      const answer = await call("DescribeRegions", (abortSignal) => client.send(command, { abortSignal }), ctx);
      return requiredPart(answer.Regions, "ec2 DescribeRegions", "regionInfo").flatMap(({ RegionName, OptInStatus }) =>
        RegionName === undefined ? [] : [{ name: RegionName, optInStatus: OptInStatus ?? "opt-in-not-required" }],
      );
    },
    async listSubnets(ctx) {
      const subnets = await allPages("aws ec2 DescribeSubnets", async (token) => {
        const command = new sdk.DescribeSubnetsCommand({ MaxResults: PAGE_SIZE, ...next(token) });
        const page = await call("DescribeSubnets", (abortSignal) => client.send(command, { abortSignal }), ctx);
        return { items: requiredPart(page.Subnets, "ec2 DescribeSubnets", "subnetSet"), nextToken: page.NextToken };
      });
      return subnets.map((subnet) => ({
        id: subnet.SubnetId ?? "",
        zone: subnet.AvailabilityZone ?? "",
        cidrs: cidrsOf(subnet, []),
      }));
    },
    async listVpcCidrs(ctx) {
      const vpcs = await allPages("aws ec2 DescribeVpcs", async (token) => {
        const command = new sdk.DescribeVpcsCommand({ MaxResults: PAGE_SIZE, ...next(token) });
        const page = await call("DescribeVpcs", (abortSignal) => client.send(command, { abortSignal }), ctx);
        return { items: requiredPart(page.Vpcs, "ec2 DescribeVpcs", "vpcSet"), nextToken: page.NextToken };
      });
      return new Map(vpcs.map((vpc) => [vpc.VpcId ?? "", cidrsOf(vpc, vpc.CidrBlockAssociationSet ?? [])]));
    },
    spotPrices: (machine, now, ctx) => readSpotPrices({ sdk, client, call }, machine, now, ctx),
  };
}

/** As the history names them; the second is of accounts that are old enough to have had another network. */
const SPOT_PRODUCTS: Readonly<Record<Machine["os"], readonly Ec2Sdk.RIProductDescription[]>> = {
  Linux: ["Linux/UNIX", "Linux/UNIX (Amazon VPC)"],
  Windows: ["Windows", "Windows (Amazon VPC)"],
};

interface SpotReader {
  readonly sdk: typeof Ec2Sdk;
  readonly client: Ec2Sdk.EC2Client;
  readonly call: CallEc2;
}

async function readSpotPrices(
  { sdk, client, call }: SpotReader,
  { instanceType, os }: Machine,
  now: Date,
  ctx: Ctx,
): Promise<readonly SpotPrice[]> {
  const history = await allPages("aws ec2 DescribeSpotPriceHistory", async (token) => {
    const command = new sdk.DescribeSpotPriceHistoryCommand({
      StartTime: now, // one moment: the price in force, not the history
      InstanceTypes: [instanceType as never],
      ProductDescriptions: [...SPOT_PRODUCTS[os]],
      ...next(token),
    });
    const page = await call("DescribeSpotPriceHistory", (abortSignal) => client.send(command, { abortSignal }), ctx);
    return {
      items: requiredPart(page.SpotPriceHistory, "ec2 DescribeSpotPriceHistory", "spotPriceHistorySet"),
      nextToken: page.NextToken,
    };
  });
  return history.flatMap(({ AvailabilityZone, SpotPrice: usdPerHour, Timestamp }) =>
    AvailabilityZone === undefined || usdPerHour === undefined
      ? []
      : [{ zone: AvailabilityZone, usdPerHour, atMs: Timestamp?.getTime() ?? now.getTime() }],
  );
}

function next(token: string | undefined): { readonly NextToken?: string } {
  return token === undefined ? {} : { NextToken: token };
}

/** A VPC or a subnet: the first IPv4 range, and the IPv6 ranges. */
interface SdkRanges {
  readonly CidrBlock?: string | undefined;
  readonly Ipv6CidrBlockAssociationSet?: readonly Ec2Sdk.VpcIpv6CidrBlockAssociation[] | undefined;
}

/** The first range is listed among the others too; a range that was taken away stays in the list for a while. */
function cidrsOf(
  { CidrBlock, Ipv6CidrBlockAssociationSet = [] }: SdkRanges,
  others: readonly Ec2Sdk.VpcCidrBlockAssociation[],
): readonly string[] {
  const ipv4 = others.filter((one) => isInUse(one.CidrBlockState?.State)).map((one) => one.CidrBlock);
  const ipv6 = Ipv6CidrBlockAssociationSet.filter((one) => isInUse(one.Ipv6CidrBlockState?.State)).map(
    (one) => one.Ipv6CidrBlock,
  );
  return [...new Set([CidrBlock, ...ipv4, ...ipv6].filter((cidr) => cidr !== undefined))];
}

function isInUse(state: string | undefined): boolean {
  return state === undefined || state === "associated" || state === "associating";
}
