import { conflict, forbidden, invalid, notFound, StatusError } from "../http/status-error.ts";
import { listAt, numberAt, objectAt, stringAt, valueAt, withAt, type Json, type JsonObject } from "../json/json.ts";
import { bucketOf, qualifiedKind, type Resource } from "../resources/resource.ts";
import { objectKey } from "../store/object-store.ts";
import { unsupported } from "../validation/causes.ts";
import { formatTime, putStored, readStored, type ServerState } from "./server-state.ts";
import { isDone } from "./update-object.ts";

/** How an object is deleted, as `DeleteOptions` says it. */
export interface DeleteRequest {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly propagation?: string;
  readonly graceSeconds?: number;
  readonly dryRun: boolean;
}

const PROPAGATIONS = ["Foreground", "Background", "Orphan"];
/** Holds a deleted custom definition until its objects are gone. */
export const DEFINITION_CLEANUP: string = "customresourcecleanup.apiextensions.k8s.io";
const KEPT_NAMESPACES = ["default", "kube-system", "kube-public"];

/**
 * Deletes an object, or marks it deleted when something still holds it: finalizers, a namespace's content, a running pod's
 * time to end. Returns its last state and whether it is gone. @throws StatusError 403, 404, 409 or 422
 */
export function deleteObject(
  state: ServerState,
  resource: Resource,
  target: { readonly namespace: string; readonly name: string },
  request: DeleteRequest,
): { readonly object: JsonObject; readonly gone: boolean } {
  checkPropagation(request);
  const old = readStored(state, resource, target.namespace, target.name);
  if (old === undefined) throw notFound(resource, target.name);
  checkPreconditions(resource, target.name, old, request);
  const isNamespace = resource.group === "" && resource.kind === "Namespace";
  if (isNamespace && KEPT_NAMESPACES.includes(target.name))
    throw forbidden(resource, target.name, "this namespace may not be deleted");
  const marked = markDeleted(state, resource, old, request);
  if (isDone(marked)) {
    if (!request.dryRun) state.store.remove(bucketOf(resource), objectKey(target.namespace, target.name), old);
    return { object: old, gone: true };
  }
  const isSame = valueAt(old, "metadata", "deletionTimestamp") !== undefined && marked === old;
  return { object: isSame || request.dryRun ? marked : putStored(state, resource, marked), gone: false };
}

function checkPropagation(request: DeleteRequest): void {
  if (request.propagation === undefined || PROPAGATIONS.includes(request.propagation)) return;
  const cause = unsupported("propagationPolicy", request.propagation, [...PROPAGATIONS, "nil"]);
  throw invalid({ group: "meta.k8s.io", kind: "DeleteOptions" }, "", [cause]);
}

function checkPreconditions(resource: Resource, name: string, old: JsonObject, request: DeleteRequest): void {
  const uid = stringAt(old, "metadata", "uid") ?? "";
  const revision = stringAt(old, "metadata", "resourceVersion") ?? "";
  const refuse = (why: string): StatusError => {
    const error = conflict(resource, name, why);
    const message = `Operation cannot be fulfilled on ${qualifiedKind(resource)} "${name}": ${why}`;
    return new StatusError(error.code, error.reason, message, { ...error.details, kind: resource.kind });
  };
  if (request.uid !== undefined && request.uid !== uid) {
    throw refuse(
      `the UID in the precondition (${request.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
    );
  }
  if (request.resourceVersion !== undefined && request.resourceVersion !== revision) {
    throw refuse(
      `the ResourceVersion in the precondition (${request.resourceVersion}) does not match the ResourceVersion in record (${revision}). The object might have been modified`,
    );
  }
}

/** The object with its deletion noted. One that is being deleted already may only get less time. */
function markDeleted(state: ServerState, resource: Resource, old: JsonObject, request: DeleteRequest): JsonObject {
  const isPod = resource.group === "" && resource.kind === "Pod";
  const graceSeconds = isPod ? podGraceSeconds(old, request) : 0;
  const finalizers = withPropagation(listAt(old, "metadata", "finalizers"), request.propagation);
  if (isDefinition(resource)) return markDefinition(state, old, finalizers);
  let out = withAt(old, ["metadata", "finalizers"], finalizers.length === 0 ? undefined : [...finalizers]);
  if (valueAt(old, "metadata", "deletionTimestamp") !== undefined) {
    const before = numberAt(old, "metadata", "deletionGracePeriodSeconds") ?? 0;
    if (graceSeconds >= before && finalizers.length === listAt(old, "metadata", "finalizers").length) return old;
    return withAt(out, ["metadata", "deletionGracePeriodSeconds"], Math.min(before, graceSeconds));
  }
  out = withAt(out, ["metadata", "deletionTimestamp"], formatTime(state.clock.nowMs() + graceSeconds * 1000));
  const generation = numberAt(old, "metadata", "generation");
  if (generation !== undefined) out = withAt(out, ["metadata", "generation"], generation + 1);
  if (resource.group === "" && resource.kind === "Namespace") return withAt(out, ["status", "phase"], "Terminating");
  return withAt(out, ["metadata", "deletionGracePeriodSeconds"], graceSeconds);
}

function isDefinition(resource: Resource): boolean {
  return resource.group === "apiextensions.k8s.io" && resource.kind === "CustomResourceDefinition";
}

function markDefinition(state: ServerState, old: JsonObject, finalizers: readonly Json[]): JsonObject {
  if (valueAt(old, "metadata", "deletionTimestamp") !== undefined) return old;
  const held = withAt(old, ["metadata", "finalizers"], [...finalizers, DEFINITION_CLEANUP]);
  return withAt(held, ["metadata", "deletionTimestamp"], formatTime(state.clock.nowMs()));
}

/** A pod that runs nowhere, or has ended, needs no time. */
function podGraceSeconds(pod: JsonObject, request: DeleteRequest): number {
  const isPlaced = (stringAt(pod, "spec", "nodeName") ?? "") !== "";
  const hasEnded = ["Succeeded", "Failed"].includes(stringAt(objectAt(pod, "status"), "phase") ?? "");
  if (!isPlaced || hasEnded) return 0;
  return request.graceSeconds ?? numberAt(pod, "spec", "terminationGracePeriodSeconds") ?? 30;
}

function withPropagation(finalizers: readonly Json[], propagation: string | undefined): readonly Json[] {
  const others = finalizers.filter((one) => one !== "foregroundDeletion" && one !== "orphan");
  if (propagation === "Foreground") return [...others, "foregroundDeletion"];
  if (propagation === "Orphan") return [...others, "orphan"];
  return propagation === "Background" ? others : finalizers;
}
