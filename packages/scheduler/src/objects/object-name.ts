import type { ObjectRef } from "@flotilla/core";

/** How a person names an object: `[NS/]KIND/NAME`. Any `ObjectRef` is one. */
export interface ObjectName {
  /** Absent: every version and group. */
  readonly apiVersion?: string;
  /** In any case. */
  readonly kind: string;
  /** Absent: every namespace. */
  readonly namespace?: string;
  readonly name: string;
}

export function isNamed(ref: ObjectRef, { apiVersion, kind, namespace, name }: ObjectName): boolean {
  return (
    ref.name === name &&
    ref.kind.toLowerCase() === kind.toLowerCase() &&
    (namespace === undefined || namespace === ref.namespace) &&
    (apiVersion === undefined || apiVersion === ref.apiVersion)
  );
}
