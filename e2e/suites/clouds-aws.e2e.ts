import { mintEksToken } from "@flotilla/provider-aws";
import {
  type AwsEmulator,
  SAMPLE_AWS_ACCOUNTS,
  SAMPLE_AWS_CLOUD,
  startAwsEmulator,
} from "@flotilla/provider-aws/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClientCall } from "../clouds/client-calls.ts";
import { describeWithClients } from "../clouds/describe-with-clients.ts";
import { PYTHON_FOLDER } from "../clouds/python-clients.ts";

const { main, second } = SAMPLE_AWS_ACCOUNTS;
const REGION = "eu-west-1";
const NAMES = ["dev", "prod", "qa", "stage", "test"];
const CLOUD = {
  ...SAMPLE_AWS_CLOUD,
  clusters: [
    ...SAMPLE_AWS_CLOUD.clusters,
    ...["qa", "stage", "test"].map((name) => ({ scope: main, region: REGION, name, version: "1.35.0", pools: [] })),
  ],
};

// Whoever wrote these clients never saw our emulator: what they accept is the wire format, not our idea of it.
await describeWithClients("AWS's own clients on the emulated AWS", (clients) => {
  let aws: AwsEmulator;
  let keysEnv: Readonly<Record<string, string>>;
  let env: Readonly<Record<string, string>>;
  beforeAll(async () => {
    aws = await startAwsEmulator(CLOUD);
    const { accessKeyId, secretAccessKey } = aws.credentials;
    keysEnv = {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_DEFAULT_REGION: REGION,
    };
    env = {
      ...keysEnv,
      AWS_ENDPOINT_URL: aws.url,
      AWS_MAX_ATTEMPTS: "1",
    };
  });
  afterAll(() => aws.close());

  describe("boto3", () => {
    let calls: ReadonlyMap<string, ClientCall>;
    beforeAll(async () => {
      const input = {
        endpoint: aws.url,
        region: REGION,
        deniedRegion: "me-south-1",
        accessKeyId: aws.credentials.accessKeyId,
        cluster: "prod",
        pool: "general",
        instanceType: "m5.xlarge",
        role: `arn:aws:iam::${second}:role/flotilla`,
      };
      calls = await clients().script("boto3_calls.py", input, env);
    });
    const answer = (name: string): unknown => calls.get(name)?.answer ?? calls.get(name)?.error;

    test("no call fails", () => {
      expect([...calls.values()].filter(({ ok }) => !ok)).toEqual([]);
      expect(calls.size).toBeGreaterThanOrEqual(22);
    });

    test("lists clusters whole and in pages", () => {
      expect(answer("eks.list_clusters")).toEqual({ pages: 1, items: NAMES });
      expect(answer("eks.list_clusters, two a page")).toEqual({ pages: 3, items: NAMES });
      expect(answer("eks.list_nodegroups")).toEqual({ pages: 2, items: ["batch", "general"] });
    });

    test("describes a cluster and a node group as typed objects", () => {
      expect(answer("eks.describe_cluster")).toMatchObject({
        name: "prod",
        status: "ACTIVE",
        version: "1.35",
        arn: `arn:aws:eks:${REGION}:${main}:cluster/prod`,
        createdAt: expect.stringMatching(/^2026-01-15 /) as unknown,
        kubernetesNetworkConfig: { serviceIpv4Cidr: "172.20.0.0/16" },
        deletionProtection: true,
        tags: { tier: "gold" },
      });
      expect(answer("eks.describe_nodegroup")).toMatchObject({
        nodegroupName: "general",
        capacityType: "ON_DEMAND",
        instanceTypes: ["m5.xlarge"],
        scalingConfig: { minSize: 1, maxSize: 9, desiredSize: 3 },
        labels: { pool: "general" },
      });
      expect(answer("eks.waiter cluster_active")).toBe(true);
    });

    test("errors arrive as the exceptions its models name", () => {
      expect(answer("eks.describe_cluster of an absent one")).toEqual({
        type: "ResourceNotFoundException",
        code: "ResourceNotFoundException",
        status: 404,
        hasRequestId: true,
      });
      expect(answer("eks.list_clusters with a wrong secret")).toMatchObject({
        code: "InvalidSignatureException",
        status: 403,
      });
      expect(answer("eks.list_clusters in a denied region")).toMatchObject({
        code: "AccessDeniedException",
        status: 403,
      });
      expect(answer("ec2.describe_vpcs of an absent one")).toMatchObject({
        code: "InvalidVpcID.NotFound",
        status: 400,
      });
      expect(answer("sts.assume_role of a role that is not there")).toMatchObject({
        code: "AccessDenied",
        status: 403,
      });
    });

    test("reads regions, zones, networks and accounts", () => {
      const regions = (name: string): readonly string[] =>
        (answer(name) as readonly { readonly RegionName: string }[]).map(({ RegionName }) => RegionName);
      expect(regions("ec2.describe_regions")).not.toContain("af-south-1");
      expect(regions("ec2.describe_regions, all")).toContain("af-south-1");
      expect(answer("ec2.describe_availability_zones")).toMatchObject([{ ZoneName: "eu-west-1a" }, {}, {}]);
      expect(answer("ec2.describe_subnets")).toHaveLength(3);
      expect(answer("ec2.describe_vpcs")).toMatchObject([
        { CidrBlockAssociationSet: [{ CidrBlock: "10.7.0.0/16" }, { CidrBlock: "100.64.0.0/16" }] },
      ]);
      expect(answer("sts.get_caller_identity")).toMatchObject({ Account: main });
      expect(answer("sts.assume_role, and a call with its keys")).toBe(second);
      expect(answer("organizations.list_accounts")).toMatchObject({ items: [{ Id: main }, { Id: second }] });
    });

    test("reads prices and quotas", () => {
      const products = (answer("pricing.get_products") as { readonly items: readonly string[] }).items;
      expect(products.length).toBeGreaterThan(0);
      expect(products.some((text) => text.includes("0.2145"))).toBe(true);
      const spot = (answer("ec2.describe_spot_price_history") as { readonly items: readonly unknown[] }).items;
      expect(spot).toContainEqual(expect.objectContaining({ InstanceType: "m5.xlarge", SpotPrice: "0.071000" }));
      const quotas = (answer("service-quotas.list_service_quotas") as { readonly items: readonly unknown[] }).items;
      expect(quotas).toContainEqual(expect.objectContaining({ QuotaCode: "L-1216C47A", Value: 640 }));
    });
  });

  describe("the aws command", () => {
    const json = async (...args: readonly string[]): Promise<unknown> =>
      JSON.parse(await clients().program("aws", [...args, "--output", "json"], env)) as unknown;

    test("lists in pages and stops where it is told", async () => {
      expect(await json("eks", "list-clusters", "--page-size", "2")).toEqual({ clusters: NAMES });
      expect(await json("eks", "list-clusters", "--max-items", "2")).toMatchObject({
        clusters: NAMES.slice(0, 2),
        NextToken: expect.any(String) as unknown,
      });
    });

    test("describes", async () => {
      expect(await json("eks", "describe-cluster", "--name", "dev", "--query", "cluster.health")).toMatchObject({
        issues: [{}],
      });
      expect(await json("sts", "get-caller-identity", "--query", "Account")).toBe(main);
      expect(await json("ec2", "describe-regions", "--query", "Regions[].RegionName")).toContain(REGION);
    });

    test.each<{ readonly what: string; readonly session: Readonly<Record<string, string>> }>([
      { what: "keys", session: {} },
      { what: "keys of a role", session: { AWS_SESSION_TOKEN: "FwoGZXIvYXdzEBYaD+/=not-a-secret==" } },
    ])("mints with $what the token that we mint, byte for byte", async ({ session }) => {
      const nowMs = Date.UTC(2026, 10, 5, 6, 7, 8);
      const args = [`${PYTHON_FOLDER}/get_token.py`, String(nowMs), "eks", "get-token", "--cluster-name", "prod"];
      // Without the endpoint: a token names the real STS, and no request is made.
      const plain = { ...keysEnv, ...session };
      const told = await clients().program("python", [...args, "--output", "json"], plain);
      const { accessKeyId, secretAccessKey } = aws.credentials;
      const sessionToken = session["AWS_SESSION_TOKEN"];
      const keys = { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
      const ours = await mintEksToken({ clusterName: "prod", region: REGION, keys, nowMs });
      expect(ours.value).toBe((JSON.parse(told) as ExecCredential).status.token);
    });
  });
});

interface ExecCredential {
  readonly status: { readonly token: string };
}
