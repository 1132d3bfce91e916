import { json, type Reply } from "../http/reply.ts";
import { type ApiRequest, readObject } from "../http/request.ts";
import { invalid, notFound, StatusError } from "../http/status-error.ts";
import { stringAt, type JsonObject } from "../json/json.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";
import { parseAccept, representList, representObject, type RowObject, type View } from "../table/represent.ts";
import { forbiddenField } from "../validation/causes.ts";
import { createObject } from "./create-object.ts";
import { deleteObject, type DeleteRequest } from "./delete-object.ts";
import { parseFieldSelector } from "./field-selector.ts";
import { parseLabelSelector, type Predicate } from "./label-selector.ts";
import { listObjects } from "./list-objects.ts";
import { patchObject } from "./patch-object.ts";
import { bindPod, evictPod, finalizeNamespace } from "./pod-subresources.ts";
import { handleScale } from "./scale.ts";
import { checkDuplicates } from "./check-duplicates.ts";
import { readStored, type ServerState } from "./server-state.ts";
import { updateObject } from "./update-object.ts";
import { watchObjects } from "./watch-objects.ts";
import { readDeleteRequest, readWriteOptions } from "./write-options.ts";

/** Carries out a request on a kind's objects. @throws StatusError */
export function handleResource(state: ServerState, resource: Resource, request: ApiRequest): Reply {
  const { info } = request;
  const view = readView(state, request);
  if (info.subresource !== "") return handleSubresource(state, resource, request, view);
  if (!isServed(resource, request)) throw methodNotAllowed();
  switch (info.verb) {
    case "list":
      return list(state, resource, request, view);
    case "watch":
      return watch(state, resource, request, view);
    case "get":
      return get(state, resource, request, view);
    case "create":
      return create(state, resource, request, view);
    case "update":
    case "patch":
      return write(state, resource, request, view);
    case "delete":
      return remove(state, resource, request);
    case "deletecollection":
      return removeAll(state, resource, request);
    default:
      throw methodNotAllowed();
  }
}

function isServed(resource: Resource, request: ApiRequest): boolean {
  const { verb, name, namespace, method } = request.info;
  const isWriteOfOne = verb === "update" || verb === "patch";
  if (isWriteOfOne && name === "") return false;
  if (verb === "create" && (name !== "" || method !== "POST" || (resource.namespaced && namespace === "")))
    return false;
  return resource.verbs.includes(verb);
}

function methodNotAllowed(): StatusError {
  return new StatusError(
    405,
    "MethodNotAllowed",
    "the server does not allow this method on the requested resource",
    {},
  );
}

function readView(state: ServerState, request: ApiRequest): View {
  const representation = parseAccept(request.headers["accept"]);
  if (representation === undefined) {
    const served = "application/json, application/json;stream=watch";
    throw new StatusError(406, "NotAcceptable", `406: Not Acceptable\n\nAvailable representations: ${served}`, {});
  }
  const rowObject = (request.info.query.get("includeObject") ?? "Metadata") as RowObject;
  return { representation, rowObject, nowMs: state.clock.nowMs() };
}

/** A custom kind's objects are told in the version asked for, whichever they were written in. */
function inVersion(resource: Resource, object: JsonObject): JsonObject {
  return resource.custom === undefined ? object : { ...object, apiVersion: apiVersionOf(resource) };
}

function told(resource: Resource, object: JsonObject, view: View): JsonObject {
  return representObject(resource, inVersion(resource, object), view);
}

function warningHeaders(warnings: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (warnings.length === 0) return undefined;
  return { warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(", ") };
}

function selection(
  resource: Resource,
  request: ApiRequest,
): { readonly selects: Predicate; readonly isFiltered: boolean } {
  const { query, name } = request.info;
  const labels = query.get("labelSelector") ?? "";
  const fields = query.get("fieldSelector") ?? "";
  const [byLabel, byField] = [parseLabelSelector(labels), parseFieldSelector(resource, fields)];
  const byName: Predicate = (object) => name === "" || stringAt(object, "metadata", "name") === name;
  return {
    selects: (object) => byName(object) && byLabel(object) && byField(object),
    isFiltered: labels !== "" || fields !== "",
  };
}

function inNamespace(resource: Resource, request: ApiRequest): { readonly namespace?: string } {
  const { namespace } = request.info;
  return resource.namespaced && namespace !== "" ? { namespace } : {};
}

function list(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  const { query } = request.info;
  const page = listObjects(state, resource, {
    ...inNamespace(resource, request),
    ...selection(resource, request),
    limit: Number(query.get("limit") ?? 0) || 0,
    continueToken: query.get("continue") ?? "",
    resourceVersion: query.get("resourceVersion") ?? "",
    resourceVersionMatch: query.get("resourceVersionMatch") ?? "",
  });
  const items = page.items.map((item) => inVersion(resource, item));
  return json(200, representList(resource, { ...page, items }, view));
}

/** Source: ValidateListOptions of apimachinery 0.36. @throws StatusError 422 */
function checkInitialEvents(query: URLSearchParams): void {
  if (!query.has("sendInitialEvents") || query.get("resourceVersionMatch") === "NotOlderThan") return;
  const why = 'sendInitialEvents requires setting resourceVersionMatch to "NotOlderThan"';
  throw invalid({ group: "meta.k8s.io", kind: "ListOptions" }, "", [forbiddenField("resourceVersionMatch", why)]);
}

