import { readFile } from "node:fs/promises";
import path from "node:path";
import { createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { cloudProviderConformance } from "@flotilla/testing";
import { expect, test } from "vitest";
import type { AwsOptions } from "./aws-options.ts";
import { createAwsProvider } from "./provider.ts";
import { type AwsEmulator, SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD, startAwsEmulator } from "./testing/index.ts";

const { main } = SAMPLE_AWS_ACCOUNTS;
const FOLDER = path.resolve(import.meta.dirname, "../../../docs/permissions");
/** Asking who one is needs no right, and no policy can take it away. Source: STS API reference, GetCallerIdentity. */
const NEEDS_NO_RIGHT = "sts:GetCallerIdentity";
const NODE = { kind: "node", provider: "aws", region: "eu-west-1", instanceType: "m5.xlarge" } as const;

interface IamPolicy {
  readonly Statement: readonly { readonly Action: readonly string[] }[];
}

async function granted(...files: readonly string[]): Promise<readonly string[]> {
  const texts = await Promise.all(files.map((file) => readFile(path.join(FOLDER, file), "utf8")));
  return texts.flatMap((text) => (JSON.parse(text) as IamPolicy).Statement.flatMap(({ Action }) => Action)).sort();
}

function aProvider(aws: AwsEmulator, options: AwsOptions) {
  return createAwsProvider(
    { name: "main", options: { endpoint: aws.url, ...options } },
    {
      credentials: async () => aws.credentials,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
    },
  );
}

/** Everything that the provider can do, by a user and roles who may do what the files grant and no more. */
async function actionsOfEverything(allow: readonly string[]): Promise<readonly string[]> {
  const roles = SAMPLE_AWS_CLOUD.scopes.map(({ id }) => ({ arn: `arn:aws:iam::${id}:role/flotilla`, allow }));
  await using aws = await startAwsEmulator(SAMPLE_AWS_CLOUD, { users: await usersOf(allow), roles });
  const kit = cloudProviderConformance({
    create: async () => aProvider(aws, { organization: { roleName: "flotilla" } }),
    createWithGap: async () => aProvider(aws, {}),
    capabilities: ["prices", "quotas"],
    absent: { id: `aws/${main}/eu-west-1/absent` },
    priced: { ...NODE, purchase: "onDemand" },
  });
  for (const { skip, run } of kit) if (skip === undefined) await run({ signal: AbortSignal.timeout(30_000) });
  const ctx = { signal: AbortSignal.timeout(30_000) };
  const provider = aProvider(aws, {});
  const spot = await provider.prices?.quote({ ...NODE, purchase: "spot" }, ctx);
  const fee = await provider.prices?.quote({ kind: "controlPlane", provider: "aws", region: "eu-west-1" }, ctx);
  expect([spot?.known, fee?.known]).toEqual([true, true]);
  expect(await provider.quotas?.list({ scope: main, region: "eu-west-1" }, ctx)).not.toEqual([]);
  // A region that a policy above the account forbids stays forbidden.
  const refused = aws.requests.filter(({ status, region }) => status === 403 && region !== "me-south-1");
  expect(refused.map(({ action }) => action)).toEqual([]);
  return [...new Set(aws.requests.map(({ action }) => action))].filter((action) => action !== NEEDS_NO_RIGHT).sort();
}

async function usersOf(allow: readonly string[]) {
  await using aws = await startAwsEmulator(SAMPLE_AWS_CLOUD);
  return [{ account: main, name: "flotilla", ...aws.credentials, allow }];
}

test("the policies grant what the provider calls, and nothing more", async () => {
  const allow = await granted("aws-discovery.json", "aws-prices.json", "aws-quotas.json", "aws-accounts.json");
  expect(await actionsOfEverything(allow)).toEqual(allow);
});

test("discovery and access need aws-discovery.json alone", async () => {
  const allow = await granted("aws-discovery.json");
  const users = await usersOf(allow);
  await using aws = await startAwsEmulator(SAMPLE_AWS_CLOUD, { users });
  const provider = aProvider(aws, {});
  const ctx = { signal: AbortSignal.timeout(30_000) };
  await Array.fromAsync(provider.discovery.discover({}, ctx));
  await provider.credentials.connect({ id: `aws/${main}/eu-west-1/prod` }, ctx);
  const actions = new Set(aws.requests.map(({ action }) => action));
  expect([...actions].filter((action) => action !== NEEDS_NO_RIGHT).sort()).toEqual(allow);
});
