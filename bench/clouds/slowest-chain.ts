import type { RecordedRequest } from "@flotilla/testing";

type Requests = readonly RecordedRequest[];

/**
 * What discovery of EKS cannot take less than: who am I → which regions → which clusters here → which pools → each pool, and
 * beside the pools each cluster's description and the region's networks.
 */
export function slowestAwsChainMs(requests: Requests): number {
  const first = slowest(of(requests, "sts:GetCallerIdentity")) + slowest(of(requests, "ec2:DescribeRegions"));
  const lists = Map.groupBy(of(requests, "eks:ListClusters"), ({ region }) => region);
  const inRegion = Map.groupBy(requests, ({ region }) => region);
  const chains = [...lists].map(([region, pages]) => total(pages) + slowestOfRegion(inRegion.get(region) ?? []));
  return first + Math.max(0, ...chains);
}

/** Projects → clusters of all locations → sizes page by page, and beside them each subnet. */
export function slowestGcpChainMs(requests: Requests): number {
  return (
    total(of(requests, "resourcemanager.projects.get")) +
    total(of(requests, "container.clusters.list")) +
    Math.max(
      total(of(requests, "compute.instanceGroupManagers.list")),
      slowest(of(requests, "compute.subnetworks.get")),
    )
  );
}

/**
 * Subscriptions → clusters page by page, a page tells where the next one is; once there is a cluster, networks page by page
 * beside that.
 */
export function slowestAzureChainMs(requests: Requests): number {
  const [first, ...others] = of(requests, "Microsoft.ContainerService/managedClusters/read");
  return (
    total(of(requests, "Microsoft.Resources/subscriptions/read")) +
    (first?.latencyMs ?? 0) +
    Math.max(total(others), total(of(requests, "Microsoft.Network/virtualNetworks/read")))
  );
}

function slowestOfRegion(requests: Requests): number {
  const clusters = Map.groupBy(requests, ({ path }) => /^\/clusters\/([^/]+)/.exec(path)?.[1]);
  const pools = [...clusters.values()].map(
    (calls) => total(of(calls, "eks:ListNodegroups")) + slowest(of(calls, "eks:DescribeNodegroup")),
  );
  const networks = ["ec2:DescribeSubnets", "ec2:DescribeVpcs"].map((action) => total(of(requests, action)));
  return Math.max(slowest(of(requests, "eks:DescribeCluster")), ...networks, ...pools);
}

function of(requests: Requests, action: string): Requests {
  return requests.filter((request) => request.action === action);
}

function slowest(calls: Requests): number {
  return Math.max(0, ...calls.map(({ latencyMs }) => latencyMs));
}

function total(calls: Requests): number {
  return calls.reduce((sum, { latencyMs }) => sum + latencyMs, 0);
}
