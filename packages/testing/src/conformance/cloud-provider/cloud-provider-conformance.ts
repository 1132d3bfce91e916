import { withSkips, type ConformanceCase, type ConformanceSkip } from "../conformance-case.ts";
import { CAPABILITY_CASES, CREDENTIAL_CASES } from "./capability-cases.ts";
import type { Capability, CloudProviderHarness } from "./cloud-provider-harness.ts";
import { DISCOVERY_CASES, GAP_CASES } from "./discovery-cases.ts";
import { providerCase, type ProviderCheck } from "./provider-case.ts";

/** What every provider promises, and what the capabilities it has promise. A provider proves itself by passing. */
export function cloudProviderConformance(
  harness: CloudProviderHarness,
  skips: readonly ConformanceSkip[] = [],
): readonly ConformanceCase[] {
  const byCapability = Object.entries(CAPABILITY_CASES).map(([name, checks]) => ({
    checks,
    unmet: harness.capabilities.includes(name as Capability) ? undefined : `the provider has no ${name}`,
  }));
  const gaps = { checks: GAP_CASES, unmet: harness.createWithGap === undefined ? "the harness has no gap" : undefined };
  const optional = [...byCapability, gaps];
  const checks: readonly ProviderCheck[] = [
    ...CREDENTIAL_CASES,
    ...DISCOVERY_CASES,
    ...optional.flatMap((group) => group.checks),
  ];
  const unmet = optional.flatMap(({ unmet: reason, checks: needing }) =>
    reason === undefined ? [] : [{ reason, cases: needing.map(([name]) => name) }],
  );
  return withSkips(
    checks.map((check) => providerCase(harness, check)),
    [...unmet, ...skips],
  );
}
