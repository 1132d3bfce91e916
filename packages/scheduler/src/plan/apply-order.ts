import type { ObjectRef } from "@flotilla/core";
import type { ObjectRole } from "./plan.ts";

/** Namespaces and definitions come before what needs them, workloads after what they name, what points at them last. */
export function applyOrderOf(role: ObjectRole, ref: Pick<ObjectRef, "kind">): number {
  if (role === "namespace") return 0;
  if (ref.kind === "CustomResourceDefinition") return 1;
  return { follower: 2, workload: 3, companion: 4 }[role];
}
