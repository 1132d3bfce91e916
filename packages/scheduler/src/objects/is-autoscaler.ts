import type { ObjectRef } from "@flotilla/core";

/** Whether objects of this kind own the number of replicas of what they point at. */
export function isAutoscaler({ kind }: Pick<ObjectRef, "kind">): boolean {
  return kind === "HorizontalPodAutoscaler" || kind === "ScaledObject";
}
