import type { MicroUsd } from "@flotilla/core";
import type { SandboxCloud } from "../sandbox-member.ts";

/** A place of a cloud where the sandbox has clusters, and the machine they are made of there. */
export interface CloudSite {
  readonly cloud: SandboxCloud;
  /** Names its clusters: `aws-dublin`. */
  readonly place: string;
  readonly region: string;
  /** As the cloud labels nodes with them. */
  readonly zones: readonly string[];
  /** Of its embedded API servers; real ones are what their programs are. */
  readonly kubernetesVersion: string;
  readonly tier: "gold" | "silver" | "bronze";
  readonly machine: CloudMachine;
  readonly nodes: number;
}

export interface CloudMachine {
  readonly instanceType: string;
  readonly cores: number;
  readonly memoryGib: number;
  /** What pods may use of it, as quantities. */
  readonly cpu: string;
  readonly memory: string;
  readonly perHour: MicroUsd;
  readonly spotPerHour: MicroUsd;
}

const M5 = { instanceType: "m5.xlarge", cores: 4, memoryGib: 16, cpu: "3920m", memory: "14Gi" } as const;
const E2 = { instanceType: "e2-standard-4", cores: 4, memoryGib: 16, cpu: "3920m", memory: "13Gi" } as const;
const D4 = { instanceType: "Standard_D4s_v5", cores: 4, memoryGib: 16, cpu: "3860m", memory: "13Gi" } as const;

/**
 * Three regions of each cloud, the clouds in turn, so that the first few are of different ones. Prices are in the range of the
 * clouds' public lists of autumn 2026.
 */
export const CLOUD_SITES: readonly CloudSite[] = [
  {
    ...aws("dublin", "eu-west-1", 214_000, 71_000),
    tier: "gold",
    nodes: 3,
  },
  {
    ...gcp("eemshaven", "europe-west4", 147_520, 44_256),
    tier: "gold",
    nodes: 3,
  },
  {
    ...azure("amsterdam", "westeurope", 230_000, 52_300),
    tier: "silver",
    nodes: 2,
  },
  {
    ...aws("virginia", "us-east-1", 192_000, 63_400),
    tier: "gold",
    nodes: 2,
  },
  {
    ...gcp("oregon", "us-west1", 134_012, 40_204),
    tier: "bronze",
    nodes: 2,
  },
  {
    ...azure("virginia", "eastus", 192_000, 43_700),
    tier: "silver",
    nodes: 2,
  },
  {
    ...aws("mumbai", "ap-south-1", 202_000, 59_000),
    tier: "bronze",
    nodes: 2,
  },
  {
    ...gcp("delhi", "asia-south2", 160_968, 48_292),
    tier: "bronze",
    nodes: 2,
  },
  {
    ...azure("pune", "centralindia", 208_000, 47_100),
    tier: "bronze",
    nodes: 2,
  },
];

type Rated = Omit<CloudSite, "tier" | "nodes">;

function aws(place: string, region: string, perHour: MicroUsd, spotPerHour: MicroUsd): Rated {
  const zones = ["a", "b", "c"].map((letter) => `${region}${letter}`);
  const machine = { ...M5, perHour, spotPerHour };
  return { cloud: "aws", place, region, zones, kubernetesVersion: "1.35.1", machine };
}

function gcp(place: string, region: string, perHour: MicroUsd, spotPerHour: MicroUsd): Rated {
  const zones = ["a", "b", "c"].map((letter) => `${region}-${letter}`);
  const machine = { ...E2, perHour, spotPerHour };
  return { cloud: "gcp", place, region, zones, kubernetesVersion: "1.36.3", machine };
}

function azure(place: string, region: string, perHour: MicroUsd, spotPerHour: MicroUsd): Rated {
  const zones = ["1", "2", "3"].map((number) => `${region}-${number}`);
  const machine = { ...D4, perHour, spotPerHour };
  return { cloud: "azure", place, region, zones, kubernetesVersion: "1.35.1", machine };
}
