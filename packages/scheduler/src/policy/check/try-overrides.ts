import { canonicalJson, parsePointer, type DocumentPath, type KubeObject } from "@flotilla/core";
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
 * which of them meet on a cluster is not known here: it is refused only if it fails behind every choice of them.
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
  const written = setReplicas(stripServerFields(object), { replicas: 1 });
  const states = [written];
  const earlier: OverrideRule[] = [];
  for (const policy of policies) {
    for (const [index, rule] of policy.rules.entries()) {
      const result = tryRule(rule, states);
      if ("object" in result) states.push(result.object);
      else if (!worksSomewhere(rule, earlier, written)) {
        const path = ["spec", "rules", index, ...result.path];
        yield [rule, { policy, path, cluster: null, ref: refOf(object), message: result.message }];
      }
      earlier.push(rule);
    }
  }
}

/** Rules applied for one answer, twice as many with each selector: past this, rendering tells what fails, cluster by cluster. */
const STEPS_MAX = 4096;

/** Whether the rule works behind some of the earlier ones: those for the same clusters, or all, and any choice of the others. */
function worksSomewhere(rule: OverrideRule, earlier: readonly OverrideRule[], written: KubeObject): boolean {
  if (earlier.length === 0) return false;
  const own = selectorOf(rule);
  const others = [...new Set(earlier.map(selectorOf))].filter((each) => each !== own && each !== EVERYWHERE);
  if (earlier.length * 2 ** others.length > STEPS_MAX) return true;
  for (let choice = 0; choice < 2 ** others.length; choice += 1) {
    const left = new Set(others.filter((_, bit) => (choice & (1 << bit)) === 0));
    const state = earlier.reduce(
      (before, each) => (left.has(selectorOf(each)) ? before : after(each, before)),
      written,
    );
    if ("object" in tryOn(rule, state, false)) return true;
  }
  return false;
}

const EVERYWHERE = canonicalJson({});

function selectorOf({ clusters = {} }: OverrideRule): string {
  return canonicalJson(clusters);
}

function after(rule: OverrideRule, state: KubeObject): KubeObject {
  const result = tryOn(rule, state, false);
  return "object" in result ? result.object : state;
}

function tryOn(rule: OverrideRule, state: KubeObject, decidesTests: boolean): RuleResult {
  return withSoundPods(state, applyRule(state, rule, { fill: (text: string) => ({ text }), decidesTests }));
}

/** The rule on the newest state it works on; what is wrong is told of the newest one. */
function tryRule(rule: OverrideRule, states: readonly KubeObject[]): RuleResult {
  const decidesTests = states.length === 1 && areTestsCertain(rule);
  let first: RuleResult | undefined;
  for (const state of states.toReversed()) {
    const result = tryOn(rule, state, decidesTests);
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
