import { EMPTY_SET, type FieldSet, parseFieldSet } from "../apply/field-set.ts";
import type { Resource } from "../resources/resource.ts";

/** Fields a write through this door cannot change and so does not own: the status on the main one, all else on `status`. */
export function ignoredFields(resource: Resource, subresource: string | undefined): FieldSet {
  if (subresource === "status") {
    const metadata =
      resource.custom === undefined
        ? { "f:labels": {} }
        : { ".": {}, "f:annotations": {}, "f:labels": {}, "f:finalizers": {}, "f:ownerReferences": {} };
    return parseFieldSet({ "f:spec": {}, "f:metadata": metadata });
  }
  const hasStatus = resource.subresources.includes("status") && resource.kind !== "Node";
  return hasStatus ? parseFieldSet({ "f:status": {} }) : EMPTY_SET;
}
