import { readFile } from "node:fs/promises";
import path from "node:path";
import { type CloudProvider, createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { cloudProviderConformance } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createGcpProvider } from "./provider.ts";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./testing/index.ts";

const { main } = SAMPLE_GCP_PROJECTS;
const ROLE = path.resolve(import.meta.dirname, "../../../docs/permissions/gcp-role.yaml");
/** The price list is public: any account with the API switched on may read it. Source: Cloud Billing Catalog, services.skus.list. */
const NEEDS_NO_RIGHT: readonly string[] = ["cloudbilling.services.skus.list"];
/** Asked by the DNS endpoint of a cluster, which is no API and not emulated. Source: GKE, DNS-based endpoint. */
const AT_THE_CLUSTER: readonly string[] = ["container.clusters.connect"];
/** Asked in front of every call that names a project to be counted for. Source: Google Cloud, "Set the quota project". */
const OF_THE_QUOTA_PROJECT = "serviceusage.services.use";
const NODE = { kind: "node", provider: "gcp", region: "europe-west1", instanceType: "n2-standard-4" } as const;
const PERSON = { value: "ya29.reader", account: "reader@example.com", needsQuotaProject: true };
const ctx = () => ({ signal: AbortSignal.timeout(30_000) });

/** A provider with a person's credentials: calls without a project of their own name one. */
function providerOf(gcp: GcpEmulator): CloudProvider {
  return createGcpProvider(
    { name: "test", options: { endpoint: gcp.url, credentials: { tokenEnv: "TOKEN" } } },
    {
      env: { TOKEN: gcp.token, GOOGLE_CLOUD_QUOTA_PROJECT: main },
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
    },
  );
}

async function granted(): Promise<readonly string[]> {
  const text = await readFile(ROLE, "utf8");
  return [...text.matchAll(/^ {2}- (\S+)$/gm)].flatMap(([, permission = ""]) => permission).sort();
}

test("the role grants what the provider calls, and nothing more", async () => {
  const role = await granted();
  const token = { ...PERSON, allow: [...role, ...NEEDS_NO_RIGHT] };
  await using gcp = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens: [token] });
  const create = async () => providerOf(gcp);
  const kit = cloudProviderConformance({
    create,
    createWithGap: create,
    capabilities: ["prices", "quotas"],
    absent: { id: `gcp/${main}/europe-west1/absent` },
    priced: { ...NODE, purchase: "onDemand" },
  });
  for (const { skip, run } of kit) if (skip === undefined) await run(ctx());
  const provider = await create();
  const spot = await provider.prices?.quote({ ...NODE, purchase: "spot" }, ctx());
  expect(spot?.known).toBe(true);
  expect(await provider.quotas?.list({ scope: main, region: "europe-west1" }, ctx())).not.toEqual([]);

  // Denied for want of a right, not because the API is off.
  const { off } = SAMPLE_GCP_PROJECTS;
  const refused = gcp.requests.filter(({ status, scope }) => status === 403 && scope !== off);
  expect(refused.map(({ action }) => action)).toEqual([]);
  const called = [...new Set(gcp.requests.map(({ action }) => action))].sort();
  const ofCalls = called.filter((action) => !NEEDS_NO_RIGHT.includes(action));
  const needed = [...ofCalls, ...AT_THE_CLUSTER, OF_THE_QUOTA_PROJECT];
  expect(needed.sort()).toEqual(role);
});

test("without the right to use the quota project nothing is found, and the refusal names it", async () => {
  const rest = (await granted()).filter((permission) => permission !== OF_THE_QUOTA_PROJECT);
  const token = { ...PERSON, allow: [...rest, ...NEEDS_NO_RIGHT] };
  await using gcp = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens: [token] });
  const finding = Array.fromAsync(providerOf(gcp).discovery.discover({}, ctx()));
  await expect(finding).rejects.toThrow(new RegExp(`USER_PROJECT_DENIED.*${OF_THE_QUOTA_PROJECT}`));
});
