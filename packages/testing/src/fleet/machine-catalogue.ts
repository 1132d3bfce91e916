import type { ResourceAmounts } from "@flotilla/core";

/** A machine type as a cloud sells it. */
export interface Machine {
  readonly instanceType: string;
  readonly architecture: "amd64" | "arm64";
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly gpus: number;
  /** Pods that the cloud's own node defaults allow. */
  readonly pods: number;
  /** On demand, in the cloud's cheapest region. */
  readonly microUsdPerHour: number;
}

/** A cloud as the fleet generator knows it. */
export interface CloudProfile {
  readonly provider: string;
  readonly machines: readonly Machine[];
  /** `priceFactor` is the region's price level against the cheapest one. */
  readonly regions: readonly { readonly name: string; readonly priceFactor: number }[];
  readonly zones: (region: string) => readonly string[];
  /** The clouds' public fee for a managed control plane of the standard tier. */
  readonly controlPlaneMicroUsdPerHour: number;
  readonly purchaseLabel: { readonly key: string; readonly spot: string; readonly onDemand: string };
}

const GIB = 1024 ** 3;

/**
 * Sizes are the vendors' published ones. Prices are the public on-demand list prices of 2025, rounded, and region factors are
 * rough: close enough for decisions to look like real ones, and never to be used as prices.
 */
export const CLOUD_PROFILES: readonly CloudProfile[] = [
  {
    provider: "aws",
    machines: [
      machine("m7i.large", 2, 8, 100_800, { pods: 29 }),
      machine("m7i.xlarge", 4, 16, 201_600, { pods: 58 }),
      machine("c7i.2xlarge", 8, 16, 357_000, { pods: 58 }),
      machine("r7i.xlarge", 4, 32, 264_600, { pods: 58 }),
      machine("m7g.xlarge", 4, 16, 163_200, { pods: 58, architecture: "arm64" }),
      machine("g5.xlarge", 4, 16, 1_006_000, { pods: 58, gpus: 1 }),
    ],
    regions: regions({
      "us-east-1": 1,
      "us-west-2": 1,
      "ca-central-1": 1.11,
      "eu-west-1": 1.06,
      "eu-central-1": 1.14,
      "eu-north-1": 1.01,
      "ap-southeast-1": 1.25,
      "ap-northeast-1": 1.29,
      "ap-south-1": 1.05,
      "sa-east-1": 1.59,
    }),
    zones: (region) => ["a", "b", "c"].map((letter) => `${region}${letter}`),
    controlPlaneMicroUsdPerHour: 100_000,
    purchaseLabel: { key: "eks.amazonaws.com/capacityType", spot: "SPOT", onDemand: "ON_DEMAND" },
  },
  {
    provider: "gcp",
    machines: [
      machine("e2-standard-4", 4, 16, 134_000, {}),
      machine("n2-standard-4", 4, 16, 194_200, {}),
      machine("n2-highmem-4", 4, 32, 262_000, {}),
      machine("c3-standard-8", 8, 32, 418_000, {}),
      machine("t2a-standard-4", 4, 16, 154_000, { architecture: "arm64" }),
      machine("g2-standard-4", 4, 16, 706_800, { gpus: 1 }),
    ],
    regions: regions({
      "us-central1": 1,
      "us-east1": 1,
      "us-west1": 1,
      "europe-west1": 1.1,
      "europe-west4": 1.1,
      "europe-north1": 1.1,
      "asia-southeast1": 1.23,
      "asia-northeast1": 1.28,
      "asia-south1": 1.2,
      "southamerica-east1": 1.59,
    }),
    zones: (region) => ["a", "b", "c"].map((letter) => `${region}-${letter}`),
    controlPlaneMicroUsdPerHour: 100_000,
    purchaseLabel: { key: "cloud.google.com/gke-spot", spot: "true", onDemand: "false" },
  },
  {
    provider: "azure",
    machines: [
      machine("Standard_D4s_v5", 4, 16, 192_000, {}),
      machine("Standard_D8s_v5", 8, 32, 384_000, {}),
      machine("Standard_E4s_v5", 4, 32, 252_000, {}),
      machine("Standard_F8s_v2", 8, 16, 338_000, {}),
      machine("Standard_D4ps_v5", 4, 16, 154_000, { architecture: "arm64" }),
      machine("Standard_NC4as_T4_v3", 4, 28, 526_000, { gpus: 1 }),
    ],
    regions: regions({
      eastus: 1,
      westus2: 1,
      northeurope: 1.11,
      westeurope: 1.2,
      swedencentral: 1.06,
      southeastasia: 1.25,
      japaneast: 1.29,
      centralindia: 1.05,
      brazilsouth: 1.61,
    }),
    zones: (region) => ["1", "2", "3"].map((digit) => `${region}-${digit}`),
    controlPlaneMicroUsdPerHour: 100_000,
    purchaseLabel: { key: "kubernetes.azure.com/scalesetpriority", spot: "spot", onDemand: "regular" },
  },
];

/**
 * What a kubelet leaves to pods: CPU and memory less what the system keeps, by the stepwise formula that GKE publishes
 * (6 % of the first core, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest; 25 % of the first 4 GiB, 20 % of
 * the next 4, 10 % of the next 8, 6 % of the rest; 100 MiB for eviction).
 * Source: https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function allocatableOf({ cpuMilli, memoryBytes, pods, gpus }: Machine): ResourceAmounts {
  const cores = cpuMilli / 1000;
  const cpuKept = 60 + (cores > 1 ? 10 : 0) + Math.max(0, Math.min(cores, 4) - 2) * 5 + Math.max(0, cores - 4) * 2.5;
  const gib = memoryBytes / GIB;
  const memoryKeptGib =
    Math.min(gib, 4) * 0.25 + bandOf(gib, 4, 8) * 0.2 + bandOf(gib, 8, 16) * 0.1 + bandOf(gib, 16, 128) * 0.06;
  return {
    cpuMilli: Math.floor(cpuMilli - cpuKept),
    memoryBytes: Math.floor((gib - memoryKeptGib) * GIB) - 100 * 1024 ** 2,
    pods,
    ...(gpus === 0 ? {} : { extended: { "nvidia.com/gpu": gpus } }),
  };
}

function bandOf(gib: number, fromGib: number, toGib: number): number {
  return Math.max(0, Math.min(gib, toGib) - fromGib);
}

function machine(
  instanceType: string,
  cores: number,
  gib: number,
  microUsdPerHour: number,
  more: { readonly pods?: number; readonly gpus?: number; readonly architecture?: Machine["architecture"] },
): Machine {
  return {
    instanceType,
    architecture: more.architecture ?? "amd64",
    cpuMilli: cores * 1000,
    memoryBytes: gib * GIB,
    gpus: more.gpus ?? 0,
    pods: more.pods ?? 110,
    microUsdPerHour,
  };
}

function regions(factors: Readonly<Record<string, number>>): CloudProfile["regions"] {
  return Object.entries(factors).map(([name, priceFactor]) => ({ name, priceFactor }));
}
