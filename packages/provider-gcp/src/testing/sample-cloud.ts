import type { EmulatedCloud, EmulatedRegion } from "@flotilla/testing";

/** One project of each kind. */
export const SAMPLE_GCP_PROJECTS = { main: "demo-main-1", shared: "demo-shared-2", off: "demo-off-3" } as const;

const REGIONS: readonly EmulatedRegion[] = [
  { name: "europe-west1", zones: ["europe-west1-b", "europe-west1-c", "europe-west1-d"] },
  { name: "us-central1" },
  { name: "asia-east1", unreachable: true },
];
const { main, shared, off } = SAMPLE_GCP_PROJECTS;

/** A small fleet for tests of whatever talks to the emulator. */
export const SAMPLE_GCP_CLOUD: EmulatedCloud = {
  scopes: [
    { id: main, name: "main", regions: REGIONS },
    { id: shared, name: "shared", regions: [{ name: "europe-west1" }] },
    { id: off, name: "without Kubernetes", regions: [], isServiceOff: true },
  ],
  clusters: [
    {
      scope: main,
      region: "europe-west1",
      name: "prod",
      version: "1.35.1",
      labels: { tier: "gold" },
      supportTier: "stable",
      endpoint: { url: "https://127.0.0.1:6443", access: "publicAndPrivate" },
      network: {
        id: "main",
        subnetCidrs: ["10.8.0.0/20"],
        podCidrs: ["10.64.0.0/14"],
        serviceCidrs: ["34.118.224.0/20"],
      },
      createdAtMs: Date.UTC(2026, 4, 1),
      pools: [
        { name: "general", instanceType: "n2-standard-4", nodes: 9, min: 3, max: 27, labels: { pool: "general" } },
        {
          name: "batch",
          instanceType: "e2-standard-8",
          nodes: 4,
          min: 0,
          max: 20,
          spot: true,
          taints: [{ key: "batch", value: "true", effect: "NoSchedule" }],
        },
      ],
    },
    {
      scope: main,
      group: "us-central1-a",
      region: "us-central1",
      name: "dev",
      version: "1.34.3",
      phase: "degraded",
      issues: [{ code: "GCE_STOCKOUT", message: "us-central1-a has no n2 machines" }],
      pools: [{ name: "default-pool", instanceType: "e2-medium", nodes: 2 }],
    },
    { scope: main, region: "us-central1", name: "new", version: "1.35.1", phase: "creating", pools: [] },
    { scope: main, region: "asia-east1", name: "far", version: "1.35.1", pools: [] },
    {
      scope: shared,
      region: "europe-west1",
      name: "auto",
      version: "1.35.1",
      serverless: true,
      pools: [{ name: "default-pool", instanceType: "e2-standard-8", nodes: 5, min: 0, max: 1000 }],
    },
  ],
  prices: [
    {
      region: "europe-west1",
      instanceType: "n2-standard-4",
      cores: 4,
      memoryGib: 16,
      onDemandPerHour: 213_700,
      spotPerHour: 58_200,
    },
    {
      region: "europe-west1",
      instanceType: "n2-highmem-4",
      cores: 4,
      memoryGib: 32,
      onDemandPerHour: 288_280,
      spotPerHour: 78_500,
    },
    {
      region: "europe-west1",
      instanceType: "e2-standard-8",
      cores: 8,
      memoryGib: 32,
      onDemandPerHour: 294_880,
      spotPerHour: 88_460,
    },
  ],
  controlPlanes: [{ region: "europe-west1", perHour: 100_000 }],
  quotas: [
    { scope: main, region: "europe-west1", metric: "N2_CPUS", limit: 500, used: 36 },
    { scope: main, region: "europe-west1", metric: "IN_USE_ADDRESSES", limit: 69, used: 0 },
    { scope: main, region: "global", metric: "CPUS_ALL_REGIONS", limit: 1000, used: 68 },
  ],
};
