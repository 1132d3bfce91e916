import { contentType, readObject, type ApiRequest } from "../http/request.ts";
import { invalid, notFound } from "../http/status-error.ts";
import { numberAt, objectAt, stringAt, valueAt, withAt, without, type JsonObject } from "../json/json.ts";
import { apiVersionOf, qualifiedName, type Resource } from "../resources/resource.ts";
import { formatLabels, formatSelector } from "../table/columns.ts";
import { invalidValue } from "../validation/causes.ts";
import { applyObject } from "./apply-object.ts";
import { APPLY, readPatch } from "./patch-object.ts";
import { readStored, type ServerState } from "./server-state.ts";
import { updateObject } from "./update-object.ts";
import { readWriteOptions, requireManager } from "./write-options.ts";

/** GET, PUT and PATCH of a kind's `scale`: its replica counts as a `Scale` of autoscaling/v1. */
export function handleScale(state: ServerState, resource: Resource, request: ApiRequest): JsonObject {
  const { namespace, name, method } = request.info;
  const stored = readStored(state, resource, namespace, name);
  if (stored === undefined) throw notFound(resource, name);
  if (method === "GET") return scaleOf(resource, stored);
  if (contentType(request) === APPLY) return applyScale(state, resource, request);
  const options = readWriteOptions(request, "scale");
  const scaleKind = state.registry.types.get("io.k8s.api.autoscaling.v1.Scale");
  const wanted =
    method === "PUT" || scaleKind === undefined
      ? readObject(request, { group: "autoscaling", version: "v1", kind: "Scale" })
      : readPatch({ schema: scaleKind }, contentType(request), request)(scaleOf(resource, stored));
  const replicas = numberAt(wanted, "spec", "replicas") ?? 0;
  if (replicas < 0)
    throw invalid({ group: "autoscaling", kind: "Scale" }, name, [
      invalidValue("spec.replicas", replicas, "must be greater than or equal to 0"),
    ]);
  const revision = valueAt(wanted, "metadata", "resourceVersion");
  const path = resource.scale?.specReplicas ?? ["spec", "replicas"];
  const change = (old: JsonObject): JsonObject =>
    withAt(
      withAt(old, path, replicas),
      ["metadata", "resourceVersion"],
      revision ?? valueAt(old, "metadata", "resourceVersion"),
    );
  return scaleOf(resource, updateObject(state, resource, { namespace, name }, change, options));
}

/** An apply of a `Scale` is an apply of the replicas alone. */
function applyScale(state: ServerState, resource: Resource, request: ApiRequest): JsonObject {
  requireManager(request);
  const { namespace, name, query } = request.info;
  const scale = readObject(request, { group: "autoscaling", version: "v1", kind: "Scale" });
  const head: JsonObject = { apiVersion: apiVersionOf(resource), kind: resource.kind, metadata: { name } };
  const path = resource.scale?.specReplicas ?? ["spec", "replicas"];
  const config = withAt(head, path, numberAt(scale, "spec", "replicas"));
  const options = { ...readWriteOptions(request, "scale"), force: query.get("force") === "true" };
  return scaleOf(resource, applyObject(state, resource, { namespace, name }, config, options).object);
}

function scaleOf(resource: Resource, object: JsonObject): JsonObject {
  const paths = resource.scale ?? { specReplicas: ["spec", "replicas"], statusReplicas: ["status", "replicas"] };
  const metadata = objectAt(object, "metadata");
  const kept = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"];
  const selector =
    paths.labelSelector === undefined
      ? selectorText(resource, object)
      : (stringAt(object, ...paths.labelSelector) ?? "");
  const spec = numberAt(object, ...paths.specReplicas);
  return {
    kind: "Scale",
    apiVersion: "autoscaling/v1",
    metadata: without(metadata, ...Object.keys(metadata).filter((field) => !kept.includes(field))),
    spec: spec === undefined || spec === 0 ? {} : { replicas: spec },
    status: { replicas: numberAt(object, ...paths.statusReplicas) ?? 0, ...(selector === "" ? {} : { selector }) },
  };
}

function selectorText(resource: Resource, object: JsonObject): string {
  if (resource.custom !== undefined) return "";
  const selector = objectAt(object, "spec", "selector");
  const isPlain = qualifiedName(resource) === "replicationcontrollers";
  const text = isPlain ? formatLabels(selector as Readonly<Record<string, string>>) : formatSelector(selector);
  return text === "<none>" ? "" : text;
}
