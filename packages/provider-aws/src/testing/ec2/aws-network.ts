import { type EmulatedCluster, type EmulatedFleet, stableHex } from "@flotilla/testing";

/** A VPC with one subnet for each zone, as EC2 tells of it. */
export interface AwsNetwork {
  readonly vpcId: string;
  readonly cidrs: readonly string[];
  readonly subnets: readonly AwsSubnet[];
}

interface AwsSubnet {
  readonly id: string;
  readonly vpcId: string;
  readonly zone: string;
  readonly cidr: string;
}

/** The network of a cluster: clusters of one account and region that name the same network share it. */
export function networkOf(fleet: EmulatedFleet, cluster: EmulatedCluster): AwsNetwork {
  const { scope, region, name, network } = cluster;
  const id = network?.id ?? `${name}-vpc`;
  const vpcId = id.startsWith("vpc-") ? id : `vpc-0${stableHex(16, "vpc", scope, region, id)}`;
  const cidrs = network?.cidrs ?? [`10.${Number.parseInt(stableHex(2, vpcId), 16)}.0.0/16`];
  const subnets = zonesOf(fleet, scope, region).map((zone, index) => ({
    id: `subnet-0${stableHex(16, "subnet", scope, region, vpcId, zone)}`,
    vpcId,
    zone,
    cidr: network?.subnetCidrs?.[index] ?? subnetOf(cidrs[0] ?? "10.0.0.0/16", index),
  }));
  return { vpcId, cidrs, subnets };
}

/** The networks of one account and region, each once. */
export function networksOf(fleet: EmulatedFleet, account: string, region: string): readonly AwsNetwork[] {
  const clusters = fleet.listed((cluster) => cluster.scope === account && cluster.region === region);
  return [...new Map(clusters.map((cluster) => networkOf(fleet, cluster)).map((network) => [network.vpcId, network]))]
    .map(([, network]) => network)
    .sort((a, b) => (a.vpcId < b.vpcId ? -1 : 1));
}

/** Zone names of a region; three unless the description says otherwise. */
export function zonesOf(fleet: EmulatedFleet, account: string, region: string): readonly string[] {
  return fleet.region(account, region)?.zones ?? ["a", "b", "c"].map((letter) => `${region}${letter}`);
}

/** The `index`-th /20 of a /16. */
function subnetOf(cidr: string, index: number): string {
  const [first = "10", second = "0"] = cidr.split(".");
  return `${first}.${second}.${index * 16}.0/20`;
}
