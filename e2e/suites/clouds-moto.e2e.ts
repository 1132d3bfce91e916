import { type CloudProvider, type Ctx, type DiscoveryEvent, isCloudError } from "@flotilla/core";
import { type AwsOptions, createAwsProvider } from "@flotilla/provider-aws";
import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWithClients } from "../clouds/describe-with-clients.ts";
import { type Moto, type MotoAnswer, startMoto } from "../clouds/start-moto.ts";

const ACCOUNT = "123456789012";
const KEYS = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "not-checked-by-moto" };
const CLUSTERS = [
  { region: "eu-west-1", name: "prod", pools: ["batch", "general"] },
  { region: "eu-west-1", name: "dev", pools: [] },
  { region: "us-east-1", name: "prod", pools: ["general"] },
];
/** What moto 5.2.5 answers wrongly or not at all, and why. A version that can is to be told here. */
const LACKING: Readonly<Record<string, string>> = {
  "pricing:GetProducts": "no backend for the service: HTTP 500 whatever is asked",
  "servicequotas:ListServiceQuotas":
    "moto has no backend for this list, only for the defaults: HTTP 500 whatever is asked",
};

/** Every action of ours that reads. */
const WANTED = [
  "ec2:DescribeRegions",
  "ec2:DescribeSpotPriceHistory",
  "ec2:DescribeSubnets",
  "ec2:DescribeVpcs",
  "eks:DescribeCluster",
  "eks:DescribeNodegroup",
  "eks:ListClusters",
  "eks:ListNodegroups",
  "organizations:ListAccounts",
  "pricing:GetProducts",
  "servicequotas:ListAWSDefaultServiceQuotas",
  "servicequotas:ListServiceQuotas",
  "sts:AssumeRole",
  "sts:GetCallerIdentity",
];

const ctx = (): Ctx => ({ signal: AbortSignal.timeout(60_000) });

// An AWS that others wrote: our provider must find in it what boto3 put there.
await describeWithClients("our AWS provider on moto", (clients) => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto(clients().clients);
    const env = { AWS_ACCESS_KEY_ID: KEYS.accessKeyId, AWS_SECRET_ACCESS_KEY: KEYS.secretAccessKey };
    const made = await clients().script("moto_fleet.py", { endpoint: moto.url, clusters: CLUSTERS }, env);
    expect([...made.values()].filter(({ ok }) => !ok)).toEqual([]);
  });
  afterAll(() => moto[Symbol.asyncDispose]());

  const aProvider = (options: AwsOptions = {}): CloudProvider =>
    createAwsProvider({ name: "moto", options: { endpoint: moto.url, ...options } }, { credentials: async () => KEYS });
  const discover = (provider: CloudProvider): Promise<readonly DiscoveryEvent[]> =>
    Array.fromAsync(provider.discovery.discover({}, ctx()));
  const clustersOf = (events: readonly DiscoveryEvent[]) =>
    events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));

  test("finds every cluster in every region, with pools and networks", async () => {
    const found = clustersOf(await discover(aProvider()));
    expect(found.map(({ id }) => id).sort()).toEqual(
      CLUSTERS.map(({ region, name }) => `aws/${ACCOUNT}/${region}/${name}`).sort(),
    );
    const prod = found.find(({ id }) => id.endsWith("eu-west-1/prod"));
    expect(prod).toMatchObject({ phase: "ready", kubernetesVersion: "1.35", labels: { "made-by": "boto3" } });
    expect(prod?.network?.podCidrs).toEqual(["10.20.0.0/24", "10.20.1.0/24"]);
    expect(prod?.nodePools.map(({ name, nodes, nodesMax }) => [name, nodes, nodesMax]).sort()).toEqual([
      ["batch", 2, 5],
      ["general", 2, 5],
    ]);
  });

  test("enters another account by its role", async () => {
    const accounts = [{ id: "210987654321", roleArn: "arn:aws:iam::210987654321:role/flotilla" }];
    const events = await discover(aProvider({ accounts, regions: ["eu-west-1"] }));
    expect(clustersOf(events)).toEqual([]);
    expect(events).toContainEqual({ type: "scopeDone", scope: "210987654321" });
  });

  test("connects: the server moto names, and a token for it", async () => {
    const access = await aProvider().credentials.connect({ id: `aws/${ACCOUNT}/eu-west-1/prod` }, ctx());
    expect(access.server).toMatch(/^https:\/\//);
    expect(access.auth.kind).toBe("bearer");
    const absent = aProvider().credentials.connect({ id: `aws/${ACCOUNT}/eu-west-1/absent` }, ctx());
    await expect(absent).rejects.toSatisfy((error: unknown) => isCloudError(error, "notFound"));
  });

  test("prices, quotas and accounts are asked for; what moto lacks is told and hurts nothing else", async () => {
    const provider = aProvider({ regions: ["eu-west-1"] });
    const node = { kind: "node", provider: "aws", region: "eu-west-1", instanceType: "m5.large" } as const;
    const onDemand = await provider.prices?.quote({ ...node, purchase: "onDemand" }, ctx());
    const spot = await provider.prices?.quote({ ...node, purchase: "spot" }, ctx());
    expect([typeof onDemand?.known, typeof spot?.known]).toEqual(["boolean", "boolean"]);
    await provider.quotas?.list({ scope: ACCOUNT, region: "eu-west-1" }, ctx()).catch((error: unknown) => {
      if (!isCloudError(error)) throw error;
    });
    await discover(aProvider({ organization: { roleName: "flotilla" }, regions: ["eu-west-1"] })).catch(
      (error: unknown) => {
        if (!isCloudError(error)) throw error;
      },
    );
  });

  test("every action of ours but those named above passes", () => {
    const asked = Map.groupBy(moto.asked, ({ action }) => action);
    const passing = [...asked]
      .filter(([, answers]) => answers.some(({ status }) => status < 300))
      .map(([name]) => name);
    const lacking = [...WANTED, ...asked.keys()].filter((action) => !passing.includes(action));
    process.stdout.write(`moto: ${count(moto.asked)}; actions that pass: ${passing.sort().join(", ")}\n`);
    for (const [action, reason] of Object.entries(LACKING)) process.stdout.write(`moto lacks ${action}: ${reason}\n`);
    expect([...new Set(lacking)].sort()).toEqual(Object.keys(LACKING).sort());
  });
});

function count(asked: readonly MotoAnswer[]): string {
  const passed = asked.filter(({ status }) => status < 300).length;
  return `${passed} of ${asked.length} calls passed`;
}
