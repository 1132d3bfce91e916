import { readFile } from "node:fs/promises";
import path from "node:path";
import { createCallPolicy, systemClock, systemRandom } from "@flotilla/core";
import { cloudProviderConformance } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createGcpProvider } from "./provider.ts";
import { SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./testing/index.ts";

const { main } = SAMPLE_GCP_PROJECTS;
const ROLE = path.resolve(import.meta.dirname, "../../../docs/permissions/gcp-role.yaml");
/** The price list is public: any account with the API switched on may read it. Source: Cloud Billing Catalog, services.skus.list. */
const NEEDS_NO_RIGHT: readonly string[] = ["cloudbilling.services.skus.list"];
/** Asked by the DNS endpoint of a cluster, which is no API and not emulated. Source: GKE, DNS-based endpoint. */
const AT_THE_CLUSTER: readonly string[] = ["container.clusters.connect"];
const NODE = { kind: "node", provider: "gcp", region: "europe-west1", instanceType: "n2-standard-4" } as const;
const ctx = () => ({ signal: AbortSignal.timeout(30_000) });

async function granted(): Promise<readonly string[]> {
  const text = await readFile(ROLE, "utf8");
  return [...text.matchAll(/^ {2}- (\S+)$/gm)].flatMap(([, permission = ""]) => permission).sort();
}

test("the role grants what the provider calls, and nothing more", async () => {
  const role = await granted();
  const token = { value: "ya29.reader", account: "reader@example.com", allow: [...role, ...NEEDS_NO_RIGHT] };
  await using gcp = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens: [token] });
  const create = async () =>
    createGcpProvider(
      { name: "test", options: { endpoint: gcp.url, credentials: { tokenEnv: "TOKEN" } } },
      {
        env: { TOKEN: gcp.token },
        policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      },
    );
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
  const needed = [...called.filter((action) => !NEEDS_NO_RIGHT.includes(action)), ...AT_THE_CLUSTER];
  expect(needed.sort()).toEqual(role);
});
