import { formatClusterId } from "@flotilla/core";
import { cloudProviderConformance, conformanceTitle } from "@flotilla/testing";
import { afterAll, beforeAll, test } from "vitest";
import { createAzureProvider } from "./provider.ts";
import {
  type AzureEmulator,
  SAMPLE_AZURE_SUBSCRIPTIONS,
  SAMPLE_AZURE_CLOUD,
  startAzureEmulator,
} from "./testing/index.ts";

const { main } = SAMPLE_AZURE_SUBSCRIPTIONS;
let azure: AzureEmulator;

beforeAll(async () => {
  // Small pages, so that every list has several.
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
});
afterAll(() => azure.close());

const create = async (subscriptions?: readonly string[]) =>
  createAzureProvider(
    { name: "azure", options: { endpoint: azure.url, ...(subscriptions === undefined ? {} : { subscriptions }) } },
    { credential: azure.credential },
  );

for (const { name, skip, run } of cloudProviderConformance({
  create: () => create([main]),
  createWithGap: () => create(),
  capabilities: ["prices", "quotas"],
  absent: { id: formatClusterId({ provider: "azure", scope: main, group: "dev", name: "absent" }) },
  priced: {
    kind: "node",
    provider: "azure",
    region: "westeurope",
    instanceType: "Standard_D4s_v5",
    purchase: "onDemand",
  },
})) {
  test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
}
