import type { EmulatedCloud, EmulatedRegion } from "@flotilla/testing";

/** One subscription in use, and one for each way of not being. */
export const SAMPLE_AZURE_SUBSCRIPTIONS = {
  main: "11111111-1111-4111-8111-111111111111",
  disabled: "22222222-2222-4222-8222-222222222222",
  denied: "33333333-3333-4333-8333-333333333333",
  unregistered: "44444444-4444-4444-8444-444444444444",
} as const;

const { main, disabled, denied, unregistered } = SAMPLE_AZURE_SUBSCRIPTIONS;
const REGIONS: readonly EmulatedRegion[] = [
  { name: "westeurope" },
  { name: "eastus" },
  { name: "brazilsouth", denied: true },
];
const VNET = `/subscriptions/${main}/resourceGroups/Net/providers/Microsoft.Network/virtualNetworks/Hub`;

/** A small fleet for tests of whatever talks to the emulator. */
export const SAMPLE_AZURE_CLOUD: EmulatedCloud = {
  scopes: [
    { id: main, name: "main", regions: REGIONS },
    { id: disabled, name: "old", state: "disabled", regions: REGIONS },
    { id: denied, name: "foreign", isDenied: true, regions: REGIONS },
    { id: unregistered, name: "empty", isServiceOff: true, regions: REGIONS },
  ],
  clusters: [
    {
      scope: main,
      group: "Prod-RG",
      region: "westeurope",
      name: "Prod",
      version: "1.35.1",
      labels: { tier: "gold" },
      network: { id: VNET, cidrs: ["10.10.0.0/16"], podCidrs: ["10.244.0.0/16"], serviceCidrs: ["10.1.0.0/16"] },
      supportTier: "Premium",
      deletionProtection: true,
      pools: [
        { name: "system", instanceType: "Standard_D4s_v5", nodes: 3, min: 1, max: 9, zones: ["1", "2", "3"] },
        {
          name: "batch",
          instanceType: "Standard_E8s_v5",
          nodes: 2,
          min: 0,
          max: 20,
          spot: true,
          zones: ["2"],
          labels: { pool: "batch" },
          taints: [{ key: "kubernetes.azure.com/scalesetpriority", value: "spot", effect: "NoSchedule" }],
        },
      ],
    },
    {
      scope: main,
      group: "prod-rg",
      region: "westeurope",
      name: "local",
      version: "1.34.2",
      cloudIdentity: false,
      supportTier: "Free",
      pools: [{ name: "system", instanceType: "Standard_D2s_v5", nodes: 1 }],
    },
    { scope: main, group: "dev", region: "eastus", name: "paused", version: "1.34.0", phase: "stopped", pools: [] },
    { scope: main, group: "dev", region: "eastus", name: "sick", version: "1.34.0", phase: "degraded", pools: [] },
    { scope: main, group: "dev", region: "eastus", name: "young", version: "1.35.0", phase: "creating", pools: [] },
  ],
  prices: [
    {
      region: "westeurope",
      instanceType: "Standard_D4s_v5",
      cores: 4,
      memoryGib: 16,
      onDemandPerHour: 230_000,
      spotPerHour: 52_300,
    },
    {
      region: "westeurope",
      instanceType: "Standard_E8s_v5",
      cores: 8,
      memoryGib: 64,
      onDemandPerHour: 608_000,
      spotPerHour: 121_600,
    },
  ],
  controlPlanes: [
    { region: "westeurope", tier: "standard", perHour: 100_000 },
    { region: "westeurope", tier: "premium", perHour: 600_000 },
    { region: "westeurope", tier: "automatic", perHour: 160_000 },
  ],
  quotas: [
    { scope: main, region: "westeurope", metric: "cores", name: "Total Regional vCPUs", limit: 100, used: 28 },
    { scope: main, region: "westeurope", metric: "standardDSv5Family", limit: 50, used: 12 },
    { scope: main, region: "westeurope", service: "network", metric: "PublicIPAddresses", limit: 1000, used: 3 },
    { scope: main, region: "westeurope", service: "network", metric: "VirtualNetworks", limit: 1000, used: 2 },
    { scope: main, region: "westeurope", service: "network", metric: "LoadBalancers", limit: 1000, used: 1 },
  ],
};
