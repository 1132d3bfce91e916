import { InputError, isJsonObject, nearestName, problemsFromIssues, type Document, type Problem } from "@flotilla/core";
import { BUILT_IN_SCORES } from "../framework/score-max.ts";
import { checkOverrides } from "./check/check-overrides.ts";
import { checkPlacement } from "./check/check-placement.ts";
import type { Report } from "./check/report.ts";
import { DEFAULT_PLACEMENT } from "./default-placement.ts";
import { POLICY_KINDS, policyJsonSchema, type PolicyKind } from "./json-schemas.ts";
import type { OverridePolicy } from "./override-policy.ts";
import type { PlacementPolicy } from "./placement-policy.ts";
import { overrideSchema } from "./schema/override-schema.ts";
import { placementSchema } from "./schema/placement-schema.ts";

export interface Policies {
  readonly placements: readonly PlacementPolicy[];
  readonly overrides: readonly OverridePolicy[];
}

export interface ParsePoliciesOptions {
  /** Names of custom scores that policies may weigh, besides the built-in ones. */
  readonly scoreNames?: readonly string[];
}

/** Whether a document is one of the kinds that `parsePolicies` reads; other documents are manifests or other files' kinds. */
export function isPolicyDocument(document: Document): boolean {
  return kindOf(document) !== undefined;
}

/**
 * The policies of a stream of documents, in its order, defaults filled in; documents of other kinds are left alone.
 *
 * @throws InputError with everything that is wrong in all of them, each with its place in the file: unknown fields, wrong
 * types, contradictions, names used twice, overrides that would change identity or replicas.
 */
export function parsePolicies(documents: readonly Document[], options: ParsePoliciesOptions = {}): Policies {
  const problems: Problem[] = [];
  const placements: PlacementPolicy[] = [];
  const overrides: OverridePolicy[] = [];
  const scoreNames = [...BUILT_IN_SCORES, ...(options.scoreNames ?? [])];
  const names = new Map<string, Document>();
  for (const document of documents) {
    const kind = kindOf(document);
    problems.push(...strayKind(document, kind));
    if (kind === undefined) continue;
    const found: Problem[] = [];
    const report = reporter(document, found);
    const policy = parsePolicy(document, kind, found);
    if (policy !== undefined) checkName(document, policy, names, report);
    if (policy !== undefined && "spec" in policy) {
      checkPlacement(policy, scoreNames, report);
      placements.push(policy);
    } else if (policy !== undefined) {
      checkOverrides(policy, report);
      overrides.push(policy);
    }
    problems.push(...found);
  }
  if (problems.length > 0) throw new InputError(problems);
  return { placements, overrides };
}

function parsePolicy(
  document: Document,
  kind: PolicyKind,
  problems: Problem[],
): PlacementPolicy | OverridePolicy | undefined {
  const isPlacement = kind === "PlacementPolicy" || kind === "ClusterPlacementPolicy";
  return isPlacement ? parsePlacement(document, kind, problems) : parseOverride(document, kind, problems);
}

function parsePlacement(
  document: Document,
  kind: PlacementPolicy["kind"],
  problems: Problem[],
): PlacementPolicy | undefined {
  const result = placementSchema(kind).safeParse(document.value);
  if (!result.success) {
    problems.push(...problemsFromIssues({ document, issues: result.error.issues, jsonSchema: policyJsonSchema(kind) }));
    return undefined;
  }
  const { metadata, spec } = result.data;
  // An empty list or map means absent.
  const score = Object.keys(spec.score).length === 0 ? DEFAULT_PLACEMENT.score : spec.score;
  return { kind, name: metadata.name, ...namespaceOf(kind, metadata.namespace), spec: { ...spec, score } };
}

function parseOverride(
  document: Document,
  kind: OverridePolicy["kind"],
  problems: Problem[],
): OverridePolicy | undefined {
  const result = overrideSchema(kind).safeParse(document.value);
  if (!result.success) {
    problems.push(...problemsFromIssues({ document, issues: result.error.issues, jsonSchema: policyJsonSchema(kind) }));
    return undefined;
  }
  const { metadata, spec } = result.data;
  return { kind, name: metadata.name, ...namespaceOf(kind, metadata.namespace), ...spec };
}

/** Namespaced kinds are in `default` unless they say otherwise, as every object is. */
function namespaceOf(kind: PolicyKind, namespace: string | undefined): { readonly namespace?: string } {
  if (kind.startsWith("Cluster")) return namespace === undefined ? {} : { namespace };
  return { namespace: namespace ?? "default" };
}

function checkName(
  document: Document,
  policy: PlacementPolicy | OverridePolicy,
  names: Map<string, Document>,
  report: Report,
): void {
  if (policy.kind.startsWith("Cluster") && policy.namespace !== undefined) {
    report(["metadata", "namespace"], `a ${policy.kind} is in no namespace`);
  }
  const key = `${policy.kind} ${policy.namespace ?? ""}/${policy.name}`;
  const first = names.get(key);
  if (first === undefined) {
    names.set(key, document);
    return;
  }
  const { file, line } = first.locate(["metadata", "name"]);
  report(["metadata", "name"], `${policy.kind} "${policy.name}" is there already, at ${file}:${line}`);
}

const GROUP = "flotilla.dev/";
const VERSION = "flotilla.dev/v1alpha1";
/** Kinds of the group that stand in other files. */
const OTHER_KINDS: readonly string[] = ["Config", "PriceList", "Fleet"];

function kindOf({ value }: Document): PolicyKind | undefined {
  if (!isJsonObject(value) || !isOurs(value)) return undefined;
  return POLICY_KINDS.find((kind) => kind === value["kind"]);
}

function isOurs(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value["apiVersion"] === "string" && value["apiVersion"].startsWith(GROUP);
}

/** A kind of our group that does not exist would otherwise go to every cluster as if it were a manifest. */
function strayKind(document: Document, kind: PolicyKind | undefined): readonly Problem[] {
  const { value } = document;
  if (kind !== undefined || !isJsonObject(value) || !isOurs(value)) return [];
  const name = typeof value["kind"] === "string" ? value["kind"] : "";
  if (OTHER_KINDS.includes(name)) return [];
  const suggestion = nearestName(name, POLICY_KINDS);
  const problem = {
    position: document.locate(["kind"]),
    path: ["kind"],
    message: `no such kind in ${VERSION}; known are ${POLICY_KINDS.join(", ")}`,
  };
  return [suggestion === undefined ? problem : { ...problem, suggestion }];
}

function reporter(document: Document, problems: Problem[]): Report {
  return (path, message, { suggestion, target = "value" } = {}) => {
    const problem = { position: document.locate(path, target), path, message };
    problems.push(suggestion === undefined ? problem : { ...problem, suggestion });
  };
}
