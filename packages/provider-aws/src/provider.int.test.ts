import { inspect } from "node:util";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import {
  type Clock,
  type CloudProvider,
  type Cluster,
  createCallPolicy,
  type Ctx,
  type DiscoveryEvent,
  formatClusterId,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import { cloudProviderConformance, type EmulatedCluster, type EmulatorFault } from "@flotilla/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AwsOptions } from "./aws-options.ts";
import { createAwsProvider } from "./provider.ts";
import { type AwsEmulator, SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD, startAwsEmulator } from "./testing/index.ts";

const { main, second } = SAMPLE_AWS_ACCOUNTS;
const ROLE_IN_SECOND = { id: second, roleArn: `arn:aws:iam::${second}:role/flotilla` };
const BOTH: AwsOptions = { accounts: [{ id: main }, ROLE_IN_SECOND] };

let aws: AwsEmulator;

beforeAll(async () => {
  aws = await startAwsEmulator(SAMPLE_AWS_CLOUD);
});
afterEach(() => aws.faults.clear());
afterAll(() => aws.close());

interface ProviderInput {
  readonly options?: AwsOptions;
  readonly emulator?: AwsEmulator;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  readonly attemptsMax?: number;
  readonly clock?: Clock;
}

/** The machine's time, and waits that are over so many times sooner. */
function aHurriedClock(times: number): Clock {
  return { nowMs: () => systemClock.nowMs(), sleep: (ms, options) => systemClock.sleep(ms / times, options) };
}

function aProvider(input: ProviderInput = {}): CloudProvider {
  const { options = BOTH, emulator = aws, attemptsMax = 1, clock = systemClock, ...more } = input;
  const keys = { ...emulator.credentials, ...more };
  return createAwsProvider(
    { name: "main", options: { endpoint: emulator.url, ...options } },
    {
      credentials: async () => keys,
      clock,
      policy: createCallPolicy(
        { clock: systemClock, random: systemRandom },
        { attemptsMax, backoff: { baseMs: 5, capMs: 20 } },
      ),
    },
  );
}

const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

function discover(provider: CloudProvider, scopes?: readonly string[]): Promise<readonly DiscoveryEvent[]> {
  return Array.fromAsync(provider.discovery.discover(scopes === undefined ? {} : { scopes }, ctx()));
}

function idsOf(events: readonly DiscoveryEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === "cluster" ? [event.cluster.id] : [])).sort();
}

/** `scope location kind` of every gap, sorted. */
function gapsOf(events: readonly DiscoveryEvent[]): readonly string[] {
  return events
    .flatMap((event) => (event.type === "gap" ? [`${event.scope} ${event.location ?? "*"} ${event.error.kind}`] : []))
    .sort();
}

const ALL = [
  `aws/${main}/eu-west-1/dev`,
  `aws/${main}/eu-west-1/prod`,
  `aws/${main}/us-east-1/new`,
  `aws/${main}/us-east-1/prod`,
  `aws/${second}/eu-central-1/shop`,
];
const SCRIPTED_GAPS = [
  `${main} af-south-1 disabled`,
  `${main} me-south-1 policy`,
  `${second} af-south-1 disabled`,
  `${second} me-south-1 policy`,
];

describe("conformance", () => {
  const kit = cloudProviderConformance({
    create: async () => aProvider(),
    createWithGap: async () =>
      aProvider({ options: { regions: ["eu-west-1", "me-south-1"], accounts: [{ id: main }] } }),
    capabilities: ["prices", "quotas"],
    absent: { id: formatClusterId({ provider: "aws", scope: main, group: "eu-west-1", name: "absent" }) },
    priced: { kind: "node", provider: "aws", region: "eu-west-1", instanceType: "m5.xlarge", purchase: "onDemand" },
  });
  for (const { name, skip, run } of kit) test.skipIf(skip !== undefined)(name, ({ signal }) => run({ signal }));
});

