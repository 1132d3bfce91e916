import type { MicroUsd } from "@flotilla/core";
import { partitionOf } from "./partition.ts";

/** What prices of this table name as their source: people see that it is old, and how old. */
export const FALLBACK_SOURCE = "aws-fallback-2026-11-01";
export const FALLBACK_AS_OF_MS: number = Date.UTC(2026, 10, 1);

/** Amazon EKS control plane, standard and extended support, all commercial regions. Source: AWS pricing page. */
const CONTROL_PLANE_PER_HOUR: { readonly standard: MicroUsd; readonly extended: MicroUsd } = {
  standard: 100_000,
  extended: 600_000,
};

/** The dated fee of a control plane, or `undefined` where AWS sells in another currency or by another list. */
export function fallbackControlPlanePrice(region: string, isExtended: boolean): MicroUsd | undefined {
  if (partitionOf(region).id !== "aws") return undefined;
  return isExtended ? CONTROL_PLANE_PER_HOUR.extended : CONTROL_PLANE_PER_HOUR.standard;
}

/** Linux on demand, USD per hour in micro-USD, of the sizes `large` (2 vCPU); the other sizes are multiples of it. */
const LARGE: Readonly<Record<string, Readonly<Record<string, MicroUsd>>>> = {
  "us-east-1": {
    m5: 96_000,
    m6i: 96_000,
    m7i: 100_800,
    m6g: 77_000,
    m7g: 81_600,
    c6i: 85_000,
    c7g: 72_500,
    r6i: 126_000,
  },
  "us-east-2": {
    m5: 96_000,
    m6i: 96_000,
    m7i: 100_800,
    m6g: 77_000,
    m7g: 81_600,
    c6i: 85_000,
    c7g: 72_500,
    r6i: 126_000,
  },
  "us-west-2": {
    m5: 96_000,
    m6i: 96_000,
    m7i: 100_800,
    m6g: 77_000,
    m7g: 81_600,
    c6i: 85_000,
    c7g: 72_500,
    r6i: 126_000,
  },
  "eu-west-1": { m5: 107_000, m6i: 107_000, m6g: 86_000, c6i: 91_000, r6i: 141_000 },
  "eu-central-1": { m5: 115_000, m6i: 115_000, m6g: 92_000, c6i: 97_000, r6i: 152_000 },
};

/** vCPU of a size over those of `large`: within a family AWS prices by size exactly. */
const TIMES_LARGE: Readonly<Record<string, number>> = {
  large: 1,
  xlarge: 2,
  "2xlarge": 4,
  "4xlarge": 8,
  "8xlarge": 16,
  "12xlarge": 24,
  "16xlarge": 32,
  "24xlarge": 48,
};

/** The dated price of a machine type, or `undefined`: unknown stays unknown. */
export function fallbackNodePrice(region: string, instanceType: string): MicroUsd | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const large = LARGE[region]?.[family];
  const times = TIMES_LARGE[size];
  return large === undefined || times === undefined ? undefined : large * times;
}