function watch(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  const { query } = request.info;
  checkInitialEvents(query);
  const seconds = Number(query.get("timeoutSeconds") ?? 0);
  return watchObjects(state, resource, {
    ...inNamespace(resource, request),
    selects: selection(resource, request).selects,
    resourceVersion: query.get("resourceVersion") ?? "",
    bookmarks: query.get("allowWatchBookmarks") === "true" || query.get("allowWatchBookmarks") === "1",
    sendInitialEvents: query.get("sendInitialEvents") === "true",
    ...(seconds > 0 ? { timeoutMs: seconds * 1000 } : {}),
    represent: (object) => representObject(resource, object, { ...view, nowMs: state.clock.nowMs() }),
  });
}

function get(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  const { name } = request.info;
  const found = readStored(state, resource, namespaceOf(resource, request), name);
  if (found === undefined) throw notFound(resource, name);
  return json(200, told(resource, found, view));
}

function namespaceOf(resource: Resource, request: ApiRequest): string {
  return resource.namespaced ? request.info.namespace : "";
}

function create(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  const options = readWriteOptions(request, "");
  checkDuplicates(resource, request, options);
  const object = createObject(state, resource, namespaceOf(resource, request), readObject(request, resource), options);
  return json(201, told(resource, object, view), warningHeaders(options.warnings));
}

function write(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  if (request.info.verb === "patch") {
    const patched = patchObject(state, resource, request);
    return json(patched.created ? 201 : 200, told(resource, patched.object, view), warningHeaders(patched.warnings));
  }
  const { name, subresource } = request.info;
  const options = readWriteOptions(request, subresource);
  const body = readObject(request, resource);
  checkDuplicates(resource, request, options);
  requireRevision(resource, name, body);
  const object = updateObject(
    state,
    resource,
    { namespace: namespaceOf(resource, request), name },
    () => body,
    options,
  );
  return json(200, told(resource, object, view), warningHeaders(options.warnings));
}

/** Custom objects are never replaced blindly. */
function requireRevision(resource: Resource, name: string, body: JsonObject): void {
  if (resource.custom === undefined || (stringAt(body, "metadata", "resourceVersion") ?? "") !== "") return;
  const cause = {
    reason: "FieldValueInvalid",
    message: "Invalid value: 0: must be specified for an update",
    field: "metadata.resourceVersion",
  };
  const details = { name, group: resource.group, kind: resource.plural, causes: [cause] };
  throw new StatusError(
    422,
    "Invalid",
    `${resource.plural}.${resource.group} "${name}" is invalid: ${cause.field}: ${cause.message}`,
    details,
  );
}

function remove(state: ServerState, resource: Resource, request: ApiRequest): Reply {
  const target = { namespace: namespaceOf(resource, request), name: request.info.name };
  const { object, gone } = deleteObject(state, resource, target, readDeleteRequest(request));
  return json(200, gone && resource.kind !== "Pod" ? deleted(resource, object) : inVersion(resource, object));
}

function deleted(resource: Resource, object: JsonObject): JsonObject {
  const group = resource.group === "" ? {} : { group: resource.group };
  const details = {
    name: stringAt(object, "metadata", "name") ?? "",
    ...group,
    kind: resource.plural,
    uid: stringAt(object, "metadata", "uid") ?? "",
  };
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", details };
}

function removeAll(state: ServerState, resource: Resource, request: ApiRequest): Reply {
  const { query } = request.info;
  const limit = Number(query.get("limit") ?? 0) || 0;
  const page = listObjects(state, resource, {
    ...inNamespace(resource, request),
    ...selection(resource, request),
    limit,
    continueToken: query.get("continue") ?? "",
    resourceVersion: "",
    resourceVersionMatch: "",
  });
  const options: DeleteRequest = readDeleteRequest(request);
  const items = page.items.map((item) => {
    const target = {
      namespace: stringAt(item, "metadata", "namespace") ?? "",
      name: stringAt(item, "metadata", "name") ?? "",
    };
    return inVersion(resource, deleteObject(state, resource, target, options).object);
  });
  return json(
    200,
    representList(resource, { ...page, items }, { representation: "object", rowObject: "None", nowMs: 0 }),
  );
}

function handleSubresource(state: ServerState, resource: Resource, request: ApiRequest, view: View): Reply {
  const { subresource, method } = request.info;
  if (!resource.subresources.includes(subresource)) {
    throw new StatusError(404, "NotFound", "the server could not find the requested resource", {});
  }
  if (subresource === "scale" && method !== "POST" && method !== "DELETE")
    return json(200, handleScale(state, resource, request));
  if (subresource === "binding" && method === "POST") return json(201, bindPod(state, resource, request));
  if (subresource === "eviction" && method === "POST") return json(201, evictPod(state, resource, request));
  if (subresource === "finalize" && method === "PUT") return json(200, finalizeNamespace(state, resource, request));
  if (subresource === "status" && method === "GET") return get(state, resource, request, view);
  if (subresource === "status" && (method === "PUT" || method === "PATCH"))
    return write(state, resource, request, view);
  throw methodNotAllowed();
}
