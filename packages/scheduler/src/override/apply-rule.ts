import {
  applyJsonPatch,
  applyMergePatch,
  type DocumentPath,
  type JsonPatchOperation,
  type KubeObject,
} from "@flotilla/core";
import { changeAt, isMap, mapAt } from "../objects/json-access.ts";
import type { KeyValueOverride, OverrideRule, PatchOverride } from "../policy/override-policy.ts";
import { nearestPointer } from "./nearest-pointer.ts";
import { applyArgs, applyCommand, applyEnv, applyImage, type PartResult } from "./override-containers.ts";
import type { Substitution } from "./substitute-variables.ts";

/** The object with a whole rule applied, or the first part (a path within the rule) that could not be and why. */
export type RuleResult = { readonly object: KubeObject } | { readonly path: DocumentPath; readonly message: string };

export interface RuleContext {
  /** Puts a cluster's facts into a text. */
  readonly fill: (template: string) => Substitution;
  /** `false`: the `test` operations of patches pass, whatever they find. Default `true`. */
  readonly decidesTests?: boolean;
}

interface Part {
  readonly path: DocumentPath;
  readonly apply: (object: KubeObject) => PartResult;
}

/** Applies the parts of a rule in the order the contract gives them, each list in its own order. */
export function applyRule(object: KubeObject, rule: OverrideRule, context: RuleContext): RuleResult {
  let current = object;
  for (const { path, apply } of partsOf(rule, context)) {
    const result = apply(current);
    if ("message" in result) return { path, message: result.message };
    current = result.object;
  }
  return { object: current };
}

function* partsOf(rule: OverrideRule, { fill, decidesTests = true }: RuleContext): Iterable<Part> {
  for (const [index, part] of (rule.image ?? []).entries()) {
    yield { path: ["image", index], apply: (object) => applyImage(object, part) };
  }
  for (const [index, part] of (rule.command ?? []).entries()) {
    yield { path: ["command", index], apply: (object) => applyCommand(object, part) };
  }
  for (const [index, part] of (rule.args ?? []).entries()) {
    yield { path: ["args", index], apply: (object) => applyArgs(object, part) };
  }
  for (const [index, part] of (rule.env ?? []).entries()) {
    yield { path: ["env", index], apply: (object) => applyEnv(object, part, fill) };
  }
  const { labels, annotations, mergePatch } = rule;
  if (labels !== undefined) yield { path: ["labels"], apply: (object) => applyKeyValues(object, "labels", labels) };
  if (annotations !== undefined) {
    yield { path: ["annotations"], apply: (object) => applyKeyValues(object, "annotations", annotations) };
  }
  if (mergePatch !== undefined) yield { path: ["mergePatch"], apply: (object) => merge(object, mergePatch) };
  for (const [index, part] of (rule.patch ?? []).entries()) {
    if (part.op === "test" && !decidesTests) continue;
    yield { path: ["patch", index], apply: (object) => patch(object, part) };
  }
}

/** Removes, then adds. */
function applyKeyValues(object: KubeObject, field: "labels" | "annotations", override: KeyValueOverride): PartResult {
  const removed = new Set(override.remove);
  const kept = Object.entries(mapAt(object, "metadata", field)).filter(([key]) => !removed.has(key));
  const values = { ...Object.fromEntries(kept), ...override.add };
  return { object: changeAt(object, ["metadata", field], () => values) as KubeObject };
}

function merge(object: KubeObject, mergePatch: Readonly<Record<string, unknown>>): PartResult {
  return { object: applyMergePatch(object, mergePatch) as KubeObject };
}

function patch(object: KubeObject, override: PatchOverride): PartResult {
  const { missing = "error", ...operation } = override;
  const result = applyJsonPatch(object, [operation as JsonPatchOperation], { missing });
  if (!result.ok) {
    const nearest = nearestPointer(object, override.from ?? override.path);
    const hint = nearest === undefined ? "" : ` (did you mean "${nearest}"?)`;
    return { message: `${override.op} ${override.path}: ${result.message}${hint}` };
  }
  return isMap(result.value)
    ? { object: result.value as KubeObject }
    : { message: `${override.path} leaves no object` };
}
