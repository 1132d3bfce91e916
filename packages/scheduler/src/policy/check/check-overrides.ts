import { isJsonObject, parsePointer, type DocumentPath } from "@flotilla/core";
import { unknownVariable } from "../../override/substitute-variables.ts";
import type {
  ImageOverride,
  KeyValueOverride,
  OverridePolicy,
  OverrideRule,
  PatchOverride,
} from "../override-policy.ts";
import { checkClusterSelector, checkWorkloads } from "./check-selectors.ts";
import { protectedPart } from "./protected-part.ts";
import type { Report } from "./report.ts";

/** What a schema cannot say of overrides: patches that cannot work, and changes of what is not theirs to change. */
export function checkOverrides(policy: OverridePolicy, report: Report): void {
  checkWorkloads(policy.workloads, policy.namespace, report);
  for (const [index, rule] of policy.rules.entries()) {
    checkRule(rule, ["spec", "rules", index], (path, message, options) => {
      report(path, `${policy.kind} ${policy.name}, rule ${index + 1}: ${message}`, options);
    });
  }
}

function checkRule(rule: OverrideRule, path: DocumentPath, report: Report): void {
  checkClusterSelector(rule.clusters, [...path, "clusters"], report);
  for (const [index, image] of (rule.image ?? []).entries()) checkImage(image, [...path, "image", index], report);
  for (const [index, operation] of (rule.patch ?? []).entries()) {
    checkOperation(operation, [...path, "patch", index], report);
  }
  if (rule.mergePatch !== undefined) checkMergePatch(rule.mergePatch, [], [...path, "mergePatch"], report);
  for (const [index, { value }] of (rule.env ?? []).entries()) {
    const unknown = unknownVariable(value);
    if (unknown !== undefined) report([...path, "env", index, "value"], unknown);
  }
  for (const field of ["labels", "annotations"] as const) checkKeyValues(rule[field], field, [...path, field], report);
}

function checkImage(image: ImageOverride, path: DocumentPath, report: Report): void {
  const { registry, repository, tag, digest } = image;
  if ([registry, repository, tag, digest].some((part) => part !== undefined)) return;
  report(path, "an image override needs registry, repository, tag or digest");
}

function checkOperation(operation: PatchOverride, path: DocumentPath, report: Report): void {
  const { op, from } = operation;
  const needsFrom = op === "move" || op === "copy";
  const needsValue = op === "add" || op === "replace" || op === "test";
  if (needsValue && !("value" in operation)) report(path, `${op} needs a value`);
  if (!needsValue && "value" in operation) report([...path, "value"], `${op} takes no value`);
  if (needsFrom && from === undefined) report(path, `${op} needs from`);
  if (!needsFrom && from !== undefined) report([...path, "from"], `${op} takes no from`);
  if (operation.missing !== undefined && op !== "replace" && op !== "remove") {
    report([...path, "missing"], "only replace and remove may say what to do where the path is missing");
  }
  checkPointer(operation.path, op !== "test", [...path, "path"], report);
  checkWrittenKeys(operation, [...path, "value"], report);
  // Moving takes away at the source, copying only reads there.
  if (needsFrom && from !== undefined) checkPointer(from, op === "move", [...path, "from"], report);
}

function checkPointer(pointer: string, writes: boolean, path: DocumentPath, report: Report): void {
  const parts = parsePointer(pointer);
  if (parts === undefined) {
    const message = `"${pointer}" is not a JSON Pointer: it starts with / and writes ~ as ~0 and / inside a name as ~1`;
    report(path, message);
    return;
  }
  const part = writes ? protectedPart(parts) : undefined;
  if (part !== undefined) report(path, `overrides never change ${part}`);
}

/** A map that is put somewhere as a whole writes each of its keys. */
function checkWrittenKeys({ op, path: pointer, value }: PatchOverride, path: DocumentPath, report: Report): void {
  const parts = parsePointer(pointer);
  if (parts === undefined || op === "test" || !isJsonObject(value) || protectedPart(parts) !== undefined) return;
  for (const key of Object.keys(value)) {
    const part = protectedPart([...parts, key]);
    if (part !== undefined) report([...path, key], `overrides never change ${part}`, { target: "key" });
  }
}

function checkMergePatch(
  patch: Readonly<Record<string, unknown>>,
  parents: readonly string[],
  path: DocumentPath,
  report: Report,
): void {
  for (const [key, value] of Object.entries(patch)) {
    const parts = [...parents, key];
    // An object is merged and only its own keys are changed; anything else takes the place of what was there.
    const part = isJsonObject(value) && isContainer(parts) ? undefined : protectedPart(parts);
    if (part !== undefined) report([...path, key], `overrides never change ${part}`, { target: "key" });
    else if (isJsonObject(value)) checkMergePatch(value, parts, [...path, key], report);
  }
}

function isContainer(parts: readonly string[]): boolean {
  return parts.length === 1 && (parts[0] === "metadata" || parts[0] === "spec");
}

// https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set
const KEY =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

function checkKeyValues(
  { add = {}, remove = [] }: KeyValueOverride = {},
  field: "labels" | "annotations",
  path: DocumentPath,
  report: Report,
): void {
  const checkOwner = (key: string, at: DocumentPath, target: "key" | "value"): void => {
    const part = protectedPart(["metadata", field, key]);
    if (part !== undefined) report(at, `overrides never change ${part}`, { target });
  };
  for (const key of Object.keys(add)) {
    const at = [...path, "add", key];
    if (!KEY.test(key)) report(at, `"${key}" is not a valid key: expected NAME or PREFIX/NAME`, { target: "key" });
    checkOwner(key, at, "key");
  }
  for (const [index, key] of remove.entries()) checkOwner(key, [...path, "remove", index], "value");
}
