import {
  DescribeInstancesCommand,
  DescribeRegionsCommand,
  DescribeSubnetsCommand,
  EC2Client,
} from "@aws-sdk/client-ec2";
import {
  DescribeClusterCommand,
  DescribeNodegroupCommand,
  EKSClient,
  ListAddonsCommand,
  ListClustersCommand,
} from "@aws-sdk/client-eks";
import { ListAccountsCommand, OrganizationsClient } from "@aws-sdk/client-organizations";
import { DescribeServicesCommand, GetProductsCommand, PricingClient } from "@aws-sdk/client-pricing";
import {
  GetServiceQuotaCommand,
  ListAWSDefaultServiceQuotasCommand,
  ListServiceQuotasCommand,
  ServiceQuotasClient,
} from "@aws-sdk/client-service-quotas";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mintEksToken } from "../eks-token.ts";
import { SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD } from "./sample-cloud.ts";
import { type AwsEmulator, startAwsEmulator } from "./start-aws-emulator.ts";

const { main, second } = SAMPLE_AWS_ACCOUNTS;

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator(SAMPLE_AWS_CLOUD, { consistencyMs: 5000 });
});
afterAll(() => aws.close());

interface HttpRequest {
  path: string;
  headers: Record<string, string>;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const config = (region = "eu-west-1", credentials: Keys = aws.credentials, clockOffsetMs = 0) => ({
  region,
  endpoint: aws.url,
  credentials: { ...credentials },
  maxAttempts: 1,
  systemClockOffset: clockOffsetMs,
});

/** `Name status` of the error of a call; `ok` where there is none. */
async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    const { name, $metadata } = error as {
      readonly name: string;
      readonly $metadata?: { readonly httpStatusCode?: number };
    };
    return `${name} ${$metadata?.httpStatusCode}`;
  }
}

