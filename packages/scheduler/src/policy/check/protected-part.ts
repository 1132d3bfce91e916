/**
 * What a write at a path of an object would change that overrides must leave alone, in words; `undefined` if nothing. Identity
 * says which object it is, our own marks whose it is, and the numbers of pods are what placement decides.
 */
export function protectedPart(parts: readonly string[]): string | undefined {
  const [first, second, third = ""] = parts;
  if (first === undefined) return "the object as a whole";
  if (first === "apiVersion" || first === "kind") return `identity (${first})`;
  if (first === "metadata" && second === undefined) return "metadata as a whole, which holds the identity";
  if (first === "metadata" && (second === "name" || second === "namespace")) return `identity (metadata.${second})`;
  if (first === "metadata" && (second === "labels" || second === "annotations") && third.startsWith(OWN_PREFIX)) {
    return `${third}: labels and annotations under ${OWN_PREFIX} say whose an object is`;
  }
  if (first === "spec" && second === undefined) return "spec as a whole, which holds the replicas";
  if (first === "spec" && COUNTS.includes(second ?? "")) return `replicas (spec.${second})`;
  return undefined;
}

const OWN_PREFIX = "flotilla.dev/";

// Of Deployments, StatefulSets, ReplicaSets; and of Jobs, whose pods are divided too.
const COUNTS: readonly string[] = ["replicas", "parallelism", "completions"];
