import { objectsAt, stringAt, type JsonObject } from "../json/json.ts";

/** The condition of a type, or `undefined`. */
export function conditionOf(object: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(object, "status", "conditions").find((one) => one["type"] === type);
}

/** Whether the condition is `True`. */
export function isTrue(object: JsonObject, type: string): boolean {
  return stringAt(conditionOf(object, type), "status") === "True";
}

/** The conditions with one set. An unchanged status keeps its transition time. */
export function withCondition(
  conditions: readonly JsonObject[],
  next: { readonly type: string; readonly status: string; readonly reason: string; readonly message: string },
  now: string,
): JsonObject[] {
  const old = conditions.find((one) => one["type"] === next.type);
  const isSame = old?.["status"] === next.status;
  if (isSame && old?.["reason"] === next.reason && old["message"] === next.message) return [...conditions];
  const made = {
    ...next,
    lastUpdateTime: now,
    lastTransitionTime: isSame ? (stringAt(old, "lastTransitionTime") ?? now) : now,
  };
  return old === undefined ? [...conditions, made] : conditions.map((one) => (one === old ? made : one));
}