describe("discovery", () => {
  test("finds every account's clusters in every enabled region; the others are gaps", async () => {
    const events = await discover(aProvider());
    expect(idsOf(events)).toEqual(ALL);
    expect(gapsOf(events)).toEqual(SCRIPTED_GAPS);
    const done = events.flatMap((event) => (event.type === "scopeDone" ? [event.scope] : []));
    expect(done.sort()).toEqual([main, second]);
  });

  test("an organization's accounts are found and entered; one that is closed or suspended is a gap", async () => {
    const [closed, suspended] = ["777788889999", "888899990000"];
    await using emulator = await startAwsEmulator({
      ...SAMPLE_AWS_CLOUD,
      scopes: [
        ...SAMPLE_AWS_CLOUD.scopes,
        { id: closed, state: "closed", regions: [] },
        { id: suspended, state: "disabled", regions: [] },
      ],
    });
    const events = await discover(aProvider({ emulator, options: { organization: { roleName: "flotilla" } } }));
    expect(idsOf(events)).toEqual(ALL);
    expect(gapsOf(events)).toEqual([...SCRIPTED_GAPS, `${closed} * disabled`, `${suspended} * disabled`].sort());
    expect(emulator.requests.filter(({ scope }) => scope === closed || scope === suspended)).toEqual([]);
  });

  test("the unified model holds what DescribeCluster, the node groups and EC2 say", async () => {
    const events = await discover(aProvider({ options: { regions: ["eu-west-1"], accounts: [{ id: main }] } }));
    const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
    const prod = clusters.find(({ name }) => name === "prod");
    expect({ ...prod, raw: undefined }).toMatchObject({
      region: "eu-west-1",
      zones: ["eu-west-1a", "eu-west-1b", "eu-west-1c"],
      phase: "ready",
      kubernetesVersion: "1.35",
      endpoint: { access: "public" },
      labels: { tier: "gold" },
      network: {
        cidrs: ["10.7.0.0/16", "100.64.0.0/16"],
        podCidrs: ["10.7.0.0/20", "10.7.16.0/20", "10.7.32.0/20"],
        serviceCidrs: ["172.20.0.0/16"],
      },
      deletionProtection: true,
      supportTier: "STANDARD",
      createdAtMs: Date.UTC(2026, 0, 15, 9, 30, 0, 183),
    });
    expect(prod?.nodePools).toMatchObject([
      {
        name: "batch",
        instanceTypes: ["c6i.2xlarge"],
        nodes: 2,
        nodesMin: 0,
        nodesMax: 20,
        purchase: "spot",
        zones: ["eu-west-1b"],
        taints: [{ key: "batch", value: "true", effect: "NoSchedule" }],
      },
      { name: "general", nodes: 3, nodesMin: 1, nodesMax: 9, purchase: "onDemand", labels: { pool: "general" } },
    ]);
    expect(clusters.find(({ name }) => name === "dev")?.phase).toBe("degraded");
  });

  test("pages of one item give the same as pages of a hundred", async () => {
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { pageSizeMax: 1 });
    const events = await discover(aProvider({ emulator, options: { organization: { roleName: "flotilla" } } }));
    expect(idsOf(events)).toEqual(ALL);
    const prod = events.find((event) => event.type === "cluster" && event.cluster.id === ALL[1]);
    expect(prod?.type === "cluster" ? prod.cluster.nodePools.length : 0).toBe(2);
    expect(prod?.type === "cluster" ? prod.cluster.zones.length : 0).toBe(3);
  });

  test("a region that never answers costs only itself", async () => {
    await using emulator = await startAwsEmulator({
      ...SAMPLE_AWS_CLOUD,
      scopes: [{ id: main, regions: [{ name: "us-east-1" }, { name: "eu-west-1", unreachable: true }] }],
    });
    const clock = aHurriedClock(10);
    const events = await discover(aProvider({ emulator, clock, options: { accounts: [{ id: main }] } }));
    expect(idsOf(events)).toEqual(ALL.slice(2, 4));
    expect(gapsOf(events)).toEqual([`${main} eu-west-1 transient`]);
  });

  test("a region that is named twice is looked at once", async () => {
    const options: AwsOptions = { regions: ["us-east-1", "us-east-1"], accounts: [{ id: main }] };
    expect(idsOf(await discover(aProvider({ options })))).toEqual(ALL.slice(2, 4));
  });

  test("an account whose regions never come is a gap, and the others are found", async () => {
    aws.faults.add({
      match: { action: "ec2:DescribeRegions", scope: second },
      times: Infinity,
      action: { kind: "hang" },
    });
    const events = await discover(aProvider({ clock: aHurriedClock(10) }));
    expect(idsOf(events)).toEqual(ALL.slice(0, 4));
    expect(gapsOf(events)).toEqual([...SCRIPTED_GAPS.slice(0, 2), `${second} * transient`]);
    aws.dropConnections();
  });

  test("a cluster whose description never comes keeps its place, with its problem", async () => {
    const fault = { action: "eks:DescribeCluster", region: "us-east-1" };
    aws.faults.add({ match: fault, times: 1, action: { kind: "hang" } });
    const options: AwsOptions = { regions: ["us-east-1"], accounts: [{ id: main }] };
    const events = await discover(aProvider({ clock: aHurriedClock(20), options }));
    const problems = events.flatMap((event) =>
      event.type === "cluster" ? [event.cluster.problem?.kind ?? "none"] : [],
    );
    expect(problems.sort()).toEqual(["none", "transient"]);
    aws.dropConnections();
  });

  test("a role that cannot be assumed is a gap of its account that names the role", async () => {
    const roleArn = `arn:aws:iam::${second}:role/absent`;
    const events = await discover(aProvider({ options: { accounts: [{ id: main }, { id: second, roleArn }] } }));
    expect(idsOf(events)).toEqual(ALL.slice(0, 4));
    const gap = events.find((event) => event.type === "gap" && event.scope === second);
    expect(gap?.type === "gap" ? gap.error : undefined).toMatchObject({ kind: "denied" });
    expect(gap?.type === "gap" ? gap.error.message : "").toContain(roleArn);
  });

  test("a role that is never given is a gap of its account that names the role", async () => {
    aws.faults.add({ match: { action: "sts:AssumeRole" }, times: Infinity, action: { kind: "hang" } });
    const events = await discover(aProvider({ clock: aHurriedClock(100), options: { accounts: [ROLE_IN_SECOND] } }));
    expect(gapsOf(events)).toEqual([`${second} * transient`]);
    const [gap] = events;
    expect(gap?.type === "gap" ? gap.error.message : "").toContain(`cannot assume ${ROLE_IN_SECOND.roleArn}`);
    aws.dropConnections();
  });

  test("keys that were refused are asked for again, because somebody may have renewed them", async () => {
    const all = [{ ...aws.credentials, secretAccessKey: "expired" }, aws.credentials];
    let loads = 0;
    const provider = createAwsProvider(
      { name: "main", options: { endpoint: aws.url, regions: ["us-east-1"] } },
      { credentials: async () => all[Math.min((loads += 1), 2) - 1] ?? aws.credentials },
    );
    await expect(discover(provider)).rejects.toMatchObject({ kind: "unauthenticated" });
    expect(idsOf(await discover(provider))).toEqual(ALL.slice(2, 4));
    expect(loads).toBe(2);
  });

  test("an account that the credentials or the role are not of is a gap, and none of its clusters can be reached", async () => {
    const other = "999900001111";
    const provider = aProvider({
      options: { accounts: [{ id: other }, { id: main, roleArn: ROLE_IN_SECOND.roleArn }] },
    });
    const events = await discover(provider);
    expect([idsOf(events), gapsOf(events)]).toEqual([[], [`${main} * invalid`, `${other} * invalid`].sort()]);
    for (const id of [`aws/${other}/eu-west-1/prod`, `aws/${main}/eu-west-1/prod`, `aws/123123123123/eu-west-1/prod`]) {
      await expect(provider.credentials.connect({ id }, ctx())).rejects.toMatchObject({ kind: "invalid" });
    }
  });

  test("an external id is sent, and its absence is a denial", async () => {
    const roleArn = `arn:aws:iam::${second}:role/guarded`;
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { roles: [{ arn: roleArn, externalId: "x-42" }] });
    const good = { id: second, roleArn, externalId: "x-42" };
    expect(idsOf(await discover(aProvider({ emulator, options: { accounts: [good] } })))).toEqual([ALL[4]]);
    const events = await discover(aProvider({ emulator, options: { accounts: [{ id: second, roleArn }] } }));
    expect(gapsOf(events)).toEqual([`${second} * denied`]);
  });

  test("a cluster that is named but may not be described stays in the list with its problem", async () => {
    const user = { account: main, name: "lister", accessKeyId: "AKIALISTER", secretAccessKey: "not-a-secret" };
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, {
      users: [{ ...user, allow: ["eks:List*", "sts:*"] }],
    });
    const options = { regions: ["eu-west-1"], accounts: [{ id: main }] };
    const events = await discover(aProvider({ emulator, options }));
    const clusters = events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
    expect(clusters.map(({ name, problem }) => [name, problem?.kind]).sort()).toEqual([
      ["dev", "denied"],
      ["prod", "denied"],
    ]);
  });

  test("without rights in EC2 the networks are empty and all the rest is there", async () => {
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, {
      users: [{ account: main, name: "u", accessKeyId: "AKIAU", secretAccessKey: "not-a-secret", allow: ["eks:*"] }],
    });
    const options = { regions: ["eu-west-1"], accounts: [{ id: main }] };
    const events = await discover(aProvider({ emulator, options }));
    const prod = events.flatMap((event) =>
      event.type === "cluster" && event.cluster.name === "prod" ? [event.cluster] : [],
    )[0];
    expect(prod).toMatchObject({ phase: "ready", zones: [], network: { cidrs: [], podCidrs: [] } });
    expect(prod?.problem).toBeUndefined();
  });
});

