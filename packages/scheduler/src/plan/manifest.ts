import {
  InputError,
  isJsonObject,
  type Document,
  type DocumentPath,
  type KubeObject,
  type Problem,
} from "@flotilla/core";
import { expectedName } from "../objects/name-rule.ts";
import { refKey, refOf, formatRef, groupOf } from "../objects/object-ref.ts";
import { builtInScope, declaredScopes, type ObjectScope } from "../objects/object-scope.ts";

/** One Kubernetes object of a stream, and the document it was read from. */
export interface Manifest {
  readonly object: KubeObject;
  readonly document: Document;
}

/** Scopes of custom kinds that had to be asked for, by `group/Kind`. */
export type KnownScopes = ReadonlyMap<string, ObjectScope>;

const POLICY_GROUP = "flotilla.dev";
/** Names go into URLs: Kubernetes allows RBAC objects more than DNS names, but never these. */
const NAME = /^[A-Za-z0-9][^/%\s]{0,252}$/;
/** As Kubernetes decodes it: line breaks are allowed. */
const BASE64 = /^[A-Za-z0-9+/\r\n]*={0,2}[\r\n]*$/;
const NAMESPACE = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

/** Whether a document is one of ours (a policy), not an object to propagate. */
function isPolicyDocument(document: Document): boolean {
  const { value } = document;
  const apiVersion = isJsonObject(value) ? value["apiVersion"] : undefined;
  return typeof apiVersion === "string" && groupOf(apiVersion) === POLICY_GROUP;
}

/**
 * The Kubernetes objects of a stream in its order, each in its namespace (`default` where none is written).
 *
 * @throws InputError for everything that is not a Kubernetes object or is there twice.
 */
export function readManifests(documents: readonly Document[], scopes: KnownScopes = new Map()): readonly Manifest[] {
  const written = documents.filter((document) => document.value !== null && !isPolicyDocument(document));
  const problems = written.flatMap(problemsOf);
  if (problems.length > 0) throw new InputError(problems);
  const objects = written.map((document) => ({ object: document.value as KubeObject, document }));
  const declared = declaredScopes(objects.map(({ object }) => object));
  const manifests = objects.map(({ object, document }) => ({
    object: inNamespace(object, declared, scopes),
    document,
  }));
  const twice = duplicates(manifests);
  if (twice.length > 0) throw new InputError(twice);
  return manifests;
}

/** `apiVersion/Kind` of the custom kinds whose scope neither the stream nor we know: a server has to be asked. */
export function kindsOfUnknownScope(
  manifests: readonly Manifest[],
): readonly Pick<KubeObject, "apiVersion" | "kind">[] {
  const declared = declaredScopes(manifests.map(({ object }) => object));
  const unknown = new Map<string, Pick<KubeObject, "apiVersion" | "kind">>();
  for (const { object } of manifests) {
    const { apiVersion, kind } = object;
    const key = `${groupOf(apiVersion)}/${kind}`;
    if (builtInScope(apiVersion, kind) === undefined && !declared.has(key)) unknown.set(key, { apiVersion, kind });
  }
  return [...unknown.values()];
}

function inNamespace(object: KubeObject, declared: KnownScopes, known: KnownScopes): KubeObject {
  const key = `${groupOf(object.apiVersion)}/${object.kind}`;
  const scope = builtInScope(object.apiVersion, object.kind) ?? declared.get(key) ?? known.get(key) ?? "Namespaced";
  const { namespace, ...metadata } = object.metadata;
  if (scope === "Cluster")
    return namespace === undefined ? object : { ...object, metadata: { ...metadata, name: object.metadata.name } };
  return typeof namespace === "string" ? object : { ...object, metadata: { ...object.metadata, namespace: "default" } };
}

