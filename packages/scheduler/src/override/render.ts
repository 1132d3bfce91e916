import { matchesCluster, type Cluster, type KubeObject } from "@flotilla/core";
import { isMap, valueAt } from "../objects/json-access.ts";
import { refOf } from "../objects/object-ref.ts";
import { renderSecretData } from "../objects/secret-data.ts";
import { stripServerFields } from "../objects/strip-server-fields.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";
import { applyRule } from "./apply-rule.ts";
import type { OverrideFailure } from "./override-failure.ts";
import { replicasPathOf, setReplicas, type ReplicaShare } from "./set-replicas.ts";
import { substituteVariables } from "./substitute-variables.ts";

export interface RenderInput {
  /** As the user wrote it, with its namespace resolved. */
  readonly object: KubeObject;
  readonly cluster: Cluster;
  /** The policies that select the object, in the order they apply (`matchOverridePolicies`). */
  readonly overrides: readonly OverridePolicy[];
  /** Absent for objects that are not divided. */
  readonly share?: ReplicaShare;
}

export type RenderResult =
  { readonly ok: true; readonly object: KubeObject } | { readonly ok: false; readonly failure: OverrideFailure };

/**
 * What one cluster gets of an object: server-owned fields gone, its share of the replicas set, then every matching rule of
 * every policy in order. Pure; parts that no rule touches are shared with the input. The first rule that cannot be applied, or
 * that changes identity or replicas, fails the whole object: half an override is never rendered.
 */
export function renderObject({ object, cluster, overrides, share }: RenderInput): RenderResult {
  const stripped = stripServerFields(object);
  const template = share === undefined ? stripped : setReplicas(stripped, share);
  const context = { fill: (text: string) => substituteVariables(text, cluster) };
  let current = template;
  for (const policy of overrides) {
    for (const [index, rule] of policy.rules.entries()) {
      if (!matchesCluster(rule.clusters, cluster)) continue;
      const result = applyRule(current, rule, context);
      const fault = "message" in result ? result : guard(template, result.object);
      if (fault !== undefined) {
        const path = ["spec", "rules", index, ...fault.path];
        return {
          ok: false,
          failure: { policy, path, cluster: cluster.id, ref: refOf(object), message: fault.message },
        };
      }
      if ("object" in result) current = result.object;
    }
  }
  return { ok: true, object: renderSecretData(current) };
}

/** What no override may change: which object it is, and how many replicas it has. */
function guard(before: KubeObject, after: KubeObject): { readonly path: []; readonly message: string } | undefined {
  const paths = [["apiVersion"], ["kind"], ["metadata", "name"], ["metadata", "namespace"]];
  const replicas = replicasPathOf(before);
  if (replicas !== undefined) paths.push([...replicas]);
  if (before.kind === "Job") paths.push(["spec", "completions"]);
  const changed = paths.find((path) => valueAt(before, ...path) !== valueAt(after, ...path));
  if (changed !== undefined) return { path: [], message: `an override may not change ${changed.join(".")}` };
  if (!isMap(after.metadata)) return { path: [], message: "an override may not change metadata as a whole" };
  return undefined;
}
