import { compareVersions } from "@flotilla/core";

/** When each minor version's standard support ends on EKS, UTC. Source: EKS user guide, "Kubernetes release calendar", 2026-11-01. */
const STANDARD_SUPPORT_ENDS: readonly (readonly [version: string, endsAtMs: number])[] = [
  ["1.29", Date.UTC(2025, 2, 23)],
  ["1.30", Date.UTC(2025, 6, 23)],
  ["1.31", Date.UTC(2025, 10, 26)],
  ["1.32", Date.UTC(2026, 2, 23)],
  ["1.33", Date.UTC(2026, 6, 29)],
  ["1.34", Date.UTC(2026, 11, 2)],
  ["1.35", Date.UTC(2027, 2, 27)],
];

/**
 * Whether a cluster is billed for extended support. Its `supportType` alone does not tell: EXTENDED is what happens at the end
 * of standard support, and STANDARD clusters are upgraded instead. A version newer than the table is in standard support.
 */
export function isInExtendedSupport(
  supportType: string | undefined,
  version: string | null | undefined,
  nowMs: number,
): boolean {
  const minor = /^v?(\d+\.\d+)/.exec(version ?? "")?.[1];
  if (supportType?.toUpperCase() === "STANDARD" || minor === undefined) return false;
  // What is older than the whole table ended with its first row at the latest.
  const row = STANDARD_SUPPORT_ENDS.find(([known]) => compareVersions(minor, known) <= 0);
  return row !== undefined && row[1] <= nowMs;
}
