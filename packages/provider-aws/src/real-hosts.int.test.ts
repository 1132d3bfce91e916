import { createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { afterEach, expect, test, vi } from "vitest";
import type { AwsSession } from "./aws-session.ts";
import { openEc2Client } from "./ec2-client.ts";
import { openEksClient } from "./eks-client.ts";
import { openSession } from "./open-session.ts";
import { openOrganizationsClient } from "./organizations-client.ts";
import { partitionOf } from "./partition.ts";
import { openPricingClient } from "./pricing-client.ts";
import { openQuotasClient } from "./quotas-client.ts";
import { openStsClient } from "./sts-client.ts";

afterEach(() => void vi.unstubAllEnvs());

const signal = AbortSignal.timeout(20_000);

/** Where each client would go without any override. Nothing is sent: the hook stops it, after the hosts were checked. */
async function hostsIn(region: string): Promise<readonly string[]> {
  const hosts: string[] = [];
  const session = await openSession(
    {},
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" }),
      onRequest({ host }) {
        hosts.push(host);
        throw new Error("far enough");
      },
    },
  );
  for (const call of callsIn(session, region)) await call().catch(() => undefined);
  return hosts;
}

function callsIn(session: AwsSession, region: string): readonly (() => Promise<unknown>)[] {
  const place = { region };
  const { pricingRegion } = partitionOf(region);
  return [
    async () => (await openEksClient(session, place)).listClusters(undefined, { signal }),
    async () => (await openEc2Client(session, place)).describeRegions({ signal }),
    async () => (await openStsClient(session, place)).callerAccount({ signal }),
    async () => (await openQuotasClient(session, place)).listServiceQuotas("ec2", undefined, { signal }),
    async () => (await openOrganizationsClient(session, place)).listAccounts(undefined, { signal }),
    ...(pricingRegion === undefined
      ? []
      : [async () => (await openPricingClient(session, pricingRegion)).hourlyPrices("AmazonEKS", {}, { signal })]),
  ];
}

const regional = (region: string, suffix: string): readonly string[] =>
  ["eks", "ec2", "sts", "servicequotas"].map((service) => `${service}.${region}.${suffix}`);

test.each([
  ["eu-west-1", "amazonaws.com", ["organizations.us-east-1.amazonaws.com", "api.pricing.us-east-1.amazonaws.com"]],
  ["mx-central-1", "amazonaws.com", ["organizations.us-east-1.amazonaws.com", "api.pricing.us-east-1.amazonaws.com"]],
  ["cn-north-1", "amazonaws.com.cn", ["organizations.cn-northwest-1.amazonaws.com.cn"]],
  ["us-gov-west-1", "amazonaws.com", ["organizations.us-gov-west-1.amazonaws.com"]],
  ["eusc-de-east-1", "amazonaws.eu", ["organizations.eusc-de-east-1.amazonaws.eu"]],
  ["us-iso-east-1", "c2s.ic.gov", ["organizations.us-iso-east-1.c2s.ic.gov"]],
  ["eu-isoe-west-1", "cloud.adc-e.uk", ["organizations.eu-isoe-west-1.cloud.adc-e.uk"]],
  ["us-isof-south-1", "csp.hci.ic.gov", ["organizations.us-isof-south-1.csp.hci.ic.gov"]],
])("in %s the SDKs go to hosts that are known", async (region, suffix, global) => {
  expect(await hostsIn(region)).toEqual([...regional(region, suffix), ...global]);
});

test.each([
  ["AWS_USE_DUALSTACK_ENDPOINT", "eu-west-1", "eks.eu-west-1.api.aws"],
  ["AWS_USE_DUALSTACK_ENDPOINT", "cn-north-1", "eks.cn-north-1.api.amazonwebservices.com.cn"],
  ["AWS_USE_FIPS_ENDPOINT", "us-east-1", "fips.eks.us-east-1.amazonaws.com"],
  ["AWS_USE_FIPS_ENDPOINT", "us-gov-west-1", "eks.us-gov-west-1.amazonaws.com"],
])("what %s says is heeded in %s: %s", async (variable, region, host) => {
  vi.stubEnv(variable, "true");
  expect(await hostsIn(region)).toContain(host);
});
