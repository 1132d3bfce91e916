import type { JsonObject } from "../json/json.ts";
import type { StructSchema } from "../schema/schema.ts";

/** One kind in one API version, as the server serves it. */
export interface Resource {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  readonly subresources: readonly string[];
  readonly schema: StructSchema;
  /** `metadata.generation` counts changes of what the user wants. */
  readonly hasGeneration: boolean;
  /** Where the replica counts are, for the scale subresource. */
  readonly scale?: ScalePaths;
  /** Set for a kind that a CustomResourceDefinition brought. */
  readonly custom?: CustomResource;
}

export interface ScalePaths {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  /** Of a string selector in status; absent: `spec.selector`. */
  readonly labelSelector?: readonly string[];
}

interface CustomResource {
  /** `openAPIV3Schema` of this version. */
  readonly validation: JsonObject;
  readonly columns: readonly JsonObject[];
  readonly definition: string;
}

/** All verbs of an ordinary kind, in the server's order. */
export const ALL_VERBS: readonly string[] = Object.freeze([
  "create",
  "delete",
  "deletecollection",
  "get",
  "list",
  "patch",
  "update",
  "watch",
]);

/** `v1` or `apps/v1`. */
export function apiVersionOf(resource: Pick<Resource, "group" | "version">): string {
  return resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
}

/** `deployments.apps`, as messages name a kind's objects. */
export function qualifiedName(resource: Pick<Resource, "group" | "plural">): string {
  return resource.group === "" ? resource.plural : `${resource.plural}.${resource.group}`;
}

/** `Deployment.apps`, as validation messages name a kind. */
export function qualifiedKind(resource: Pick<Resource, "group" | "kind">): string {
  return resource.group === "" ? resource.kind : `${resource.kind}.${resource.group}`;
}

/** Where its objects are stored: all versions of a kind share one place. */
export function bucketOf(resource: Pick<Resource, "group" | "plural">): string {
  return `${resource.group}/${resource.plural}`;
}
