import { type ManagedEntries, type ManagerId, withManagedFields } from "../apply/managed-fields.ts";
import { trackUpdate } from "../apply/track-update.ts";
import { admitPod } from "../defaults/pod-defaults.ts";
import { bindJobPods } from "../defaults/workload-defaults.ts";
import { alreadyExists, badRequest, forbidden, invalid, notFound, StatusError } from "../http/status-error.ts";
import { objectAt, stringAt, valueAt, withAt, without, type JsonObject } from "../json/json.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";
import { invalidValue, required } from "../validation/causes.ts";
import { ignoredFields } from "./ignored-fields.ts";
import { decodeObject, defaultObject, emptyObject, settleObject, validateObject } from "./object-codec.ts";
import { putStored, readStored, type ServerState, timestamp, type WriteOptions } from "./server-state.ts";
import { stampTemplateGeneration } from "./template-generation.ts";

/** Letters a generated name gets, and how long its given part may be. Source: apiserver's name generator. */
const SUFFIX_LENGTH = 5;
const PREFIX_MAX = 58;

/** Creates an object and returns it as stored. @throws StatusError 400, 403, 404, 409 or 422 as the server answers them */
export function createObject(
  state: ServerState,
  resource: Resource,
  namespace: string,
  raw: JsonObject,
  options: WriteOptions,
): JsonObject {
  const decoded = decodeObject(resource, raw, options);
  const fresh = prepareNew(state, resource, namespace, decoded, options);
  const writer: ManagerId = { manager: options.manager, operation: "Update", apiVersion: apiVersionOf(resource) };
  const entries = trackUpdate({
    schema: resource.schema,
    before: emptyObject(resource),
    after: fresh.asked,
    entries: new Map(),
    writer,
    ignored: ignoredFields(resource, undefined),
    time: timestamp(state),
  });
  return storeNew(state, resource, fresh.object, entries, options);
}

/** Creates what an apply of an absent object makes; only the applier owns fields. */
export function createApplied(
  state: ServerState,
  resource: Resource,
  namespace: string,
  config: JsonObject,
  entries: ManagedEntries,
  options: WriteOptions,
): JsonObject {
  const fresh = prepareNew(state, resource, namespace, settleObject(resource, config), options);
  return storeNew(state, resource, fresh.object, entries, options);
}

function storeNew(
  state: ServerState,
  resource: Resource,
  fresh: JsonObject,
  entries: ManagedEntries,
  options: WriteOptions,
): JsonObject {
  const name = stringAt(fresh, "metadata", "name") ?? "";
  validateObject(resource, fresh, undefined);
  if (readStored(state, resource, stringAt(fresh, "metadata", "namespace") ?? "", name) !== undefined)
    throw alreadyExists(resource, name);
  const owned = withManagedFields(fresh, entries);
  return options.dryRun ? owned : putStored(state, resource, owned);
}

/** A new object as its writer asked for it, which is what the writer owns, and with what the server adds. */
interface NewObject {
  readonly asked: JsonObject;
  readonly object: JsonObject;
}

function prepareNew(
  state: ServerState,
  resource: Resource,
  namespace: string,
  decoded: JsonObject,
  options: WriteOptions,
): NewObject {
  checkIdentity(namespace, decoded);
  const name = chooseName(state, resource, decoded);
  if (resource.namespaced) checkNamespace(state, resource, namespace, name);
  const given = without(
    objectAt(decoded, "metadata"),
    "resourceVersion",
    "deletionTimestamp",
    "deletionGracePeriodSeconds",
    "selfLink",
    "managedFields",
    "generation",
    "namespace",
  );
  const metadata: JsonObject = {
    ...given,
    name,
    ...(resource.namespaced ? { namespace } : {}),
    uid: state.ids.uuid(),
    creationTimestamp: timestamp(state),
    ...(resource.hasGeneration ? { generation: 1 } : {}),
  };
  const keepsStatus =
    resource.kind === "Node" || resource.kind === "Namespace" || !resource.subresources.includes("status");
  const blank = keepsStatus ? decoded : resetStatus(resource, decoded);
  const asked = stampTemplateGeneration(resource, defaultObject(resource, { ...blank, metadata }), undefined);
  return { asked, object: admitNew(state, resource, asked, options) };
}

function resetStatus(resource: Resource, object: JsonObject): JsonObject {
  return withAt(
    object,
    ["status"],
    resource.custom === undefined ? objectAt(emptyObject(resource), "status") : undefined,
  );
}

function admitNew(state: ServerState, resource: Resource, object: JsonObject, options: WriteOptions): JsonObject {
  switch (`${resource.group}/${resource.kind}`) {
    case "/Namespace":
      return withAt(object, ["spec", "finalizers"], ["kubernetes"]);
    case "/Service":
      return assignAddresses(state, object, undefined, options);
    case "/Pod":
      return admitPod(object);
    case "batch/Job":
      return bindJobPods(object);
    default:
      return object;
  }
}

/** Gives a service what it lacks. @throws StatusError 422 when it wants a node port that another has */
export function assignAddresses(
  state: ServerState,
  service: JsonObject,
  old: JsonObject | undefined,
  options: WriteOptions,
): JsonObject {
  const taken = state.addresses.takenPort(service, old);
  if (taken === undefined) return state.addresses.assign(service, old, options.dryRun);
  const cause = invalidValue(`spec.ports[${taken.index}].nodePort`, taken.port, "provided port is already allocated");
  throw invalid({ group: "", kind: "Service" }, stringAt(service, "metadata", "name") ?? "", [cause]);
}

/** The body's kind, name and namespace must be those of the request. */
export function checkIdentity(namespace: string, object: JsonObject, name?: string): void {
  if (stringAt(object, "metadata", "resourceVersion") !== undefined && name === undefined) {
    throw new StatusError(500, undefined, "resourceVersion should not be set on objects to be created");
  }
  const given = stringAt(object, "metadata", "namespace") ?? "";
  if (given !== "" && given !== namespace) {
    throw badRequest("the namespace of the provided object does not match the namespace sent on the request");
  }
  const ownName = stringAt(object, "metadata", "name") ?? "";
  if (name !== undefined && ownName !== "" && ownName !== name) {
    throw badRequest(`the name of the object (${ownName}) does not match the name on the URL (${name})`);
  }
}

function chooseName(state: ServerState, resource: Resource, object: JsonObject): string {
  const name = stringAt(object, "metadata", "name") ?? "";
  if (name !== "") return name;
  const prefix = stringAt(object, "metadata", "generateName") ?? "";
  if (prefix === "") throw invalid(resource, "", [required("metadata.name", "name or generateName is required")]);
  return `${prefix.slice(0, PREFIX_MAX)}${state.ids.suffix(SUFFIX_LENGTH)}`;
}

function checkNamespace(state: ServerState, resource: Resource, namespace: string, name: string): void {
  const found = readStored(state, state.registry.need("v1", "Namespace"), "", namespace);
  if (found === undefined) throw notFound({ group: "", plural: "namespaces" }, namespace);
  if (valueAt(found, "metadata", "deletionTimestamp") === undefined) return;
  const cause = {
    reason: "NamespaceTerminating",
    message: `namespace ${namespace} is being terminated`,
    field: "metadata.namespace",
  };
  throw forbidden(
    resource,
    name,
    `unable to create new content in namespace ${namespace} because it is being terminated`,
    [cause],
  );
}
