import { nearestName } from "@flotilla/core";
import { REGION_PLACES } from "../../plugins/region-places.ts";
import type { PlacementPolicy, PlacementSpec } from "../placement-policy.ts";
import { checkClusterSelector, checkWorkloads } from "./check-selectors.ts";
import type { Report } from "./report.ts";

/** What a schema cannot say: parts that contradict each other, and names that nobody knows. */
export function checkPlacement(policy: PlacementPolicy, scoreNames: readonly string[], report: Report): void {
  const { spec } = policy;
  checkWorkloads(spec.workloads, policy.namespace, report);
  checkClusterSelector(spec.clusters, ["spec", "clusters"], report);
  checkTolerations(spec, report);
  checkSpread(spec, report);
  checkReplicas(spec, report);
  checkScores(spec, scoreNames, report);
  checkRegions(spec, report);
}

/** The API server refuses the same of a pod's tolerations. */
function checkTolerations({ tolerations }: PlacementSpec, report: Report): void {
  for (const [index, { key = "", operator = "Equal", value = "" }] of tolerations.entries()) {
    const path = ["spec", "tolerations", index];
    if (key === "" && operator !== "Exists") report(path, "a toleration without a key needs operator: Exists");
    if (operator === "Exists" && value !== "") report([...path, "value"], "operator: Exists takes no value");
  }
}

function checkSpread({ spread, replicas }: PlacementSpec, report: Report): void {
  const seen = new Set<string>();
  for (const [index, { by, minGroups, maxGroups, maxSharePercent }] of spread.entries()) {
    const path = ["spec", "spread", index];
    if (seen.has(by)) report([...path, "by"], `"${by}" is constrained twice; write one constraint`);
    seen.add(by);
    if (minGroups !== undefined && maxGroups !== undefined && minGroups > maxGroups) {
      report([...path, "minGroups"], `minGroups ${minGroups} is more than maxGroups ${maxGroups}`);
    }
    if (maxSharePercent !== undefined && replicas.mode === "Duplicate") {
      report([...path, "maxSharePercent"], "there are no shares under mode: Duplicate; every cluster has all replicas");
    }
  }
}

function checkReplicas({ replicas }: PlacementSpec, report: Report): void {
  for (const [index, { clusters }] of replicas.weights.entries()) {
    checkClusterSelector(clusters, ["spec", "replicas", "weights", index, "clusters"], report);
  }
  for (const [index, { clusters, min, max }] of replicas.limits.entries()) {
    const path = ["spec", "replicas", "limits", index];
    checkClusterSelector(clusters, [...path, "clusters"], report);
    if (min === undefined && max === undefined) report(path, "a limit needs min or max");
    if (min !== undefined && max !== undefined && min > max) {
      report([...path, "min"], `min ${min} is more than max ${max}`);
    }
  }
}

function checkScores({ score }: PlacementSpec, scoreNames: readonly string[], report: Report): void {
  for (const name of Object.keys(score)) {
    if (scoreNames.includes(name)) continue;
    const suggestion = nearestName(name, scoreNames);
    const message = `unknown score; known are ${scoreNames.join(", ")}`;
    report(["spec", "score", name], message, { suggestion, target: "key" });
  }
}

function checkRegions({ regions }: PlacementSpec, report: Report): void {
  const { prefer = [], near } = regions;
  if (near === undefined) return;
  if (prefer.length > 0) report(["spec", "regions", "near"], "give either prefer or near");
  if (REGION_PLACES.has(near.region)) return;
  const message = `where "${near.region}" is, is unknown; use regions.prefer for regions that no cloud has`;
  const suggestion = nearestName(near.region, [...REGION_PLACES.keys()]);
  report(["spec", "regions", "near", "region"], message, { suggestion });
}
