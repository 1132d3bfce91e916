import type { EmulatedCloud, EmulatedRegion } from "@flotilla/testing";

/** Two accounts, and every way in which a region can be there or not. */
export const SAMPLE_AWS_ACCOUNTS = { main: "111122223333", second: "444455556666" } as const;

const REGIONS: readonly EmulatedRegion[] = [
  { name: "us-east-1" },
  { name: "eu-west-1" },
  { name: "eu-central-1" },
  { name: "ap-south-1" },
  { name: "af-south-1", enabled: false },
  { name: "me-south-1", enabled: true, denied: true },
];

/** A small fleet for tests of whatever talks to the emulator. */
export const SAMPLE_AWS_CLOUD: EmulatedCloud = {
  scopes: [
    { id: SAMPLE_AWS_ACCOUNTS.main, name: "main", regions: REGIONS },
    { id: SAMPLE_AWS_ACCOUNTS.second, name: "second", regions: REGIONS },
  ],
  clusters: [
    {
      scope: SAMPLE_AWS_ACCOUNTS.main,
      region: "eu-west-1",
      name: "prod",
      version: "1.35.1",
      labels: { tier: "gold" },
      network: { id: "main", cidrs: ["10.7.0.0/16", "100.64.0.0/16"], serviceCidrs: ["172.20.0.0/16"] },
      deletionProtection: true,
      pools: [
        { name: "general", instanceType: "m5.xlarge", nodes: 3, min: 1, max: 9, labels: { pool: "general" } },
        {
          name: "batch",
          instanceType: "c6i.2xlarge",
          nodes: 2,
          min: 0,
          max: 20,
          spot: true,
          zones: ["eu-west-1b"],
          taints: [{ key: "batch", value: "true", effect: "NoSchedule" }],
        },
      ],
    },
    {
      scope: SAMPLE_AWS_ACCOUNTS.main,
      region: "eu-west-1",
      name: "dev",
      version: "1.34.0",
      phase: "degraded",
      pools: [],
    },
    {
      scope: SAMPLE_AWS_ACCOUNTS.main,
      region: "us-east-1",
      name: "prod",
      version: "1.35.0",
      phase: "updating",
      pools: [],
    },
    {
      scope: SAMPLE_AWS_ACCOUNTS.main,
      region: "us-east-1",
      name: "new",
      version: "1.35.0",
      phase: "creating",
      pools: [],
    },
    {
      scope: SAMPLE_AWS_ACCOUNTS.second,
      region: "eu-central-1",
      name: "shop",
      version: "1.33.4",
      serverless: true,
      supportTier: "extended",
      endpoint: { url: "https://127.0.0.1:6443", access: "private" },
      pools: [],
    },
  ],
  prices: [
    {
      region: "eu-west-1",
      instanceType: "m5.xlarge",
      cores: 4,
      memoryGib: 16,
      onDemandPerHour: 214_500,
      spotPerHour: 71_000,
    },
    {
      region: "eu-west-1",
      instanceType: "c6i.2xlarge",
      cores: 8,
      memoryGib: 16,
      onDemandPerHour: 364_900,
      spotPerHour: 120_300,
    },
  ],
  controlPlanes: [
    { region: "eu-west-1", perHour: 100_000 },
    { region: "eu-west-1", tier: "extended", perHour: 600_000 },
    { region: "eu-central-1", perHour: 100_000 },
  ],
  quotas: [
    {
      scope: SAMPLE_AWS_ACCOUNTS.main,
      region: "eu-west-1",
      service: "ec2",
      metric: "L-1216C47A",
      limit: 640,
      used: 28,
    },
  ],
};
