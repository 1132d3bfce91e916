import { type Cluster, jsonEqual } from "@flotilla/core";
import { renderObject } from "../override/render.ts";
import { matchOverridePolicies } from "../policy/match-policies.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";
import { readWorkload } from "../workload/read-workload.ts";
import type { PodNeeds } from "../workload/workload.ts";
import type { StreamItem } from "./stream.ts";

/** What a workload's pods need on one cluster, once its overrides are in. */
export interface RenderedPod {
  readonly pod: PodNeeds;
  /** The first rule that makes it differ from the manifest's: "OverridePolicy shop/web, rule 1". */
  readonly rule: string;
}

/**
 * `undefined` where the pods need what the manifest says, and for overrides that cannot be applied: rendering tells those.
 * Pure.
 */
export function renderedPod(
  item: StreamItem,
  cluster: Cluster,
  overrides: readonly OverridePolicy[],
): RenderedPod | undefined {
  const declared = item.unit?.workload.pod;
  const policies = matchOverridePolicies(item.object, overrides);
  if (item.unit?.hasPods !== true || declared === undefined || policies.length === 0) return undefined;
  const pod = podUnder(item, cluster, policies);
  if (pod === undefined || jsonEqual(pod, declared)) return undefined;
  for (const [at, policy] of policies.entries()) {
    for (const [index] of policy.rules.entries()) {
      const upTo = [...policies.slice(0, at), { ...policy, rules: policy.rules.slice(0, index + 1) }];
      if (jsonEqual(podUnder(item, cluster, upTo), declared)) continue;
      const name = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`;
      return { pod, rule: `${policy.kind} ${name}, rule ${index + 1}` };
    }
  }
  return undefined;
}

function podUnder(item: StreamItem, cluster: Cluster, overrides: readonly OverridePolicy[]): PodNeeds | undefined {
  const result = renderObject({ object: item.object, cluster, overrides });
  return result.ok ? readWorkload(result.object)?.workload.pod : undefined;
}