function problemsOf(document: Document): readonly Problem[] {
  const { value } = document;
  const at = (path: DocumentPath, message: string): Problem => ({ position: document.locate(path), path, message });
  if (!isJsonObject(value)) return [at([], "expected a Kubernetes object: a map with apiVersion, kind and metadata")];
  const problems: Problem[] = [];
  for (const field of ["apiVersion", "kind"]) {
    if (typeof value[field] !== "string" || value[field] === "")
      problems.push(at([field], `expected the object's ${field}, a string`));
  }
  const { apiVersion, kind, metadata } = value;
  if (!isJsonObject(metadata)) return [...problems, at(["metadata"], "expected a map with the object's name")];
  const { name, namespace } = metadata as { readonly name?: unknown; readonly namespace?: unknown };
  if (typeof name !== "string" || !NAME.test(name)) {
    const hint =
      metadata["generateName"] === undefined ? "" : "; generateName cannot be applied twice to the same object";
    problems.push(
      at(
        ["metadata", "name"],
        `expected the object's name, up to 253 characters without slash, percent or space${hint}`,
      ),
    );
  } else if (typeof apiVersion === "string" && typeof kind === "string") {
    const expected = expectedName(apiVersion, kind, name);
    if (expected !== undefined) problems.push(at(["metadata", "name"], `expected a ${kind}'s name: ${expected}`));
  }
  if (namespace !== undefined && (typeof namespace !== "string" || !NAMESPACE.test(namespace))) {
    problems.push(
      at(["metadata", "namespace"], "expected a namespace: lower-case letters, digits and dashes, up to 63 characters"),
    );
  }
  for (const field of ["labels", "annotations"])
    problems.push(...textMapProblems(metadata[field], ["metadata", field], at));
  return [...problems, ...dataProblems(value, at)];
}

/** ConfigMaps and Secrets hold texts. The value of a Secret is in no message: the server's own refusal would print it. */
function dataProblems(
  value: Readonly<Record<string, unknown>>,
  at: (path: DocumentPath, message: string) => Problem,
): readonly Problem[] {
  const isConfigMap = value["apiVersion"] === "v1" && value["kind"] === "ConfigMap";
  if (isConfigMap)
    return [
      ...textMapProblems(value["data"], ["data"], at),
      ...textMapProblems(value["binaryData"], ["binaryData"], at),
    ];
  if (value["apiVersion"] !== "v1" || value["kind"] !== "Secret") return [];
  return ["data", "stringData"].flatMap((field) => {
    const part = value[field];
    if (part === undefined || part === null) return [];
    if (!isJsonObject(part)) return [at([field], "expected a map of strings")];
    return Object.entries(part).flatMap(([key, text]) => {
      if (typeof text !== "string") return [at([field, key], "expected a string: put it in quotes")];
      const isWritten = field === "stringData" || BASE64.test(text);
      return isWritten ? [] : [at([field, key], "expected base64; plain text goes under stringData")];
    });
  });
}

function textMapProblems(
  value: unknown,
  path: DocumentPath,
  at: (path: DocumentPath, message: string) => Problem,
): readonly Problem[] {
  if (value === undefined || value === null) return [];
  if (!isJsonObject(value)) return [at(path, "expected a map of strings")];
  return Object.entries(value)
    .filter(([, text]) => typeof text !== "string")
    .map(([key, text]) => at([...path, key], `expected a string, found ${JSON.stringify(text)}: put it in quotes`));
}

function duplicates(manifests: readonly Manifest[]): readonly Problem[] {
  const first = new Map<string, Manifest>();
  const problems: Problem[] = [];
  for (const manifest of manifests) {
    const ref = refOf(manifest.object);
    const before = first.get(refKey(ref));
    first.set(refKey(ref), before ?? manifest);
    if (before === undefined) continue;
    const path = ["metadata", "name"];
    const { file, line } = before.document.locate(path);
    const message = `${formatRef(ref)} is there twice; the first is at ${file}:${line}`;
    problems.push({ position: manifest.document.locate(path), path, message });
  }
  return problems;
}
