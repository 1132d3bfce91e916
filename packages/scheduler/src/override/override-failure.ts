import type { DocumentPath, ObjectRef } from "@flotilla/core";
import { formatRef } from "../objects/object-ref.ts";
import type { OverridePolicy } from "../policy/override-policy.ts";

/** Why an override could not be applied to one object. Nothing of it was applied. */
export interface OverrideFailure {
  readonly policy: Pick<OverridePolicy, "kind" | "name" | "namespace">;
  /** Path from the policy's document root to the part at fault, e.g. `spec, rules, 0, patch, 2`. */
  readonly path: DocumentPath;
  /** `null`: on any cluster. */
  readonly cluster: string | null;
  readonly ref: ObjectRef;
  readonly message: string;
}

/** One line: policy, rule, object, cluster (where only one is meant) and what is wrong. */
export function formatOverrideFailure({ policy, path, cluster, ref, message }: OverrideFailure): string {
  const name = policy.namespace === undefined ? policy.name : `${policy.namespace}/${policy.name}`;
  const rule = typeof path[2] === "number" ? `, rule ${path[2] + 1}` : "";
  const where = cluster === null ? "" : ` for ${cluster}`;
  return `${policy.kind} ${name}${rule}: ${formatRef(ref)}${where}: ${message}`;
}
