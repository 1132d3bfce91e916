import { isJsonObject } from "@flotilla/core";

/**
 * What the answer to a DELETE says. A `Status` means gone. Otherwise it is the object: still there if something must happen
 * first (a finalizer, its own or a namespace's in `spec`, or a pod's grace period), else shown one last time.
 */
export function readDeleteOutcome(body: unknown): "deleted" | "deleting" {
  if (!isJsonObject(body) || body["kind"] === "Status") return "deleted";
  const metadata = isJsonObject(body["metadata"]) ? body["metadata"] : {};
  const spec = isJsonObject(body["spec"]) ? body["spec"] : {};
  if (typeof metadata["deletionTimestamp"] !== "string") return "deleted";
  const waits =
    isFilled(metadata["finalizers"]) ||
    (body["kind"] === "Namespace" && isFilled(spec["finalizers"])) ||
    Number(metadata["deletionGracePeriodSeconds"] ?? 0) > 0;
  return waits ? "deleting" : "deleted";
}

function isFilled(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
