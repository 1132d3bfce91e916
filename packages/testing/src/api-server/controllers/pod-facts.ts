import { objectAt, objectsAt, stringAt, type JsonObject } from "../json/json.ts";
import { parseAmount } from "../schema/parse-amount.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import { isDeleting } from "./object-client.ts";

/** Amounts by resource name: cpu in thousandths, everything else in whole units. */
export type Amounts = ReadonlyMap<string, number>;

/** A pod that has ended uses nothing any more. */
export function hasEnded(pod: JsonObject): boolean {
  const phase = stringAt(pod, "status", "phase");
  return phase === "Succeeded" || phase === "Failed";
}

/** Neither ended nor on its way out. */
export function isActive(pod: JsonObject): boolean {
  return !hasEnded(pod) && !isDeleting(pod);
}

/** Whether the pod's Ready condition holds. */
export function isReady(pod: JsonObject): boolean {
  return isTrue(pod, "Ready");
}

/** How long the pod still has to be ready before it counts as available; 0: it is. `undefined`: it is not ready. */
export function untilAvailableMs(pod: JsonObject, minReadySeconds: number, nowMs: number): number | undefined {
  if (!isReady(pod)) return undefined;
  const since = Date.parse(stringAt(conditionOf(pod, "Ready"), "lastTransitionTime") ?? "");
  return minReadySeconds === 0 ? 0 : Math.max(0, since + minReadySeconds * 1000 - nowMs);
}

/** What a pod asks of a node: its containers together, or its largest init container, plus overhead, and one pod. */
export function podRequests(pod: JsonObject): Amounts {
  const out = new Map<string, number>();
  for (const container of objectsAt(pod, "spec", "containers")) addRequests(out, container, (a, b) => a + b);
  for (const container of objectsAt(pod, "spec", "initContainers")) addRequests(out, container, Math.max);
  for (const [name, quantity] of Object.entries(objectAt(pod, "spec", "overhead"))) {
    out.set(name, (out.get(name) ?? 0) + parseAmount(name, quantity));
  }
  return out.set("pods", 1);
}

function addRequests(out: Map<string, number>, container: JsonObject, combine: (a: number, b: number) => number): void {
  for (const [name, quantity] of Object.entries(objectAt(container, "resources", "requests"))) {
    out.set(name, combine(out.get(name) ?? 0, parseAmount(name, quantity)));
  }
}
