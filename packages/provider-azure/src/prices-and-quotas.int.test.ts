import {
  type Clock,
  type CloudProvider,
  createCallPolicy,
  type Ctx,
  isCloudError,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { AzureCredential } from "./azure-credential.ts";
import { createAzureProvider } from "./provider.ts";
import {
  type AzureEmulator,
  SAMPLE_AZURE_CLOUD,
  SAMPLE_AZURE_SUBSCRIPTIONS,
  startAzureEmulator,
} from "./testing/index.ts";

const { main } = SAMPLE_AZURE_SUBSCRIPTIONS;
const ctx = (): Ctx => ({ signal: AbortSignal.timeout(20_000) });

let azure: AzureEmulator;
beforeAll(async () => {
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { pageSizeMax: 2 });
});
afterEach(() => azure.faults.clear());
afterAll(() => azure.close());

function aProvider(input: { readonly credential?: AzureCredential; readonly clock?: Clock } = {}): CloudProvider {
  const { credential = azure.credential, clock = systemClock } = input;
  const policy = createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 });
  return createAzureProvider({ name: "main", options: { endpoint: azure.url } }, { credential, clock, policy });
}

describe("prices and quotas", () => {
  const node = { kind: "node", provider: "azure", region: "West Europe", instanceType: "Standard_D4s_v5" } as const;

  test("Linux on demand and spot out of a list that has much else", async () => {
    const prices = aProvider().prices!;
    expect(await prices.quote({ ...node, purchase: "onDemand" }, ctx())).toMatchObject({
      known: true,
      microUsd: 230_000,
      source: "azure-retail-prices",
    });
    expect(await prices.quote({ ...node, purchase: "spot" }, ctx())).toMatchObject({ microUsd: 52_300 });
    expect(await prices.quote({ ...node, purchase: "unknown" }, ctx())).toMatchObject({ known: false });
  });

  test("an answer of another shape is no empty price list", async () => {
    const prices = aProvider().prices!;
    azure.faults.add({ times: 100, action: { kind: "status", status: 200, body: '{"Items":{}}' } });
    const machine = { ...node, purchase: "onDemand" } as const;
    expect(await prices.quote(machine, ctx())).toMatchObject({ source: "azure-fallback-2026-11-01" });
    expect(await prices.quote({ ...node, purchase: "spot" }, ctx())).toMatchObject({
      known: false,
      reason: expect.stringContaining("is there a proxy?") as unknown,
    });
  });

  test("the control plane by tier; free is free", async () => {
    const prices = aProvider().prices!;
    const quote = (supportTier: string) =>
      prices.quote({ kind: "controlPlane", provider: "azure", region: "westeurope", supportTier }, ctx());
    expect(await quote("Standard")).toMatchObject({ microUsd: 100_000, source: "azure-retail-prices" });
    expect(await quote("Premium")).toMatchObject({ microUsd: 600_000, source: "azure-retail-prices" });
    expect(await quote("Free")).toMatchObject({ known: true, microUsd: 0 });
    expect(await quote("toString")).toMatchObject({ known: false });
  });

  test("a control plane without a tier is not free", async () => {
    const offering = { kind: "controlPlane", provider: "azure", region: "westeurope" } as const;
    expect(await aProvider().prices!.quote(offering, ctx())).toEqual({
      known: false,
      reason: "the tier of the control plane is unknown",
    });
  });

  test("AKS Automatic has a control plane of its own price, and nodes that cost more than their machines", async () => {
    const prices = aProvider().prices!;
    const plane = { kind: "controlPlane", provider: "azure", region: "westeurope", supportTier: "Automatic" } as const;
    expect(await prices.quote(plane, ctx())).toMatchObject({ microUsd: 160_000, source: "azure-retail-prices" });
    azure.faults.add({ times: 100, action: { kind: "html" } });
    expect(await prices.quote({ ...plane, region: "eastus" }, ctx())).toMatchObject({
      microUsd: 160_000,
      source: "azure-fallback-2026-11-01",
    });
    azure.faults.clear();
    // The answer depends on the member, so that whoever keeps answers must keep them by member.
    expect(prices.perCluster).toBe(true);
    const machine = { ...node, purchase: "onDemand" } as const;
    const member = {
      id: `azure/${main}/rg/automatic`,
      name: "automatic",
      provider: "azure",
      scope: `${main}/rg`,
      region: "westeurope",
      zones: [],
      kubernetesVersion: null,
      labels: {},
    };
    const automatic = { ...machine, cluster: { ...member, serverless: true, supportTier: "Automatic" } };
    expect(await prices.quote(automatic, ctx())).toMatchObject({
      known: false,
      reason: expect.stringContaining("surcharge per vCPU") as unknown,
    });
    // Machines that AKS provisions by itself in a cluster of the other kind have no surcharge.
    const provisioned = { ...machine, cluster: { ...member, serverless: true, supportTier: "Standard" } };
    expect(await prices.quote(provisioned, ctx())).toMatchObject({ microUsd: 230_000 });
  });

  test("Windows is priced with its licence, and never by the table for Linux", async () => {
    const prices = aProvider().prices!;
    const windows = { ...node, nodeLabels: { "kubernetes.io/os": "windows" } } as const;
    const linux = { ...node, nodeLabels: { "kubernetes.io/os": "linux" } } as const;
    const quotes = [];
    for (const purchase of ["onDemand", "spot"] as const) {
      quotes.push(
        await prices.quote({ ...windows, purchase }, ctx()),
        await prices.quote({ ...linux, purchase }, ctx()),
      );
    }
    expect(quotes).toMatchObject([
      { microUsd: 437_000 },
      { microUsd: 230_000 },
      { microUsd: 99_370 },
      { microUsd: 52_300 },
    ]);
    azure.faults.add({ times: 100, action: { kind: "html" } });
    const other = aProvider().prices!;
    expect(await other.quote({ ...linux, purchase: "onDemand" }, ctx())).toMatchObject({ known: true });
    expect(await other.quote({ ...windows, purchase: "onDemand" }, ctx())).toMatchObject({ known: false });
  });

  test.each(["standard_d4s_v5", "STANDARD_D4S_V5"])("%s is the machine that the list calls otherwise", async (name) => {
    const offering = { ...node, instanceType: name, purchase: "onDemand" } as const;
    const price = await aProvider().prices!.quote(offering, ctx());
    expect(price).toMatchObject({ microUsd: 230_000, source: "azure-retail-prices" });
  });

  test("a price that is announced, or holds from the thousandth hour on, is not yet one", async () => {
    const item = {
      armSkuName: "Standard_D4s_v5",
      skuName: "D4s v5",
      meterName: "D4s v5",
      productName: "Virtual Machines Ds Series",
      type: "Consumption",
      unitOfMeasure: "1 Hour",
      currencyCode: "USD",
    };
    const line = (retailPrice: number, effectiveStartDate: string) => ({ ...item, retailPrice, effectiveStartDate });
    const later = { ...line(4, "2022-01-01T00:00:00Z"), tierMinimumUnits: 1000 };
    const Items = [
      line(1, "2020-01-01T00:00:00Z"),
      line(2, "2021-01-01T00:00:00Z"),
      line(3, "2999-01-01T00:00:00Z"),
      later,
    ];
    azure.faults.add({ action: { kind: "status", status: 200, body: JSON.stringify({ Items, NextPageLink: null }) } });
    const price = await aProvider().prices!.quote({ ...node, purchase: "onDemand" }, ctx());
    expect(price).toMatchObject({ known: true, microUsd: 2_000_000 });
  });

  test("without the list the dated table, marked as such; what is in neither is unknown", async () => {
    azure.faults.add({ times: 100, action: { kind: "html" } });
    const prices = aProvider().prices!;
    expect(await prices.quote({ ...node, purchase: "onDemand" }, ctx())).toMatchObject({
      microUsd: 230_000,
      source: "azure-fallback-2026-11-01",
    });
    expect(await prices.quote({ ...node, purchase: "spot" }, ctx())).toMatchObject({ known: false });
  });

  test("nothing else that the list holds beside a machine is taken for it", async () => {
    const machine = {
      armSkuName: "Standard_D4s_v5",
      skuName: "D4s v5",
      meterName: "D4s v5",
      productName: "Virtual Machines Dsv5 Series",
      type: "Consumption",
      unitOfMeasure: "1 Hour",
      currencyCode: "USD",
      retailPrice: 0.5,
      effectiveStartDate: "2020-01-01T00:00:00Z",
    };
    const beside = [
      { currencyCode: "EUR" },
      { productName: "Dsv5 Series Cloud Services" },
      { productName: "Dsv5 Series Dedicated Host" },
      { armSkuName: "Standard_D4s_v5_Promo" },
      { type: "Reservation" },
      { unitOfMeasure: "1 GB/Month" },
      { skuName: "D4s v5 Low Priority" },
    ].map((change) => ({ ...machine, retailPrice: 9, effectiveStartDate: "2026-01-01T00:00:00Z", ...change }));
    const body = JSON.stringify({ Items: [...beside, machine], NextPageLink: null });
    azure.faults.add({ action: { kind: "status", status: 200, body } });
    const price = await aProvider().prices!.quote({ ...node, purchase: "onDemand" }, ctx());
    expect(price).toMatchObject({ microUsd: 500_000 });
  });

  test("what is asked for cannot end the filter", async () => {
    const instanceType = "x' or armRegionName ne '";
    await aProvider().prices!.quote({ ...node, instanceType, purchase: "onDemand" }, ctx());
    expect(azure.requests.at(-1)?.query["$filter"]).toContain("armSkuName eq 'x'' or armRegionName ne '''");
  });

  test("a control plane of another kind is not taken for one", async () => {
    const line = (meterName: string, retailPrice: number) => ({
      meterName,
      retailPrice,
      type: "Consumption",
      unitOfMeasure: "1 Hour",
      currencyCode: "USD",
    });
    const Items = [
      line("Automatic Hosted Control Plane", 0.16),
      line("Automatic General Purpose", 0.01),
      line("Standard Uptime SLA", 0.11),
    ];
    azure.faults.add({ action: { kind: "status", status: 200, body: JSON.stringify({ Items, NextPageLink: null }) } });
    const offering = { kind: "controlPlane", provider: "azure", region: "eastus", supportTier: "Standard" } as const;
    expect(await aProvider().prices!.quote(offering, ctx())).toMatchObject({ microUsd: 110_000 });
  });

  test("what stands in for the list is soon asked for again", async () => {
    const clock = createVirtualClock(Date.UTC(2026, 10, 21));
    const prices = aProvider({ clock }).prices!;
    const sources = [];
    using fault = azure.faults.add({ times: 100, action: { kind: "html" } });
    sources.push(await prices.quote({ ...node, purchase: "onDemand" }, ctx()));
    expect(fault.hits).toBe(1);
    azure.faults.clear();
    await clock.advance(61_000);
    sources.push(await prices.quote({ ...node, purchase: "onDemand" }, ctx()));
    expect(sources).toMatchObject([{ source: "azure-fallback-2026-11-01" }, { source: "azure-retail-prices" }]);
  });

  test("who gives up leaves the others waiting for the same price", async () => {
    azure.faults.add({ action: { kind: "delay", ms: 200 } });
    const prices = aProvider().prices!;
    const offering = { ...node, purchase: "onDemand" } as const;
    const first = prices.quote(offering, { signal: AbortSignal.timeout(50) });
    const second = prices.quote(offering, ctx());
    await expect(first).rejects.toMatchObject({ name: "TimeoutError" });
    expect(await second).toMatchObject({ microUsd: 230_000 });
  });

  test("a quote is asked once, without credentials", async () => {
    const seen = azure.requests.length;
    const prices = aProvider({ credential: { getToken: () => Promise.reject(new Error("not to be asked")) } }).prices!;
    const offering = { ...node, purchase: "onDemand" } as const;
    await Promise.all([prices.quote(offering, ctx()), prices.quote(offering, ctx())]);
    await prices.quote(offering, ctx());
    const asked = azure.requests.slice(seen);
    expect(new Set(asked.map(({ action }) => action))).toEqual(new Set(["retailPrices"]));
    expect(asked.filter(({ query }) => query["$skip"] === undefined)).toHaveLength(1);
  });

  test("limits and use of a region, whichever resource group asks", async () => {
    expect(await aProvider().quotas!.list({ scope: `${main}/prod-rg`, region: "West Europe" }, ctx())).toEqual([
      { metric: "cores", family: "compute", unit: "Count", limit: 100, used: 28 },
      { metric: "standardDSv5Family", family: "standardDSv5Family", unit: "Count", limit: 50, used: 12 },
      { metric: "PublicIPAddresses", family: "network", unit: "Count", limit: 1000, used: 3 },
      { metric: "VirtualNetworks", family: "network", unit: "Count", limit: 1000, used: 2 },
      { metric: "LoadBalancers", family: "network", unit: "Count", limit: 1000, used: 1 },
    ]);
    const refused = aProvider().quotas!.list({ scope: main, region: "brazilsouth" }, ctx());
    await expect(refused).rejects.toSatisfy((error) => isCloudError(error, "policy"));
  });

  const NETWORK = { action: "Microsoft.Network/locations/usages/read" };
  const here = { scope: main, region: "westeurope" };

  test.each([
    [403, "AuthorizationFailed"],
    [409, "MissingSubscriptionRegistration"],
    [400, "NoRegisteredProviderFound"],
    [400, "LocationNotAvailableForResourceType"],
  ])("limits of networks that may not be read (%i %s) leave those of machines", async (status, code) => {
    const body = JSON.stringify({ error: { code, message: "no" } });
    azure.faults.add({ match: NETWORK, times: 100, action: { kind: "status", status, body } });
    const families = (await aProvider().quotas!.list(here, ctx())).map(({ family }) => family);
    expect(families).toEqual(["compute", "standardDSv5Family"]);
  });

  test("half a list is none: limits of networks that fail otherwise are an error", async () => {
    azure.faults.add({ match: NETWORK, times: 100, action: { kind: "html" } });
    const failed = aProvider().quotas!.list(here, ctx());
    await expect(failed).rejects.toSatisfy((error) => isCloudError(error, "transient"));
  });
});
