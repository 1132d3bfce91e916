// What a script would do with the same SDK: one call after the other, no library of ours.
import { DescribeRegionsCommand, DescribeSubnetsCommand, DescribeVpcsCommand, EC2Client } from "@aws-sdk/client-ec2";
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListClustersCommand,
  ListNodegroupsCommand,
} from "@aws-sdk/client-eks";
import { addressesIn } from "../clouds/cloud-addresses.ts";
import { tell } from "./address.ts";

/** What the first regions took, one call after the other. */
export interface SerialResult {
  readonly ms: number;
  readonly regions: number;
  readonly regionsInAll: number;
  readonly clusters: number;
}

/** Of all: enough to tell, as every region has as many clusters. */
const REGIONS = 2;
const { aws } = addressesIn(process.env);
const common = { endpoint: aws.url, credentials: aws, maxAttempts: 1 };

const startedAt = performance.now();
const home = new EC2Client({ ...common, region: "us-east-1" });
const all = (await home.send(new DescribeRegionsCommand({ AllRegions: true }))).Regions ?? [];
const regions = all.slice(0, REGIONS).flatMap(({ RegionName }) => RegionName ?? []);
let clusters = 0;
for (const region of regions) {
  const eks = new EKSClient({ ...common, region });
  const ec2 = new EC2Client({ ...common, region });
  const { clusters: names = [] } = await eks.send(new ListClustersCommand({}));
  for (const name of names) {
    const { cluster } = await eks.send(new DescribeClusterCommand({ name }));
    const { nodegroups = [] } = await eks.send(new ListNodegroupsCommand({ clusterName: name }));
    for (const nodegroupName of nodegroups) {
      await eks.send(new DescribeNodegroupCommand({ clusterName: name, nodegroupName }));
    }
    await ec2.send(new DescribeSubnetsCommand({ SubnetIds: cluster?.resourcesVpcConfig?.subnetIds ?? [] }));
    await ec2.send(new DescribeVpcsCommand({ VpcIds: [cluster?.resourcesVpcConfig?.vpcId ?? ""] }));
    clusters += 1;
  }
}
const result: SerialResult = {
  ms: performance.now() - startedAt,
  regions: regions.length,
  regionsInAll: all.length,
  clusters,
};
tell(result);
