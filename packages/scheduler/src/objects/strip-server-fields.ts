import type { KubeObject } from "@flotilla/core";
import { isMap } from "./json-access.ts";

/** Metadata that the server writes. Sending it back is refused or claims what is not ours. Source: metav1.ObjectMeta. */
const SERVER_METADATA: ReadonlySet<string> = new Set([
  "uid",
  "resourceVersion",
  "generation",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "managedFields",
  "selfLink",
]);

/** Annotations that kubectl and controllers keep for themselves on an object exported from a cluster. */
const FOREIGN_ANNOTATIONS: ReadonlySet<string> = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  "deployment.kubernetes.io/revision",
]);

/**
 * What a person means by a manifest: without `status` and the metadata the server writes. `spec` is kept as written, so a
 * `clusterIP` or `nodePort` in the file is deliberate: whoever exported a Service takes them out before it goes elsewhere.
 */
export function stripServerFields(object: KubeObject): KubeObject {
  const { status: _status, metadata, ...rest } = object;
  const kept = Object.entries(metadata).filter(([key, value]) => !SERVER_METADATA.has(key) && value !== null);
  const cleaned = Object.fromEntries(
    kept.map(([key, value]) => [key, key === "annotations" ? userAnnotations(value) : value]),
  );
  return { ...rest, apiVersion: object.apiVersion, kind: object.kind, metadata: { ...cleaned, name: metadata.name } };
}

function userAnnotations(annotations: unknown): unknown {
  if (!isMap(annotations)) return annotations;
  return Object.fromEntries(Object.entries(annotations).filter(([key]) => !FOREIGN_ANNOTATIONS.has(key)));
}
