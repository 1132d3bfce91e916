import { isObject, listAt, objectAt, objectsAt, stringAt, valueAt, type Json, type JsonObject } from "../json/json.ts";
import { parseAmount } from "../schema/parse-amount.ts";
import type { Amounts } from "./pod-facts.ts";

/** Room of a node: what pods may use, and what they use already. */
export interface NodeRoom {
  readonly node: JsonObject;
  readonly allocatable: Amounts;
  readonly used: Map<string, number>;
}

/** The room of a node nobody uses yet. */
export function emptyRoom(node: JsonObject): NodeRoom {
  const listed = Object.entries(objectAt(node, "status", "allocatable")).map(
    ([name, quantity]) => [name, parseAmount(name, quantity)] as const,
  );
  return { node, allocatable: new Map(listed), used: new Map() };
}

/** Takes room. */
export function occupy(room: NodeRoom, requests: Amounts): void {
  for (const [name, amount] of requests) room.used.set(name, (room.used.get(name) ?? 0) + amount);
}

/** Why the pod cannot go to the node, in the scheduler's words; empty when it can. */
export function misfits(pod: JsonObject, requests: Amounts, room: NodeRoom): string[] {
  const placement = placementMisfit(pod, room.node);
  if (placement !== undefined) return [placement];
  return [...requests].flatMap(([name, wanted]) => {
    if (wanted === 0) return [];
    const free = (room.allocatable.get(name) ?? 0) - (room.used.get(name) ?? 0);
    if (wanted <= free) return [];
    return [name === "pods" ? "Too many pods" : `Insufficient ${name}`];
  });
}

/** Why the pod may not be on the node whatever its room; `undefined` when it may. */
export function placementMisfit(pod: JsonObject, node: JsonObject): string | undefined {
  const tolerations = objectsAt(pod, "spec", "tolerations");
  if (
    valueAt(node, "spec", "unschedulable") === true &&
    !tolerates(tolerations, { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" })
  ) {
    return "node(s) were unschedulable";
  }
  const taint = objectsAt(node, "spec", "taints").find(
    (one) => one["effect"] !== "PreferNoSchedule" && !tolerates(tolerations, one),
  );
  if (taint !== undefined) return "node(s) had untolerated taint(s)";
  const labels = objectAt(node, "metadata", "labels");
  const selector = Object.entries(objectAt(pod, "spec", "nodeSelector"));
  if (!selector.every(([key, value]) => labels[key] === value) || !affinityHolds(pod, node))
    return "node(s) didn't match Pod's node affinity/selector";
  return undefined;
}

/** Whether one of the tolerations bears the taint. */
function tolerates(tolerations: readonly JsonObject[], taint: JsonObject): boolean {
  return tolerations.some((one) => {
    const [key, effect, operator] = [
      stringAt(one, "key") ?? "",
      stringAt(one, "effect") ?? "",
      stringAt(one, "operator") ?? "Equal",
    ];
    if (effect !== "" && effect !== taint["effect"]) return false;
    if (key === "") return operator === "Exists";
    if (key !== taint["key"]) return false;
    return operator === "Exists" || (stringAt(one, "value") ?? "") === (stringAt(taint, "value") ?? "");
  });
}

function affinityHolds(pod: JsonObject, node: JsonObject): boolean {
  const wanted = valueAt(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  return !isObject(wanted) || objectsAt(wanted, "nodeSelectorTerms").some((term) => termHolds(term, node));
}

function termHolds(term: JsonObject, node: JsonObject): boolean {
  const labels = objectAt(node, "metadata", "labels");
  const expressions = objectsAt(term, "matchExpressions");
  const fields = objectsAt(term, "matchFields");
  if (expressions.length + fields.length === 0) return false;
  return (
    expressions.every((one) => requirementHolds(one, labels[stringAt(one, "key") ?? ""])) &&
    fields.every((one) => requirementHolds(one, stringAt(node, "metadata", "name")))
  );
}

function requirementHolds(requirement: JsonObject, value: Json | undefined): boolean {
  const values = listAt(requirement, "values");
  switch (stringAt(requirement, "operator") ?? "") {
    case "In":
      return value !== undefined && values.includes(value);
    case "NotIn":
      return value === undefined || !values.includes(value);
    case "Exists":
      return value !== undefined;
    case "DoesNotExist":
      return value === undefined;
    case "Gt":
      return Number(value) > Number(values[0]);
    case "Lt":
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}
