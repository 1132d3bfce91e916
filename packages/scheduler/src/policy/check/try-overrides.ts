import { parsePointer, type DocumentPath, type KubeObject } from "@flotilla/core";
import { podTemplateOf } from "../../objects/pod-template.ts";
import { refOf } from "../../objects/object-ref.ts";
import { stripServerFields } from "../../objects/strip-server-fields.ts";
import { applyRule, type RuleResult } from "../../override/apply-rule.ts";
import type { OverrideFailure } from "../../override/override-failure.ts";
import { setReplicas } from "../../override/set-replicas.ts";
import { readWorkload } from "../../workload/read-workload.ts";
import { matchOverridePolicies } from "../match-policies.ts";
import type { OverridePolicy, OverrideRule } from "../override-policy.ts";
import { protectedPart } from "./protected-part.ts";

/**
 * The rules that can work on no cluster, each told once, before anything is contacted. A rule may rely on those before it, and
 * which of them meet on a cluster is not known here: it is refused only if it fails on the object as written and as every
 * earlier rule left it.
 */
export function tryOverrides(
  objects: readonly KubeObject[],
  overrides: readonly OverridePolicy[],
): readonly OverrideFailure[] {
  const failures = new Map<OverrideRule, OverrideFailure>();
  for (const object of objects) {
    for (const [rule, failure] of failuresOn(object, matchOverridePolicies(object, overrides))) {
      if (!failures.has(rule)) failures.set(rule, failure);
    }
  }
  return [...failures.values()];
}

function* failuresOn(
  object: KubeObject,
  policies: readonly OverridePolicy[],
): Iterable<readonly [OverrideRule, OverrideFailure]> {
  // The number is some share of the replicas: no test of it is decided here.
  const states = [setReplicas(stripServerFields(object), { replicas: 1 })];
  for (const policy of policies) {
    for (const [index, rule] of policy.rules.entries()) {
      const result = tryRule(rule, states);
      if ("object" in result) {
        states.push(result.object);
        continue;
      }
      const path = ["spec", "rules", index, ...result.path];
      yield [rule, { policy, path, cluster: null, ref: refOf(object), message: result.message }];
    }
  }
}

/** The rule on the newest state it works on; what is wrong is told of the newest one. */
function tryRule(rule: OverrideRule, states: readonly KubeObject[]): RuleResult {
  const context = {
    fill: (text: string) => ({ text }),
    decidesTests: states.length === 1 && areTestsCertain(rule),
  };
  let first: RuleResult | undefined;
  for (const state of states.toReversed()) {
    const result = withSoundPods(state, applyRule(state, rule, context));
    if ("object" in result) return result;
    first ??= result;
  }
  return first ?? { path: [], message: "there is nothing to apply it to" };
}

/** What a test compares is the same everywhere: no cluster's facts, share or earlier rules have a part in it. */
function areTestsCertain({ env, patch = [] }: OverrideRule): boolean {
  return (
    env === undefined &&
    patch.every(({ op, path }) => op !== "test" || protectedPart(parsePointer(path) ?? []) === undefined)
  );
}

/** A patch can make of a pod what is none. Read only where the pod changed: that takes longer than applying the rule. */
function withSoundPods(before: KubeObject, result: RuleResult): RuleResult {
  if ("message" in result || podTemplateOf(result.object) === podTemplateOf(before)) return result;
  const [problem] = readWorkload(result.object)?.problems ?? [];
  if (problem === undefined) return result;
  return { path: [], message: `leaves a broken workload: ${formatPath(problem.path)}: ${problem.message}` };
}

function formatPath(path: DocumentPath): string {
  return path.map(String).join(".");
}
