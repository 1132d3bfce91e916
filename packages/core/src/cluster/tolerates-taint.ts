import type { Taint, Toleration } from "./taint.ts";

/**
 * Whether any toleration covers the taint, by the rules of
 * https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/. A toleration without a key must say `Exists`
 * (the API server refuses the other), and then covers every taint.
 */
export function toleratesTaint(tolerations: readonly Toleration[], taint: Taint): boolean {
  return tolerations.some((toleration) => tolerates(toleration, taint));
}

/** The first taint that keeps work away: `NoSchedule` or `NoExecute` and covered by nothing. `PreferNoSchedule` only asks. */
export function untoleratedTaint(tolerations: readonly Toleration[], taints: readonly Taint[]): Taint | undefined {
  return taints.find((taint) => taint.effect !== "PreferNoSchedule" && !toleratesTaint(tolerations, taint));
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  const { key = "", operator = "Equal", value = "", effect } = toleration;
  if (effect !== undefined && effect !== taint.effect) return false;
  if (key === "") return operator === "Exists";
  return key === taint.key && (operator === "Exists" || value === (taint.value ?? ""));
}