/** A cloud of one account, one region and these clusters. */
async function clustersOf(
  clusters: readonly Omit<EmulatedCluster, "scope" | "region" | "version">[],
  arrange: (emulator: AwsEmulator) => void = () => undefined,
): Promise<readonly Cluster[]> {
  await using emulator = await startAwsEmulator({
    scopes: [{ id: main, regions: [{ name: "eu-west-1" }] }],
    clusters: clusters.map((cluster) => ({ ...cluster, scope: main, region: "eu-west-1", version: "1.35.1" })),
  });
  arrange(emulator);
  const options = { regions: ["eu-west-1"], accounts: [{ id: main }] };
  const events = await discover(aProvider({ emulator, options }));
  expect(gapsOf(events)).toEqual([]);
  return events.flatMap((event) => (event.type === "cluster" ? [event.cluster] : []));
}

/** EC2's own answer where a policy above the account forbids a call. */
const FORBIDDEN_ABOVE: EmulatorFault["action"] = {
  kind: "status",
  status: 403,
  headers: { "content-type": "text/xml;charset=UTF-8" },
  body: "<Response><Errors><Error><Code>UnauthorizedOperation</Code><Message>You are not authorized to perform this operation. User: u is not authorized to perform the action with an explicit deny in a service control policy</Message></Error></Errors><RequestID>r</RequestID></Response>",
};

