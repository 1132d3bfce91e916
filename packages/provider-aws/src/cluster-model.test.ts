import { expect, test } from "vitest";
import { toCluster } from "./cluster-model.ts";
import type { EksCluster } from "./eks-types.ts";
import { toNodePool } from "./node-pool-model.ts";

const model = (cluster: EksCluster) =>
  toCluster({
    accountId: "111122223333",
    region: "eu-west-1",
    name: "c",
    cluster,
    nodePools: [],
    subnets: [],
    vpcCidrs: [],
  });

test.each([
  [{ status: "CREATING" }, "creating"],
  [{ status: "PENDING" }, "creating"],
  [{ status: "ACTIVE" }, "ready"],
  [{ status: "ACTIVE", health: { issues: [] } }, "ready"],
  [{ status: "ACTIVE", health: { issues: [{ code: "Ec2SubnetNotFound" }] } }, "degraded"],
  [{ status: "UPDATING" }, "updating"],
  [{ status: "DELETING" }, "deleting"],
  [{ status: "FAILED", health: { issues: [{ code: "x" }] } }, "failed"],
  [{ status: "HIBERNATING" }, "unknown"],
  [{}, "unknown"],
] as const)("%j is %s", (cluster, phase) => {
  expect(model(cluster).phase).toBe(phase);
});

test("what the service left out is null or absent, never guessed", () => {
  expect(model({ status: "CREATING" })).toEqual({
    id: "aws/111122223333/eu-west-1/c",
    provider: "aws",
    scope: "111122223333",
    region: "eu-west-1",
    zones: [],
    name: "c",
    phase: "creating",
    kubernetesVersion: null,
    endpoint: null,
    network: { id: null, cidrs: [], podCidrs: [], serviceCidrs: [] },
    labels: {},
    taints: [],
    nodePools: [],
    raw: { status: "CREATING" },
  });
});

test.each([
  [true, true, "publicAndPrivate"],
  [true, false, "public"],
  [false, true, "private"],
  [undefined, true, "private"],
  [undefined, undefined, "unknown"],
] as const)("public %s and private %s is %s", (isPublic, isPrivate, access) => {
  const resourcesVpcConfig = {
    ...(isPublic === undefined ? {} : { endpointPublicAccess: isPublic }),
    ...(isPrivate === undefined ? {} : { endpointPrivateAccess: isPrivate }),
  };
  expect(model({ endpoint: "https://x", resourcesVpcConfig }).endpoint).toEqual({ url: "https://x", access });
});

test("a hybrid cluster's pod networks go before its subnets'; both service ranges are told", () => {
  const cluster: EksCluster = {
    remoteNetworkConfig: { remotePodNetworks: [{ cidrs: ["10.90.0.0/16"] }] },
    kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16", serviceIpv6Cidr: "fd12::/108" },
    computeConfig: { enabled: true },
    identity: { oidc: { issuer: "https://oidc.example" } },
    createdAt: new Date(1234),
  };
  const subnets = [{ id: "subnet-1", zone: "eu-west-1b", cidrs: ["10.0.0.0/20"] }];
  const made = toCluster({
    accountId: "1",
    region: "r",
    name: "c",
    cluster,
    nodePools: [],
    subnets,
    vpcCidrs: ["10.0.0.0/16"],
  });
  expect(made.network).toEqual({
    id: null,
    cidrs: ["10.0.0.0/16"],
    podCidrs: ["10.90.0.0/16"],
    serviceCidrs: ["172.20.0.0/16", "fd12::/108"],
  });
  expect(made).toMatchObject({
    zones: ["eu-west-1b"],
    serverless: true,
    oidcIssuer: "https://oidc.example",
    createdAtMs: 1234,
  });
});

test.each([
  ["CREATING", "creating"],
  ["ACTIVE", "ready"],
  ["UPDATING", "updating"],
  ["DELETING", "deleting"],
  ["DEGRADED", "degraded"],
  ["CREATE_FAILED", "failed"],
  ["DELETE_FAILED", "failed"],
  ["SOMETHING_NEW", "unknown"],
])("a node group that is %s is %s", (status, phase) => {
  expect(toNodePool({ status }, "g", new Map()).phase).toBe(phase);
});

test("a node group keeps its sizes, purchase, taints and the zones of its own subnets", () => {
  const subnets = [
    { id: "s1", zone: "b", cidrs: [] },
    { id: "s2", zone: "a", cidrs: [] },
    { id: "s3", zone: "c", cidrs: [] },
  ];
  const group = {
    scalingConfig: { minSize: 0, maxSize: 9, desiredSize: 3 },
    capacityType: "SPOT",
    subnets: ["s1", "s2"],
    taints: [
      { key: "a", value: "b", effect: "NO_EXECUTE" },
      { key: "p", effect: "PREFER_NO_SCHEDULE" },
      { key: "new", effect: "SOMETHING_NEW" },
    ],
  };
  expect(toNodePool(group, "g", new Map(subnets.map((subnet) => [subnet.id, subnet])))).toMatchObject({
    name: "g",
    nodes: 3,
    nodesMin: 0,
    nodesMax: 9,
    purchase: "spot",
    zones: ["a", "b"],
    taints: [
      { key: "a", value: "b", effect: "NoExecute" },
      { key: "p", effect: "PreferNoSchedule" },
    ],
  });
  expect(toNodePool({ capacityType: "CAPACITY_BLOCK" }, "g", new Map())).toMatchObject({
    purchase: "unknown",
    nodes: null,
  });
});
