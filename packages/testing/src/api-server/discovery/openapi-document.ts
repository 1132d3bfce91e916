import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../json/json.ts";
import type { Registry } from "../resources/registry.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";
import type { StructSchema } from "../schema/schema.ts";
import { structDocument } from "./openapi-schema.ts";

const REF = "#/components/schemas/";
/** Query parameters that clients look for before they use them (`kubectl` asks for `fieldValidation` and `dryRun`). */
const WRITE_PARAMETERS = ["dryRun", "fieldManager", "fieldValidation"].map((name) => ({
  name,
  in: "query",
  schema: { type: "string", uniqueItems: true },
}));
const FORCE = { name: "force", in: "query", schema: { type: "boolean", uniqueItems: true } };

/** `/openapi/v3`: where the document of each group version is. */
export function openApiIndex(registry: Registry): JsonObject {
  const paths = new Map<string, JsonObject>();
  for (const resource of registry.all()) {
    const path = documentPath(resource);
    const text = `${path} ${registry.revision}`;
    const hash = createHash("sha256").update(text).digest("hex").toUpperCase();
    paths.set(path, { serverRelativeURL: `/openapi/v3/${path}?hash=${hash}` });
  }
  return { paths: Object.fromEntries(paths) };
}

function documentPath(resource: Resource): string {
  return resource.group === "" ? `api/${resource.version}` : `apis/${resource.group}/${resource.version}`;
}

/** `/openapi/v3/apis/GROUP/VERSION`; `undefined` when there is none. */
export function openApiDocument(registry: Registry, path: string, kubernetesVersion: string): JsonObject | undefined {
  const resources = registry.all().filter((resource) => documentPath(resource) === path);
  if (resources.length === 0) return undefined;
  const schemas = new Map<string, JsonObject>();
  for (const resource of resources) addKind(schemas, resource);
  addType(schemas, registry.types.get("io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions"));
  const paths = resources.flatMap((resource) => [...resourcePaths(resource)]);
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: kubernetesVersion },
    paths: Object.fromEntries(paths),
    components: { schemas: Object.fromEntries(schemas) },
  };
}

function addKind(schemas: Map<string, JsonObject>, resource: Resource): void {
  const name = typeName(resource);
  const { group, version, kind, listKind } = resource;
  const text = { type: "string" };
  addType(schemas, { ...resource.schema, name });
  const own = schemas.get(name) ?? {};
  const properties = { apiVersion: text, kind: text, ...(own["properties"] as JsonObject | undefined) };
  schemas.set(name, { ...own, properties, "x-kubernetes-group-version-kind": [{ group, version, kind }] });
  schemas.set(`${name}List`, {
    type: "object",
    required: ["items"],
    properties: {
      apiVersion: text,
      kind: text,
      items: { type: "array", items: { allOf: [{ $ref: `${REF}${name}` }] } },
      metadata: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
    },
    "x-kubernetes-group-version-kind": [{ group, version, kind: listKind }],
  });
}

function typeName(resource: Resource): string {
  if (resource.custom === undefined) return resource.schema.name;
  const reversed = resource.group.split(".").reverse().join(".");
  return `${reversed}.${resource.version}.${resource.kind}`;
}

function addType(schemas: Map<string, JsonObject>, schema: StructSchema | undefined): void {
  if (schema === undefined || schemas.has(schema.name)) return;
  schemas.set(schema.name, {});
  schemas.set(
    schema.name,
    structDocument(schema, (other) => addType(schemas, other)),
  );
}

function* resourcePaths(resource: Resource): Generator<readonly [string, JsonObject]> {
  const root = `/${resource.group === "" ? "api" : "apis"}/${apiVersionOf(resource)}`;
  const base = `${root}${resource.namespaced ? "/namespaces/{namespace}" : ""}/${resource.plural}`;
  const has = (verb: string): boolean => resource.verbs.includes(verb);
  if (resource.namespaced && has("list"))
    yield [`${root}/${resource.plural}`, { get: operation(resource, "list", []) }];
  yield [
    base,
    {
      ...(has("list") ? { get: operation(resource, "list", []) } : {}),
      ...(has("create") ? { post: operation(resource, "post", WRITE_PARAMETERS) } : {}),
      ...(has("deletecollection") ? { delete: operation(resource, "deletecollection", WRITE_PARAMETERS) } : {}),
    },
  ];
  if (!has("get")) return;
  const item = {
    get: operation(resource, "get", []),
    put: operation(resource, "put", WRITE_PARAMETERS),
    patch: operation(resource, "patch", [...WRITE_PARAMETERS, FORCE]),
    delete: operation(resource, "delete", WRITE_PARAMETERS),
  };
  yield [`${base}/{name}`, item];
  for (const name of resource.subresources)
    if (name === "status" || name === "scale")
      yield [`${base}/{name}/${name}`, { get: item.get, put: item.put, patch: item.patch }];
}

function operation(resource: Resource, action: string, parameters: readonly JsonObject[]): JsonObject {
  const { group, version, kind } = resource;
  const schema = { $ref: `${REF}${typeName(resource)}${action === "list" ? "List" : ""}` };
  const body: Json = { content: { "*/*": { schema } }, required: true };
  return {
    tags: [`${group || "core"}_${version}`],
    operationId: `${action}${resource.kind}`,
    ...(parameters.length === 0 ? {} : { parameters: [...parameters] }),
    ...(action === "post" || action === "put" || action === "patch" ? { requestBody: body } : {}),
    responses: {
      "200": { description: "OK", content: { "application/json": { schema } } },
      "401": { description: "Unauthorized" },
    },
    "x-kubernetes-action": action,
    "x-kubernetes-group-version-kind": { group, version, kind },
  };
}