describe("clusters as real accounts have them", () => {
  const POOL = { name: "p", instanceType: "m5.large", nodes: 1 };

  test("node groups in subnets of their own have their zones and ranges", async () => {
    const vpcId = "vpc-0a1b2c3d4e5f60718";
    const [cluster] = await clustersOf([
      {
        name: "split",
        network: { id: vpcId, cidrs: ["10.9.0.0/16"] },
        pools: [{ ...POOL, zones: ["eu-west-1b"] }],
        wire: { resourcesVpcConfig: { vpcId, subnetIds: ["subnet-of-the-control-plane"] } },
      },
    ]);
    expect(cluster).toMatchObject({
      zones: ["eu-west-1b"],
      network: { cidrs: ["10.9.0.0/16"], podCidrs: ["10.9.16.0/20"] },
      nodePools: [{ zones: ["eu-west-1b"] }],
    });
  });

  test("one that is only connected stays in the list, though it has no node groups to ask for", async () => {
    const [cluster] = await clustersOf(
      [
        {
          name: "far",
          pools: [],
          wire: {
            connectorConfig: { provider: "GKE", roleArn: "arn:aws:iam::1:role/r" },
            resourcesVpcConfig: undefined,
            endpoint: undefined,
            certificateAuthority: undefined,
          },
        },
      ],
      (emulator) => {
        const headers = { "content-type": "application/json", "x-amzn-errortype": "ResourceNotFoundException" };
        const body = JSON.stringify({ message: "No cluster found for name: far." });
        const match = { action: "eks:ListNodegroups" };
        emulator.faults.add({ match, times: Infinity, action: { kind: "status", status: 404, headers, body } });
      },
    );
    expect(cluster).toMatchObject({ name: "far", phase: "ready", endpoint: null, nodePools: [] });
    expect(cluster?.problem).toBeUndefined();
  });

  test("why a cluster or a node group is not well is told in the service's words", async () => {
    const issue = {
      code: "AsgInstanceLaunchFailures",
      message: "Could not launch On-Demand Instances.",
      resourceIds: [],
    };
    const wire = { status: "DEGRADED", health: { issues: [issue, { code: "NodeCreationFailure" }] } };
    const clusters = await clustersOf([
      { name: "ill", phase: "degraded", pools: [{ ...POOL, wire }] },
      { name: "well", pools: [POOL] },
    ]);
    expect(clusters.find(({ name }) => name === "ill")).toMatchObject({
      phase: "degraded",
      nodePools: [{ phase: "degraded" }],
      warnings: [
        "Ec2SubnetNotFound: The subnet was not found.",
        "node group p: AsgInstanceLaunchFailures: Could not launch On-Demand Instances.",
        "node group p: NodeCreationFailure",
      ],
    });
    expect(clusters.find(({ name }) => name === "well")).not.toHaveProperty("warnings");
  });

  test.each([
    ["forbidden by a policy of the organization", FORBIDDEN_ABOVE, false],
    ["forbidden", { kind: "status", status: 403 }, false],
    ["truncated", { kind: "truncate" }, true],
    ["a proxy's page", { kind: "html" }, true],
    ["a server's error", { kind: "status", status: 500 }, true],
  ] as const)("networks that cannot be read (%s) are unknown, and no problem", async (_name, action, isWarned) => {
    for (const what of ["ec2:DescribeSubnets", "ec2:DescribeVpcs"]) {
      const [cluster] = await clustersOf([{ name: "c", pools: [POOL] }], (emulator) => {
        emulator.faults.add({ match: { action: what }, times: Infinity, action });
      });
      const isVpcs = what === "ec2:DescribeVpcs";
      expect(cluster).toMatchObject({
        phase: "ready",
        nodePools: [{ name: "p", nodes: 1 }],
      });
      const told = expect.stringMatching(isVpcs ? /^ranges of VPCs are unknown: / : /^zones and ranges of subnets are/);
      expect(cluster?.warnings).toEqual(isWarned ? [told] : undefined);
      expect([cluster?.zones.length === 0, cluster?.network.cidrs.length === 0]).toEqual([!isVpcs, isVpcs]);
      expect(cluster?.problem).toBeUndefined();
    }
  });

  test.each([
    ["eks:ListNodegroups", { kind: "status", status: 403 }, "denied"],
    ["eks:DescribeNodegroup", { kind: "reset" }, "transient"],
  ] as const)("when %s fails the rest is told, with the problem", async (action, fault, kind) => {
    const [cluster] = await clustersOf([{ name: "c", pools: [POOL] }], (emulator) => {
      emulator.faults.add({ match: { action }, times: Infinity, action: fault });
    });
    expect(cluster).toMatchObject({ phase: "ready", kubernetesVersion: "1.35", problem: { kind } });
    expect(cluster?.endpoint?.url).toMatch(/^https:/);
    expect(cluster?.nodePools.length).toBe(0);
  });
});

