import type { KubeObject } from "@flotilla/core";
import { listAt, numberAt, textAt, valueAt } from "../objects/json-access.ts";
import type { Health } from "./workload-status.ts";

export interface Condition {
  readonly status: string;
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

export function conditionOf(object: KubeObject, type: string): Condition | undefined {
  const found = listAt(object, "status", "conditions").find((condition) => textAt(condition, "type") === type);
  if (found === undefined) return undefined;
  return {
    status: textAt(found, "status") ?? "Unknown",
    reason: textAt(found, "reason"),
    message: textAt(found, "message"),
  };
}

/** Whether the controller has not seen the latest spec yet: what its status says is about an older one. */
export function isBehind(object: KubeObject): boolean {
  const observed = numberAt(object, "status", "observedGeneration");
  const { generation } = object.metadata;
  return observed !== undefined && generation !== undefined && observed < generation;
}

/**
 * Health of a kind we do not know, by the conventions of its status: generation first, then `Stalled` and `Reconciling`, then
 * `Established`, `Ready` or `Available`. Nothing said is taken for well. Source: kubernetes-sigs/cli-utils, kstatus.
 */
export function genericHealth(object: KubeObject): readonly [Health, string] {
  if (isBehind(object)) return ["progressing", "its controller has not seen the latest change"];
  const stalled = conditionOf(object, "Stalled");
  if (stalled?.status === "True") return ["failed", tellCondition(stalled)];
  const reconciling = conditionOf(object, "Reconciling");
  if (reconciling?.status === "True") return ["progressing", tellCondition(reconciling)];
  for (const type of ["Established", "Ready", "Available"]) {
    const condition = conditionOf(object, type);
    if (condition === undefined) continue;
    return condition.status === "True" ? ["healthy", ""] : ["progressing", tellCondition(condition)];
  }
  const phase = textAt(object, "status", "phase");
  if (object.kind === "CustomResourceDefinition") return ["progressing", "not established yet"];
  return phase === "Terminating"
    ? ["progressing", phase]
    : ["healthy", valueAt(object, "status") === undefined ? "" : (phase ?? "")];
}

export function tellCondition({ reason, message }: Condition): string {
  return message ?? reason ?? "";
}
