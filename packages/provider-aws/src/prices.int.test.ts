import { createCallPolicy, type Offering, type Price, systemClock, systemRandom } from "@flotilla/core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createAwsProvider } from "./provider.ts";
import { type AwsEmulator, SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD, startAwsEmulator } from "./testing/index.ts";

const { main } = SAMPLE_AWS_ACCOUNTS;
const CHINA = "cn-north-1";
const NODE = { kind: "node", provider: "aws", region: "eu-west-1", instanceType: "m5.xlarge" } as const;

let aws: AwsEmulator;
beforeAll(async () => {
  aws = await startAwsEmulator({
    ...SAMPLE_AWS_CLOUD,
    scopes: [
      {
        id: main,
        regions: [{ name: "eu-west-1" }, { name: "us-east-1" }, { name: CHINA }, { name: "cn-northwest-1" }],
      },
    ],
    prices: [
      ...(SAMPLE_AWS_CLOUD.prices ?? []),
      {
        region: CHINA,
        instanceType: "m5.xlarge",
        cores: 4,
        memoryGib: 16,
        onDemandPerHour: 2_500_000,
        spotPerHour: 600_000,
      },
    ],
    controlPlanes: [...(SAMPLE_AWS_CLOUD.controlPlanes ?? []), { region: CHINA, perHour: 688_000 }],
  });
});
afterEach(() => aws.faults.clear());
afterAll(() => aws.close());

async function quote(offering: Offering): Promise<Price | undefined> {
  const provider = createAwsProvider(
    { name: "main", options: { endpoint: aws.url } },
    {
      credentials: async () => aws.credentials,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
    },
  );
  return provider.prices?.quote(offering, { signal: AbortSignal.timeout(20_000) });
}

test.each<readonly [string, Offering]>([
  ["on demand", { ...NODE, region: CHINA, purchase: "onDemand" }],
  ["spot", { ...NODE, region: CHINA, purchase: "spot" }],
  ["control plane", { kind: "controlPlane", provider: "aws", region: CHINA }],
  ["sovereign", { ...NODE, region: "eusc-de-east-1", purchase: "spot" }],
])("what is not billed in dollars has no price: %s", async (_name, offering) => {
  const before = aws.requests.length;
  const currency = offering.region === CHINA ? "CNY" : "EUR";
  expect(await quote(offering)).toMatchObject({ known: false, reason: expect.stringContaining(currency) });
  expect(aws.requests.length).toBe(before);
});

describe("what the node's labels say of its price", () => {
  const windows = { nodeLabels: { "kubernetes.io/os": "windows" } };

  test("Windows is on the list and in the spot history as itself", async () => {
    const onDemand = await quote({ ...NODE, ...windows, purchase: "onDemand" });
    expect(onDemand).toMatchObject({ microUsd: 429_000, source: "aws-pricing" });
    const spot = await quote({ ...NODE, ...windows, purchase: "spot" });
    expect(spot).toMatchObject({ microUsd: 142_000, source: "aws-spot-history" });
    const linux = { nodeLabels: { "kubernetes.io/os": "linux" } };
    expect(await quote({ ...NODE, ...linux, purchase: "onDemand" })).toMatchObject({ microUsd: 214_500 });
    expect(await quote({ ...NODE, ...linux, purchase: "spot" })).toMatchObject({ microUsd: 71_000 });
  });

  test("the dated table of Linux does not stand in for Windows", async () => {
    const match = { action: "pricing:GetProducts" };
    aws.faults.add({ match, times: Infinity, action: { kind: "status", status: 403 } });
    expect(await quote({ ...NODE, ...windows, purchase: "onDemand" })).toMatchObject({ known: false });
  });

  test.each([
    ["auto", /Auto Mode.*price file/],
    ["fargate", /Fargate.*price file/],
  ])("compute of type %s is not sold by the machine's price alone", async (type, reason) => {
    const nodeLabels = { "eks.amazonaws.com/compute-type": type };
    for (const purchase of ["onDemand", "spot"] as const) {
      const price = await quote({ ...NODE, nodeLabels, purchase });
      expect(price).toMatchObject({ known: false, reason: expect.stringMatching(reason) });
    }
    const nameless = await quote({ ...NODE, instanceType: null, nodeLabels, purchase: "unknown" });
    expect(nameless).toMatchObject({ reason: expect.stringMatching(reason) });
  });
});

test.each([
  [["0.0000000000", "0.2140000000"], 214_000],
  [["0.2140000000", "0.0000000000"], 214_000],
  [["0.2000000000", "0.2140000000"], 214_000],
  [["0.2140000000", "0.2000000000"], 214_000],
])("of the lines of one machine (%j) none that is zero counts, in whatever order", async (amounts, microUsd) => {
  const products = amounts.map((USD, index) =>
    JSON.stringify({
      product: { attributes: { usagetype: `EU-BoxUsage:m5.xlarge${index}` } },
      terms: { OnDemand: { term: { priceDimensions: { rate: { unit: "Hrs", pricePerUnit: { USD } } } } } },
    }),
  );
  const body = JSON.stringify({ FormatVersion: "aws_v1", PriceList: products });
  const headers = { "content-type": "application/x-amz-json-1.1" };
  const match = { action: "pricing:GetProducts" };
  aws.faults.add({ match, times: Infinity, action: { kind: "status", status: 200, headers, body } });
  expect(await quote({ ...NODE, purchase: "onDemand" })).toMatchObject({ microUsd, source: "aws-pricing" });
});