describe("what goes wrong on the way", () => {
  const ONE: AwsOptions = { regions: ["eu-west-1", "us-east-1"], accounts: [{ id: main }] };
  const inDublin = { action: "eks:ListClusters", region: "eu-west-1" };

  test.each<readonly [string, EmulatorFault["action"], string]>([
    ["a proxy's page", { kind: "html" }, "transient"],
    ["a proxy's page with 200", { kind: "html", status: 200 }, "transient"],
    ["a truncated answer", { kind: "truncate" }, "transient"],
    ["a broken connection", { kind: "reset" }, "transient"],
    ["a throttle", { kind: "throttle", retryAfterSeconds: 1 }, "throttled"],
  ])("%s in one region is a gap there and nowhere else", async (_name, action, kind) => {
    aws.faults.add({ match: inDublin, times: Infinity, action });
    const events = await discover(aProvider({ options: ONE }));
    expect(gapsOf(events)).toEqual([`${main} eu-west-1 ${kind}`]);
    expect(idsOf(events)).toEqual(ALL.slice(2, 4));
  });

  test("what passes is repeated by the one retry layer, and by no other", async () => {
    const fault = aws.faults.add({ match: inDublin, times: 2, action: { kind: "status", status: 503 } });
    const before = aws.requests.length;
    const events = await discover(aProvider({ options: ONE, attemptsMax: 5 }));
    expect([gapsOf(events), idsOf(events)]).toEqual([[], ALL.slice(0, 4)]);
    const asked = aws.requests
      .slice(before)
      .filter(({ action, region }) => action === inDublin.action && region === "eu-west-1");
    expect([fault.hits, asked.length]).toEqual([2, 3]);
  });

  test.each([
    ["truncated XML", { kind: "truncate" }],
    ["HTML for XML", { kind: "html", status: 200 }],
  ] as const)("%s from EC2 ends that account's search with a gap, not with a crash", async (_name, action) => {
    aws.faults.add({ match: { action: "ec2:DescribeRegions" }, times: Infinity, action });
    expect(gapsOf(await discover(aProvider({ options: { accounts: [{ id: main }] } })))).toEqual([
      `${main} * transient`,
    ]);
  });

  test("a clock ten minutes off is told as such", async () => {
    aws.clock.advance(600_000);
    try {
      const events = await discover(aProvider({ options: ONE }));
      const errors = events.flatMap((event) => (event.type === "gap" ? [event.error] : []));
      expect(errors.map(({ kind }) => kind)).toEqual(["unauthenticated"]);
      expect(errors[0]?.message).toMatch(/Signature expired/);
      expect(errors[0]?.message).toMatch(/this machine's clock/);
    } finally {
      aws.clock.advance(-600_000);
    }
  });

  test("a redirect to another host is never followed, and no key goes there", async () => {
    await using foreign = await startAwsEmulator(SAMPLE_AWS_CLOUD);
    const headers = { location: `${foreign.url}/clusters` };
    aws.faults.add({ match: inDublin, times: Infinity, action: { kind: "status", status: 307, headers } });
    expect(gapsOf(await discover(aProvider({ options: ONE, attemptsMax: 5 })))).toEqual([`${main} eu-west-1 policy`]);
    expect(foreign.requests).toEqual([]);
  });

  test("no secret shows in any error, event, recording or object", async () => {
    const secretAccessKey = "CANARY/secret/access/key/abcdefghijklmno";
    // A role's keys: their token is known, so the service answers the wrong signature with all that it read.
    const sts = new STSClient({ region: "eu-west-1", endpoint: aws.url, credentials: aws.credentials });
    const role = await sts.send(new AssumeRoleCommand({ RoleArn: ROLE_IN_SECOND.roleArn, RoleSessionName: "canary" }));
    const { AccessKeyId: accessKeyId = "", SessionToken: sessionToken = "" } = role.Credentials ?? {};
    const provider = aProvider({ accessKeyId, secretAccessKey, sessionToken });
    const shown: string[] = [];
    const tell = (error: unknown): void => {
      shown.push(String(error), JSON.stringify(error), inspect(error, { depth: null, showHidden: true }));
    };
    tell(provider);
    for (const event of await discover(provider, [main]).catch((error: unknown) => (tell(error), []))) {
      if (event.type === "gap") tell(event.error);
    }
    await provider.credentials.connect({ id: ALL[1]! }, ctx()).catch(tell);
    await provider.quotas?.list({ scope: main, region: "eu-west-1" }, ctx()).catch(tell);
    expect(shown.length).toBeGreaterThan(5);
    const text = [...shown, JSON.stringify(aws.requests)].join("\n");
    expect(text).not.toContain("CANARY");
    expect(text).toContain("does not match the signature you provided");
    expect(text).not.toContain(sessionToken);
    expect(text).not.toContain(aws.credentials.secretAccessKey);
    expect(text).not.toMatch(/Signature=|X-Amz-Credential/);
  });
});

describe("credentials", () => {
  test("the token is one that the cluster's verifier takes, for this cluster alone, and for fifteen minutes", async () => {
    const access = await aProvider().credentials.connect({ id: ALL[1]! }, ctx());
    expect(access.server).toMatch(/^https:\/\/[0-9A-F]{32}\.gr7\.eu-west-1\.eks\.amazonaws\.com$/);
    expect(access.caPem).toContain("BEGIN CERTIFICATE");
    if (access.auth.kind !== "bearer") throw new Error("a bearer token was expected");
    const { value } = await access.auth.tokens.token(ctx());
    expect(aws.verifyEksToken(value, "prod")).toEqual({
      ok: true,
      account: main,
      arn: `arn:aws:iam::${main}:user/flotilla`,
      userId: expect.stringMatching(/^AIDA/),
    });
    expect(aws.verifyEksToken(value, "dev")).toMatchObject({ ok: false });
    expect(aws.verifyEksToken(`${value}x`, "prod").ok).toBe(false);
    aws.clock.advance(14 * 60_000);
    expect(aws.verifyEksToken(value, "prod").ok).toBe(true);
    aws.clock.advance(2 * 60_000);
    expect(aws.verifyEksToken(value, "prod")).toEqual({
      ok: false,
      reason: "X-Amz-Date parameter is expired (15 minutes)",
    });
    aws.clock.advance(-16 * 60_000);
  });

  test("a token of another account carries the role's session; a second one costs no call", async () => {
    const access = await aProvider().credentials.connect({ id: ALL[4]! }, ctx());
    if (access.auth.kind !== "bearer") throw new Error("a bearer token was expected");
    const first = await access.auth.tokens.token(ctx());
    expect(aws.verifyEksToken(first.value, "shop")).toMatchObject({
      arn: `arn:aws:sts::${second}:assumed-role/flotilla/flotilla`,
    });
    const before = aws.requests.length;
    expect(await access.auth.tokens.token(ctx())).toBe(first);
    access.auth.tokens.invalidate();
    await access.auth.tokens.token(ctx());
    expect(aws.requests.length).toBe(before);
  });

  test("a local cluster on Outposts takes tokens for its id; one that is only connected names the way", async () => {
    const id = "0d7c7f2e-6b7c-4c1e-9d53-1b0a6ad1f0aa";
    const at = { scope: main, region: "eu-west-1", version: "1.35", pools: [] };
    const outpostConfig = { outpostArns: ["arn:aws:outposts:eu-west-1:1:outpost/o"] };
    await using emulator = await startAwsEmulator({
      ...SAMPLE_AWS_CLOUD,
      clusters: [
        { ...at, name: "local", wire: { id, outpostConfig } },
        { ...at, name: "far", wire: { endpoint: undefined, connectorConfig: { provider: "GKE" } } },
      ],
    });
    const { credentials } = aProvider({ emulator });
    const access = await credentials.connect({ id: `aws/${main}/eu-west-1/local` }, ctx());
    const token = access.auth.kind === "bearer" ? await access.auth.tokens.token(ctx()) : undefined;
    expect(emulator.verifyEksToken(token?.value ?? "", id).ok).toBe(true);
    expect(emulator.verifyEksToken(token?.value ?? "", "local").ok).toBe(false);
    const far = credentials.connect({ id: `aws/${main}/eu-west-1/far` }, ctx());
    await expect(far).rejects.toMatchObject({ kind: "notFound", message: expect.stringMatching(/GKE.*kubeconfig/) });
  });

  test("many who connect at once ask only once whose keys these are", async () => {
    const { credentials } = aProvider({ options: {} });
    const before = aws.requests.length;
    await Promise.all(ALL.slice(0, 4).map((id) => credentials.connect({ id }, ctx()).catch(() => undefined)));
    const asked = aws.requests.slice(before).filter(({ action }) => action === "sts:GetCallerIdentity");
    expect(asked.length).toBe(1);
  });

  test("a cluster without an API server yet, and an id of another cloud, are notFound", async () => {
    const { credentials } = aProvider();
    for (const id of [`aws/${main}/us-east-1/new`, "gcp/p/europe-west1/x"]) {
      await expect(credentials.connect({ id }, ctx())).rejects.toMatchObject({ kind: "notFound" });
    }
  });
});

describe("prices and quotas", () => {
  const node = { kind: "node", provider: "aws", region: "eu-west-1", instanceType: "m5.xlarge" } as const;
  const MEMBER = {
    id: ALL[1]!,
    name: "prod",
    provider: "aws",
    scope: main,
    region: "eu-west-1",
    zones: [],
    kubernetesVersion: null,
    labels: {},
  };

  test("the one product that a Linux node is, and nothing of the reservations' zero", async () => {
    const { prices } = aProvider();
    expect(await prices?.quote({ ...node, purchase: "onDemand" }, ctx())).toMatchObject({
      known: true,
      microUsd: 214_500,
      source: "aws-pricing",
    });
  });

  test("spot: the dearest zone where none is said, the zone's own where one is", async () => {
    const { prices } = aProvider();
    expect(await prices?.quote({ ...node, purchase: "spot" }, ctx())).toMatchObject({ microUsd: 71_000 });
    const own = await prices?.quote({ ...node, purchase: "spot", zone: "eu-west-1b" }, ctx());
    expect(own?.known === true ? own.microUsd : 0).toBeGreaterThan(60_000);
    expect(own?.known === true ? own.microUsd : 0).toBeLessThan(71_000);
  });

  test("spot prices of several pages are all seen", async () => {
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { pageSizeMax: 1 });
    const { prices } = aProvider({ emulator });
    const price = await prices?.quote({ ...node, purchase: "spot", zone: "eu-west-1c" }, ctx());
    expect(price).toMatchObject({ known: true, source: "aws-spot-history" });
  });

  test("a control plane costs its cluster hour", async () => {
    const quote = { kind: "controlPlane", provider: "aws", region: "eu-west-1" } as const;
    expect(await aProvider().prices?.quote(quote, ctx())).toMatchObject({ microUsd: 100_000, source: "aws-pricing" });
  });

  test.each([
    // What happens at the end of standard support is no fee before it.
    ["STANDARD", "1.30", 100_000],
    ["EXTENDED", "1.99", 100_000],
    ["EXTENDED", "1.30", 600_000],
    ["EXTENDED", "v1.28.3-eks-1", 600_000],
  ])("a control plane with %s support of version %s costs %i an hour", async (supportTier, version, microUsd) => {
    const cluster = { ...MEMBER, kubernetesVersion: version };
    const quote = { kind: "controlPlane", provider: "aws", region: "eu-west-1", supportTier, cluster } as const;
    const { prices } = aProvider();
    expect(await prices?.quote(quote, ctx())).toMatchObject({ microUsd, source: "aws-pricing" });
    expect(await prices?.quote({ ...quote, region: "us-east-1" }, ctx())).toMatchObject({
      microUsd,
      source: "aws-fallback-2026-11-01",
    });
  });

  test("a zone's spot price is asked with the keys of the account whose name it is", async () => {
    const { prices } = aProvider();
    const clusterId = ALL[4]!;
    const spot = { ...node, purchase: "spot", zone: "eu-west-1b", clusterId } as const;
    const before = aws.requests.length;
    expect((await prices?.quote(spot, ctx()))?.known).toBe(true);
    const asked = aws.requests.slice(before).filter(({ action }) => action === "ec2:DescribeSpotPriceHistory");
    expect(asked.map(({ scope }) => scope)).toEqual([second]);
    expect(prices?.perCluster).toBe(true);
  });

  test("where that account's role may not ask, the region's dearest zone is the price", async () => {
    const arn = ROLE_IN_SECOND.roleArn;
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { roles: [{ arn, allow: ["eks:*"] }] });
    const { prices } = aProvider({ emulator });
    const spot = { ...node, purchase: "spot", zone: "eu-west-1b", clusterId: ALL[4]! } as const;
    expect(await prices?.quote(spot, ctx())).toMatchObject({ microUsd: 71_000, source: "aws-spot-history" });
    const match = { action: "ec2:DescribeSpotPriceHistory", scope: second };
    aws.faults.add({ match, times: Infinity, action: FORBIDDEN_ABOVE });
    expect(await aProvider().prices?.quote(spot, ctx())).toMatchObject({ microUsd: 71_000 });
  });

  test("bare metal has a price; what is paid ahead, or in a world without lists, has none", async () => {
    const metal = { region: "eu-west-1", instanceType: "m5.metal", cores: 96, memoryGib: 384 };
    await using emulator = await startAwsEmulator({
      ...SAMPLE_AWS_CLOUD,
      prices: [{ ...metal, onDemandPerHour: 5_136_000 }],
    });
    const { prices } = aProvider({ emulator });
    const quote = (change: object) => prices?.quote({ ...node, purchase: "onDemand", ...change }, ctx());
    expect(await quote({ instanceType: "m5.metal" })).toMatchObject({ microUsd: 5_136_000, source: "aws-pricing" });
    expect(await quote({ purchase: "unknown" })).toMatchObject({ known: false });
    expect(await quote({ region: "us-gov-west-1" })).toMatchObject({ known: false });
    const gov = { kind: "controlPlane", provider: "aws", region: "us-gov-west-1" } as const;
    expect(await prices?.quote(gov, ctx())).toMatchObject({
      known: false,
      reason: expect.stringContaining("list API"),
    });
  });

  test("an answer is kept: asking again costs no call", async () => {
    const { prices } = aProvider();
    await prices?.quote({ ...node, purchase: "onDemand" }, ctx());
    const before = aws.requests.length;
    await prices?.quote({ ...node, purchase: "onDemand" }, ctx());
    expect(aws.requests.length).toBe(before);
  });

  test("where the list may not be read the dated table answers, and says so; what it does not know stays unknown", async () => {
    aws.faults.add({
      match: { action: "pricing:GetProducts" },
      times: Infinity,
      action: { kind: "status", status: 403 },
    });
    const { prices } = aProvider();
    expect(await prices?.quote({ ...node, purchase: "onDemand" }, ctx())).toMatchObject({
      microUsd: 214_000,
      source: "aws-fallback-2026-11-01",
    });
    expect(await prices?.quote({ ...node, instanceType: "zz9.mega", purchase: "onDemand" }, ctx())).toMatchObject({
      known: false,
    });
  });

  test("without the right to the defaults, the account's own limits are told", async () => {
    await using own = await startAwsEmulator(SAMPLE_AWS_CLOUD);
    own.faults.add({
      match: { action: "servicequotas:ListAWSDefaultServiceQuotas" },
      times: Infinity,
      action: { kind: "status", status: 403 },
    });
    const quotas = await aProvider({ emulator: own }).quotas?.list({ scope: main, region: "eu-west-1" }, ctx());
    expect(quotas?.length).toBe(8);
  });

  test("quotas of the account and region, over pages, with no use that nobody told", async () => {
    await using emulator = await startAwsEmulator(SAMPLE_AWS_CLOUD, { pageSizeMax: 2 });
    const quotas = await aProvider({ emulator }).quotas?.list({ scope: main, region: "eu-west-1" }, ctx());
    expect(quotas?.length).toBe(10);
    expect(quotas?.find(({ metric }) => metric.startsWith("L-1216C47A"))).toMatchObject({
      family: "ec2",
      limit: 640,
      used: null,
    });
    // Nobody asked for another one, so it is among the defaults alone.
    expect(quotas?.filter(({ metric }) => metric.startsWith("L-407747CB"))).toMatchObject([{ limit: 200 }]);
  });
});
