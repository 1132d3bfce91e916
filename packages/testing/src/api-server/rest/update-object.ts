import { type ManagedEntries, type ManagerId, readManagedFields, withManagedFields } from "../apply/managed-fields.ts";
import { trackUpdate } from "../apply/track-update.ts";
import { conflict, MODIFIED, notFound } from "../http/status-error.ts";
import {
  equalJson,
  listAt,
  numberAt,
  objectAt,
  stringAt,
  valueAt,
  withAt,
  without,
  type Json,
  type JsonObject,
} from "../json/json.ts";
import { apiVersionOf, bucketOf, type Resource } from "../resources/resource.ts";
import { objectKey } from "../store/object-store.ts";
import { assignAddresses, checkIdentity } from "./create-object.ts";
import { ignoredFields } from "./ignored-fields.ts";
import { decodeObject, defaultObject, validateObject } from "./object-codec.ts";
import { putStored, readStored, type ServerState, timestamp, type WriteOptions } from "./server-state.ts";
import { stampTemplateGeneration } from "./template-generation.ts";

/** What the server keeps of an object whatever a client sends. */
const SERVER_METADATA = [
  "uid",
  "creationTimestamp",
  "deletionTimestamp",
  "deletionGracePeriodSeconds",
  "generation",
  "resourceVersion",
  "namespace",
  "name",
];

/** Replaces an object with what `change` makes of the stored one. @throws StatusError 400, 404, 409 or 422 */
export function updateObject(
  state: ServerState,
  resource: Resource,
  target: { readonly namespace: string; readonly name: string },
  change: (stored: JsonObject) => JsonObject,
  options: WriteOptions,
): JsonObject {
  const old = readStored(state, resource, target.namespace, target.name);
  if (old === undefined) throw notFound(resource, target.name);
  const decoded = decodeObject(resource, change(old), options);
  const next = admitUpdate(state, resource, target, decoded, old, options);
  const writer: ManagerId = {
    manager: options.manager,
    operation: "Update",
    apiVersion: apiVersionOf(resource),
    ...(options.subresource === undefined ? {} : { subresource: options.subresource }),
  };
  const entries = trackUpdate({
    schema: resource.schema,
    before: without(old, "apiVersion"),
    after: without(next, "apiVersion"),
    entries: givenEntries(decoded, old),
    writer,
    ignored: ignoredFields(resource, options.subresource),
    time: timestamp(state),
  });
  return storeUpdate(state, resource, next, old, entries, options);
}

/** Entries a client sends replace the stored ones; an empty one clears them; none leave them. */
function givenEntries(sent: JsonObject, old: JsonObject): ManagedEntries {
  const list = valueAt(sent, "metadata", "managedFields");
  return list === undefined ? readManagedFields(old) : readManagedFields(sent);
}

/** Checks identity and revision, and puts back what this door cannot change. */
export function admitUpdate(
  state: ServerState,
  resource: Resource,
  target: { readonly namespace: string; readonly name: string },
  decoded: JsonObject,
  old: JsonObject,
  options: WriteOptions,
): JsonObject {
  checkIdentity(target.namespace, decoded, target.name);
  checkRevision(resource, target.name, decoded, old);
  const metadata: Record<string, Json | undefined> = {
    ...without(objectAt(decoded, "metadata"), "managedFields", "selfLink"),
  };
  for (const name of SERVER_METADATA) {
    const kept = valueAt(old, "metadata", name);
    if (kept === undefined) delete metadata[name];
    else metadata[name] = kept;
  }
  const own = throughDoor(resource, { ...decoded, metadata }, old, options.subresource);
  const settled = defaultObject(resource, own);
  const next =
    resource.group === "" && resource.kind === "Service" ? assignAddresses(state, settled, old, options) : settled;
  return bumpGeneration(resource, stampTemplateGeneration(resource, next, old), old);
}

/** @throws StatusError 409 when the body names another revision or uid */
export function checkRevision(resource: Resource, name: string, sent: JsonObject, old: JsonObject): void {
  const revision = stringAt(sent, "metadata", "resourceVersion") ?? "";
  if (revision !== "" && revision !== "0" && revision !== stringAt(old, "metadata", "resourceVersion"))
    throw conflict(resource, name, MODIFIED);
  const uid = stringAt(sent, "metadata", "uid") ?? "";
  const stored = stringAt(old, "metadata", "uid") ?? "";
  if (uid === "" || uid === stored) return;
  throw conflict(resource, name, `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${stored}`);
}

function throughDoor(
  resource: Resource,
  next: JsonObject,
  old: JsonObject,
  subresource: string | undefined,
): JsonObject {
  if (subresource === "status") {
    const labels = withAt(objectAt(next, "metadata"), ["labels"], valueAt(old, "metadata", "labels"));
    const metadata = resource.custom === undefined ? labels : objectAt(old, "metadata");
    return withAt({ ...old, metadata }, ["status"], next["status"]);
  }
  return resource.subresources.includes("status") ? withAt(next, ["status"], old["status"]) : next;
}

function bumpGeneration(resource: Resource, next: JsonObject, old: JsonObject): JsonObject {
  if (!resource.hasGeneration) return next;
  const statusIsApart = resource.subresources.includes("status");
  const wish = (object: JsonObject): JsonObject =>
    without(object, "apiVersion", "metadata", ...(statusIsApart ? ["status"] : []));
  if (equalJson(wish(next), wish(old))) return next;
  return withAt(next, ["metadata", "generation"], (numberAt(old, "metadata", "generation") ?? 0) + 1);
}

/** Validates and stores; a write that changes nothing keeps the revision; the last finalizer of a deleted object ends it. */
export function storeUpdate(
  state: ServerState,
  resource: Resource,
  next: JsonObject,
  old: JsonObject,
  entries: ManagedEntries,
  options: WriteOptions,
): JsonObject {
  validateObject(resource, next, old);
  const owned = withManagedFields(next, entries);
  if (equalJson(without(owned, "apiVersion"), without(old, "apiVersion"))) return old;
  if (options.dryRun) return owned;
  if (isDone(owned)) {
    state.store.remove(
      bucketOf(resource),
      objectKey(stringAt(owned, "metadata", "namespace") ?? "", stringAt(owned, "metadata", "name") ?? ""),
      owned,
    );
    return owned;
  }
  return putStored(state, resource, owned);
}

/** Deleted, and nothing holds it any more. A pod with time left to end is held by that. */
export function isDone(object: JsonObject): boolean {
  if (valueAt(object, "metadata", "deletionTimestamp") === undefined) return false;
  const isNamespace = object["kind"] === "Namespace" && object["apiVersion"] === "v1";
  const holds =
    listAt(object, "metadata", "finalizers").length + (isNamespace ? listAt(object, "spec", "finalizers").length : 0);
  return holds === 0 && (isNamespace || (numberAt(object, "metadata", "deletionGracePeriodSeconds") ?? 0) === 0);
}