describe("signatures", () => {
  test("an unsigned request gets nowhere", async () => {
    const answer = await fetch(`${aws.url}/clusters`);
    expect([answer.status, answer.headers.get("x-amzn-errortype")]).toEqual([
      403,
      "MissingAuthenticationTokenException",
    ]);
  });

  test("who has not signed is told in the form that was spoken, whatever the service", async () => {
    const post = async (headers: Readonly<Record<string, string>>, body: string): Promise<string> => {
      const answer = await fetch(aws.url, { method: "POST", headers, body });
      return `${answer.status} ${answer.headers.get("content-type")} ${await answer.text()}`;
    };
    const form = { "content-type": "application/x-www-form-urlencoded" };
    for (const action of ["DescribeRegions&Version=2016-11-15", "GetCallerIdentity&Version=2011-06-15"]) {
      expect(await post(form, `Action=${action}`)).toMatch(
        /^403 text\/xml.*<ErrorResponse.*<Code>MissingAuthenticationToken<\/Code>/s,
      );
    }
    const json = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSPriceListService.GetProducts" };
    expect(await post(json, "{}")).toMatch(
      /^400 application\/x-amz-json-1\.1 \{"__type":"MissingAuthenticationTokenException"/,
    );
  });

  test("services that are not here refuse in the form that was spoken", async () => {
    const ask = async (service: string, init: RequestInit, path = "/"): Promise<string> => {
      const scope = `AKIAEXAMPLE/20260101/us-east-1/${service}/aws4_request`;
      const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=${"0".repeat(64)}`;
      const headers = { ...(init.headers as Readonly<Record<string, string>>), authorization };
      const answer = await fetch(`${aws.url}${path}`, { ...init, headers });
      return `${answer.status} ${answer.headers.get("x-amzn-errortype")} ${await answer.text()}`;
    };
    const form = { "content-type": "application/x-www-form-urlencoded" };
    for (const service of ["iam", "autoscaling", "elasticloadbalancing"]) {
      const body = "Action=ListThings&Version=2010-05-08";
      expect(await ask(service, { method: "POST", headers: form, body })).toMatch(
        /^400 null .*<ErrorResponse.*<Code>InvalidAction<\/Code>.*ListThings/s,
      );
    }
    const json = { "content-type": "application/x-amz-json-1.1", "x-amz-target": "Logs_20140328.DescribeLogGroups" };
    expect(await ask("logs", { method: "POST", headers: json, body: "{}" })).toMatch(
      /^400 null \{"__type":"UnknownOperationException"/,
    );
    expect(await ask("lambda", {}, "/2015-03-31/functions")).toMatch(/^404 UnknownOperationException /);
  });

  test.each([
    [
      "a wrong secret",
      { secretAccessKey: "wrong" },
      [
        "InvalidSignatureException 403",
        "AuthFailure 401",
        "SignatureDoesNotMatch 403",
        "InvalidSignatureException 400",
      ],
    ],
    [
      "an unknown key",
      { accessKeyId: "AKIAUNKNOWN" },
      [
        "UnrecognizedClientException 403",
        "AuthFailure 401",
        "InvalidClientTokenId 403",
        "UnrecognizedClientException 400",
      ],
    ],
    [
      "a token that is none",
      { sessionToken: "none" },
      [
        "UnrecognizedClientException 403",
        "AuthFailure 401",
        "InvalidClientTokenId 403",
        "UnrecognizedClientException 400",
      ],
    ],
  ])("%s is refused in each protocol's own words", async (_name, wrong, codes) => {
    const keys = { ...aws.credentials, ...wrong };
    expect([
      await codeOf(new EKSClient(config("eu-west-1", keys)).send(new ListClustersCommand({}))),
      await codeOf(new EC2Client(config("eu-west-1", keys)).send(new DescribeRegionsCommand({}))),
      await codeOf(new STSClient(config("eu-west-1", keys)).send(new GetCallerIdentityCommand({}))),
      await codeOf(new PricingClient(config("us-east-1", keys)).send(new DescribeServicesCommand({}))),
    ]).toEqual(codes);
  });

  test.each([
    [4 * 60_000, "ok", "ok"],
    [6 * 60_000, "InvalidSignatureException 403", "RequestExpired 400"],
    [-6 * 60_000, "InvalidSignatureException 403", "RequestExpired 400"],
  ])("a client whose clock is off by %d ms", async (offsetMs, eks, ec2) => {
    expect(
      await codeOf(new EKSClient(config("eu-west-1", aws.credentials, offsetMs)).send(new ListClustersCommand({}))),
    ).toBe(eks);
    expect(
      await codeOf(new EC2Client(config("eu-west-1", aws.credentials, offsetMs)).send(new DescribeRegionsCommand({}))),
    ).toBe(ec2);
  });

  test("what was changed after signing is found out: path, query, body, headers", async () => {
    const tampered = (
      change: (request: {
        path: string;
        query: Record<string, string>;
        body?: unknown;
        headers: Record<string, string>;
      }) => void,
    ) => {
      const client = new EKSClient(config());
      client.middlewareStack.add(
        (next) => (args) => {
          change(args.request as never);
          return next(args);
        },
        { step: "finalizeRequest", priority: "low", name: "tamper" },
      );
      return codeOf(client.send(new ListClustersCommand({ maxResults: 5 })));
    };
    expect(await tampered(() => undefined)).toBe("ok");
    expect(await tampered((request) => (request.path = "/clusters/prod"))).toBe("InvalidSignatureException 403");
    expect(await tampered((request) => (request.query = { maxResults: "6" }))).toBe("InvalidSignatureException 403");
    const sts = new STSClient(config());
    sts.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string };
        request.body = request.body.replace("2011-06-15", "2011-06-16");
        return next(args);
      },
      { step: "finalizeRequest", priority: "low", name: "tamper" },
    );
    expect(await codeOf(sts.send(new GetCallerIdentityCommand({})))).toBe("SignatureDoesNotMatch 403");
    expect(await tampered((request) => (request.headers["x-amz-date"] = "20260101T000000Z"))).toBe(
      "InvalidSignatureException 403",
    );
  });

  test("a scope of a region or a service that is not asked", async () => {
    expect(await codeOf(new EKSClient(config("eu-moon-1")).send(new ListClustersCommand({})))).toBe(
      "InvalidSignatureException 403",
    );
    expect(await codeOf(new PricingClient(config("eu-west-1")).send(new DescribeServicesCommand({})))).toBe(
      "InvalidSignatureException 400",
    );
  });

  test("a role's keys work where the role is, end with their hour, and are nothing without their token", async () => {
    const role = `arn:aws:iam::${second}:role/flotilla`;
    const { Credentials } = await new STSClient(config()).send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "abc" }),
    );
    const keys: Keys = {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    };
    const list = (client: EKSClient) => client.send(new ListClustersCommand({}));
    expect((await list(new EKSClient(config("eu-central-1", keys)))).clusters).toEqual(["shop"]);
    const { sessionToken: _dropped, ...bare } = keys;
    expect(await codeOf(list(new EKSClient(config("eu-central-1", bare))))).toBe("UnrecognizedClientException 403");
    aws.clock.advance(3_601_000);
    expect(await codeOf(list(new EKSClient(config("eu-central-1", keys, 3_601_000))))).toBe(
      "ExpiredTokenException 403",
    );
    expect(
      await codeOf(new EC2Client(config("eu-central-1", keys, 3_601_000)).send(new DescribeRegionsCommand({}))),
    ).toBe("RequestExpired 400");
    aws.clock.advance(-3_601_000);
  });
});

describe("what is not known is refused in the service's own words", () => {
  test("EKS", async () => {
    const eks = new EKSClient(config());
    expect([
      await codeOf(eks.send(new DescribeClusterCommand({ name: "absent" }))),
      await codeOf(eks.send(new DescribeNodegroupCommand({ clusterName: "prod", nodegroupName: "absent" }))),
      await codeOf(eks.send(new DescribeNodegroupCommand({ clusterName: "absent", nodegroupName: "general" }))),
      await codeOf(eks.send(new ListClustersCommand({ maxResults: 101 }))),
      await codeOf(eks.send(new ListClustersCommand({ maxResults: 0 }))),
      await codeOf(eks.send(new ListClustersCommand({ include: ["some"] }))),
      await codeOf(eks.send(new ListClustersCommand({ nextToken: "invented" }))),
      await codeOf(eks.send(new ListAddonsCommand({ clusterName: "prod" }))),
    ]).toEqual([
      "ResourceNotFoundException 404",
      "ResourceNotFoundException 404",
      "ResourceNotFoundException 404",
      "InvalidParameterException 400",
      "InvalidParameterException 400",
      "InvalidParameterException 400",
      "InvalidParameterException 400",
      "UnknownOperationException 404",
    ]);
  });

  test("EC2", async () => {
    const ec2 = new EC2Client(config());
    expect([
      await codeOf(ec2.send(new DescribeInstancesCommand({}))),
      await codeOf(ec2.send(new DescribeRegionsCommand({ DryRun: true }))),
      await codeOf(ec2.send(new DescribeRegionsCommand({ RegionNames: ["eu-moon-1"] }))),
      await codeOf(ec2.send(new DescribeSubnetsCommand({ SubnetIds: ["subnet-1"] }))),
      await codeOf(ec2.send(new DescribeSubnetsCommand({ Filters: [{ Name: "colour", Values: ["red"] }] }))),
      await codeOf(ec2.send(new DescribeSubnetsCommand({ MaxResults: 4 }))),
      await codeOf(ec2.send(new DescribeSubnetsCommand({ NextToken: "invented" }))),
    ]).toEqual([
      "InvalidAction 400",
      "DryRunOperation 412",
      "InvalidParameterValue 400",
      "InvalidSubnetID.NotFound 400",
      "InvalidParameterValue 400",
      "InvalidParameterValue 400",
      "InvalidNextToken 400",
    ]);
  });

  test("STS, Pricing, Service Quotas and Organizations", async () => {
    const sts = new STSClient(config());
    const pricing = new PricingClient(config("us-east-1"));
    const quotas = new ServiceQuotasClient(config());
    const RoleArn = `arn:aws:iam::${second}:role/flotilla`;
    const wrongType = { Type: "LIKE" as "TERM_MATCH", Field: "a", Value: "b" };
    expect([
      await codeOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "a b" }))),
      await codeOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "ab", DurationSeconds: 60 }))),
      await codeOf(sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "ab", SourceIdentity: "x" }))),
      await codeOf(pricing.send(new GetProductsCommand({ ServiceCode: "AmazonMoon" }))),
      await codeOf(pricing.send(new GetProductsCommand({ ServiceCode: "AmazonEC2", Filters: [wrongType] }))),
      await codeOf(pricing.send(new GetProductsCommand({ ServiceCode: "AmazonEC2", MaxResults: 101 }))),
      await codeOf(quotas.send(new ListServiceQuotasCommand({ ServiceCode: "moon" }))),
      await codeOf(quotas.send(new GetServiceQuotaCommand({ ServiceCode: "ec2", QuotaCode: "L-0" }))),
      await codeOf(new OrganizationsClient(config()).send(new ListAccountsCommand({ NextToken: "invented" }))),
    ]).toEqual([
      "ValidationError 400",
      "ValidationError 400",
      "ValidationError 400",
      "InvalidParameterException 400",
      "ValidationException 400",
      "InvalidParameterException 400",
      "NoSuchResourceException 400",
      "NoSuchResourceException 400",
      "InvalidInputException 400",
    ]);
  });
});

test("China has a price list of its own, in its own currency", async () => {
  const [home, machine] = ["cn-northwest-1", { instanceType: "m5.large", cores: 2, memoryGib: 8 }];
  const regions = ["us-east-1", "eu-west-1", home].map((name) => ({ name }));
  await using emulator = await startAwsEmulator({
    scopes: [{ id: main, regions }],
    clusters: [],
    prices: ["cn-north-1", "eu-west-1"].map((region) => ({ ...machine, region, onDemandPerHour: 96_000 })),
  });
  const units = async (region: string): Promise<ReadonlySet<string>> => {
    const client = new PricingClient({ ...config(region), endpoint: emulator.url, credentials: emulator.credentials });
    const { PriceList = [] } = await client.send(new GetProductsCommand({ ServiceCode: "AmazonEC2" }));
    const text = PriceList.join(" ");
    return new Set(
      [...text.matchAll(/"regionCode":"([\w-]+)"|"(USD|CNY)":/g)].map(([, code, unit]) => code ?? unit ?? ""),
    );
  };
  expect(await units(home)).toEqual(new Set(["cn-north-1", "CNY"]));
  expect(await units("us-east-1")).toEqual(new Set(["eu-west-1", "USD"]));
});

test("a limit that nobody changed may be among the defaults alone", async () => {
  const quotas = new ServiceQuotasClient(config());
  const codes = async (command: ListServiceQuotasCommand | ListAWSDefaultServiceQuotasCommand) =>
    (await quotas.send(command)).Quotas?.map(({ QuotaCode }) => QuotaCode);
  expect(await codes(new ListServiceQuotasCommand({ ServiceCode: "vpc" }))).toEqual(["L-F678F1CE"]);
  const all = await codes(new ListAWSDefaultServiceQuotasCommand({ ServiceCode: "vpc" }));
  expect(all).toEqual(["L-F678F1CE", "L-407747CB"]);
  expect(await codeOf(quotas.send(new GetServiceQuotaCommand({ ServiceCode: "vpc", QuotaCode: "L-407747CB" })))).toBe(
    "NoSuchResourceException 400",
  );
});

test("a request of another protocol, or to another path, is none of the service's", async () => {
  const asked = (client: EC2Client | PricingClient, change: (request: HttpRequest) => void) => {
    (client.middlewareStack as EC2Client["middlewareStack"]).add(
      (next) => (args) => {
        change(args.request as HttpRequest);
        return next(args);
      },
      { step: "build", priority: "low", name: "change" },
    );
    return client instanceof EC2Client
      ? codeOf(client.send(new DescribeRegionsCommand({})))
      : codeOf(client.send(new DescribeServicesCommand({})));
  };
  const plain = (request: HttpRequest) => (request.headers["content-type"] = "application/json");
  const elsewhere = (request: HttpRequest) => (request.path = "/elsewhere");
  expect([
    await asked(new PricingClient(config("us-east-1")), () => undefined),
    await asked(new PricingClient(config("us-east-1")), plain),
    await asked(new PricingClient(config("us-east-1")), elsewhere),
    await asked(new EC2Client(config()), plain),
    await asked(new EC2Client(config()), elsewhere),
  ]).toEqual([
    "ok",
    "UnknownOperationException 400",
    "UnknownOperationException 400",
    "InvalidAction 400",
    "InvalidAction 400",
  ]);
});

test("the same description gives the same answers, ids and keys on another run", async () => {
  await using other = await startAwsEmulator(SAMPLE_AWS_CLOUD);
  expect(other.credentials).toEqual(aws.credentials);
  const ask = (endpoint: string) =>
    new EKSClient({ ...config(), endpoint }).send(new DescribeClusterCommand({ name: "prod" }));
  expect((await ask(other.url)).cluster).toEqual((await ask(aws.url)).cluster);
});

test("a cluster that was just made is described at once and listed after the window", async () => {
  const eks = new EKSClient(config("ap-south-1"));
  aws.fleet.put({ scope: main, region: "ap-south-1", name: "fresh", version: "1.35", pools: [] });
  expect((await eks.send(new DescribeClusterCommand({ name: "fresh" }))).cluster?.status).toBe("ACTIVE");
  expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual([]);
  aws.clock.advance(5000);
  expect((await eks.send(new ListClustersCommand({}))).clusters).toEqual(["fresh"]);
  aws.fleet.remove({ scope: main, region: "ap-south-1", name: "fresh" });
  aws.clock.advance(-5000);
});

describe("EKS tokens", () => {
  const mint = (clusterName: string, keys: Keys = aws.credentials) =>
    mintEksToken({ clusterName, region: "eu-west-1", keys, nowMs: aws.clock.nowMs() });
  const changed = async (change: (url: URL) => void): Promise<string> => {
    const { value } = await mint("prod");
    const url = new URL(Buffer.from(value.replace("k8s-aws-v1.", ""), "base64url").toString());
    change(url);
    const answer = aws.verifyEksToken(`k8s-aws-v1.${Buffer.from(url.href).toString("base64url")}`, "prod");
    return answer.ok ? answer.arn : answer.reason;
  };

  test("the rules of the real verifier, each by itself", async () => {
    expect(await changed(() => undefined)).toBe(`arn:aws:iam::${main}:user/flotilla`);
    expect(await changed((url) => (url.protocol = "http:"))).toMatch(/scheme/);
    expect(await changed((url) => (url.host = "sts.evil.example"))).toMatch(/hostname/);
    expect(await changed((url) => (url.pathname = "/x"))).toMatch(/path/);
    expect(await changed((url) => url.searchParams.set("Action", "AssumeRole"))).toMatch(/action/);
    expect(await changed((url) => url.searchParams.append("Action", "GetCallerIdentity"))).toMatch(/multiple values/);
    expect(await changed((url) => url.searchParams.set("RoleArn", "x"))).toMatch(/whitelisted/);
    expect(await changed((url) => url.searchParams.set("X-Amz-SignedHeaders", "host"))).toMatch(/did not sign/);
    expect(await changed((url) => url.searchParams.set("X-Amz-Expires", "901"))).toMatch(/X-Amz-Expires/);
    expect(await changed((url) => url.searchParams.set("X-Amz-Expires", "61"))).toMatch(/badSignature/);
    expect(await changed((url) => (url.host = "sts.us-east-1.amazonaws.com"))).toMatch(/badSignature/);
  });

  test("a token of unknown keys, of another cluster, of none, or too long is none", async () => {
    const { value } = await mint("prod", { accessKeyId: "AKIAUNKNOWN", secretAccessKey: "x" });
    expect(aws.verifyEksToken(value, "prod")).toEqual({ ok: false, reason: "STS refused the token: unknownKey" });
    expect(aws.verifyEksToken((await mint("prod")).value, "dev")).toMatchObject({ ok: false });
    expect(aws.verifyEksToken("k8s-aws-v1.bm9uZQ", "prod").ok).toBe(false);
    expect(aws.verifyEksToken("Bearer x", "prod").ok).toBe(false);
    expect(aws.verifyEksToken(`k8s-aws-v1.${"a".repeat(5000)}`, "prod")).toEqual({
      ok: false,
      reason: "token is too large",
    });
  });

  test("the presigned request itself is answered, for the real host's name, in JSON as the authenticator asks", async () => {
    const { value } = await mint("prod");
    const url = new URL(Buffer.from(value.replace("k8s-aws-v1.", ""), "base64url").toString());
    const { promise, resolve } = Promise.withResolvers<string>();
    const { request } = await import("node:http");
    const { hostname, port } = new URL(aws.url);
    const headers = { host: url.host, "x-k8s-aws-id": "prod", accept: "application/json" };
    request({ hostname, port, path: `${url.pathname}${url.search}`, headers }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => (text += chunk.toString())).on("end", () => resolve(text));
    }).end();
    expect(JSON.parse(await promise)).toMatchObject({
      GetCallerIdentityResponse: {
        GetCallerIdentityResult: { Account: main, Arn: `arn:aws:iam::${main}:user/flotilla` },
      },
    });
  });
});
