import { readFile } from "node:fs/promises";
import path from "node:path";
import { createCallPolicy, formatClusterId, systemClock, systemRandom } from "@flotilla/core";
import { cloudProviderConformance } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createAzureProvider } from "./provider.ts";
import { SAMPLE_AZURE_CLOUD, SAMPLE_AZURE_SUBSCRIPTIONS, startAzureEmulator } from "./testing/index.ts";

const { main } = SAMPLE_AZURE_SUBSCRIPTIONS;
const ROLE = path.resolve(import.meta.dirname, "../../../docs/permissions/azure-role.json");
const NODE = { kind: "node", provider: "azure", region: "westeurope", instanceType: "Standard_D4s_v5" } as const;
const ctx = () => ({ signal: AbortSignal.timeout(30_000) });

test("the role grants what the provider calls, and nothing more", async () => {
  await using azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
  const create = async () =>
    createAzureProvider(
      { name: "azure", options: { endpoint: azure.url } },
      {
        credential: azure.credential,
        policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      },
    );
  const kit = cloudProviderConformance({
    create,
    createWithGap: create,
    capabilities: ["prices", "quotas"],
    absent: { id: formatClusterId({ provider: "azure", scope: main, group: "dev", name: "absent" }) },
    priced: { ...NODE, purchase: "onDemand" },
  });
  for (const { skip, run } of kit) if (skip === undefined) await run(ctx());
  const provider = await create();
  for (const name of ["prod", "local"]) {
    await provider.credentials.connect({ id: `azure/${main}/prod-rg/${name}` }, ctx());
  }
  const spot = await provider.prices?.quote({ ...NODE, purchase: "spot" }, ctx());
  expect(spot?.known).toBe(true);
  expect(await provider.quotas?.list({ scope: main, region: "westeurope" }, ctx())).not.toEqual([]);

  const role = JSON.parse(await readFile(ROLE, "utf8")) as { readonly Actions: readonly string[] };
  // The price list is public: no action of Resource Manager's, which all have a slash.
  const called = new Set(azure.requests.map(({ action }) => action).filter((action) => action.includes("/")));
  expect([...called].sort()).toEqual(role.Actions.toSorted());
});
