import { withSkips, type ConformanceCase, type ConformanceSkip } from "../conformance-case.ts";
import { APPLY_CASES } from "./apply-cases.ts";
import { CAPACITY_CASES } from "./capacity-cases.ts";
import { kubeCase, type KubeCheck } from "./kube-case.ts";
import type { KubeClusterHarness } from "./kube-cluster-harness.ts";
import { LIST_CASES, LIST_COMPACTION_CASES } from "./list-cases.ts";
import { READ_CASES } from "./read-cases.ts";
import { REFUSAL_CASES, REFUSAL_LINK_CASES } from "./refusal-cases.ts";
import { WATCH_CASES, WATCH_COMPACTION_CASES, WATCH_LINK_CASES } from "./watch-cases.ts";
import { WRITE_CASES } from "./write-cases.ts";

const ALWAYS: readonly KubeCheck[] = [
  ...READ_CASES,
  ...WRITE_CASES,
  ...APPLY_CASES,
  ...LIST_CASES,
  ...WATCH_CASES,
  ...REFUSAL_CASES,
];

/**
 * Every promise of KubeCluster, one case each, for any API server: an embedded one or a real one. Cases make a namespace
 * of their own and leave nothing else behind; run them one after another, since capacity is the whole cluster's.
 */
export function kubeClusterConformance(
  harness: KubeClusterHarness,
  skips: readonly ConformanceSkip[] = [],
): readonly ConformanceCase[] {
  const { compact, connectThroughLink, hasNodes } = harness;
  const needy: readonly (readonly [missing: string | undefined, checks: readonly KubeCheck[]])[] = [
    [missing({ compact }), LIST_COMPACTION_CASES],
    [missing({ connectThroughLink }), [...WATCH_LINK_CASES, ...REFUSAL_LINK_CASES]],
    [missing({ connectThroughLink, compact }), WATCH_COMPACTION_CASES],
    [hasNodes === true ? undefined : "hasNodes", CAPACITY_CASES],
  ];
  const unmet = needy.flatMap(([need, checks]) =>
    need === undefined ? [] : [{ reason: `the harness has no ${need}`, cases: checks.map(([name]) => name) }],
  );
  const checks = [...ALWAYS, ...needy.flatMap(([, needing]) => needing)];
  return withSkips(
    checks.map((check) => kubeCase(harness, check)),
    [...unmet, ...skips],
  );
}

function missing(needs: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(needs).find((name) => needs[name] === undefined);
}
