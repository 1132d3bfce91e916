import type { Cause } from "../http/status-error.ts";
import {
  isObject,
  listAt,
  objectAt,
  objectsAt,
  stringAt,
  valueAt,
  type Json,
  type JsonObject,
  show,
} from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import { forbiddenField, invalidValue, required } from "./causes.ts";

const LABEL_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN_1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const QUALIFIED_NAME = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;
const LABEL_VALUE = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/;
const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;
/** Bytes of all annotations together. Source: TotalAnnotationSizeLimitB. */
const ANNOTATIONS_BYTES_MAX = 256 * 1024;

const TEXT_1123_LABEL =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')";
const TEXT_1123_SUBDOMAIN =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";
const TEXT_QUALIFIED =
  "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const TEXT_LABEL_VALUE =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

/** What is wrong with an object's name, labels, annotations, owners and finalizers. */
export function validateMetadata(resource: Resource, object: JsonObject): Cause[] {
  const metadata = objectAt(object, "metadata");
  return [
    ...nameCauses(resource, stringAt(metadata, "name") ?? ""),
    ...validateLabels(objectAt(metadata, "labels"), "metadata.labels"),
    ...annotationCauses(objectAt(metadata, "annotations")),
    ...ownerCauses(objectsAt(metadata, "ownerReferences")),
    ...finalizerCauses(listAt(metadata, "finalizers")),
  ];
}

function nameCauses(resource: Resource, name: string): Cause[] {
  const field = "metadata.name";
  if (name === "") return [required(field, "name or generateName is required")];
  if (resource.group === "rbac.authorization.k8s.io") {
    const isPathSafe = name !== "." && name !== ".." && !/[/%]/.test(name);
    return isPathSafe ? [] : [invalidValue(field, name, "may not contain '/' or '%'")];
  }
  if (resource.group === "" && ["Namespace", "Service"].includes(resource.kind))
    return matchName(name, LABEL_1123, LABEL_MAX, TEXT_1123_LABEL);
  return matchName(name, SUBDOMAIN_1123, SUBDOMAIN_MAX, TEXT_1123_SUBDOMAIN);
}

function matchName(name: string, pattern: RegExp, lengthMax: number, text: string): Cause[] {
  const causes: Cause[] = [];
  if (name.length > lengthMax)
    causes.push(invalidValue("metadata.name", name, `must be no more than ${lengthMax} characters`));
  if (!pattern.test(name)) causes.push(invalidValue("metadata.name", name, text));
  return causes;
}

/** What is wrong with a set of labels. */
export function validateLabels(labels: JsonObject, field: string): Cause[] {
  return Object.entries(labels).flatMap(([key, value]) => [
    ...keyCauses(key, field),
    ...(typeof value === "string" ? labelValueCauses(value, field) : []),
  ]);
}

function labelValueCauses(value: string, field: string): Cause[] {
  const causes: Cause[] = [];
  if (value.length > LABEL_MAX) causes.push(invalidValue(field, value, `must be no more than ${LABEL_MAX} bytes`));
  if (!LABEL_VALUE.test(value)) causes.push(invalidValue(field, value, TEXT_LABEL_VALUE));
  return causes;
}

function keyCauses(key: string, field: string): Cause[] {
  const parts = key.split("/");
  const name = parts.at(-1) ?? "";
  if (parts.length > 2)
    return [invalidValue(field, key, `a qualified name ${TEXT_QUALIFIED.slice("name part ".length)}`)];
  const causes: Cause[] = [];
  if (parts.length === 2 && !SUBDOMAIN_1123.test(parts[0] ?? ""))
    causes.push(invalidValue(field, key, `prefix part ${TEXT_1123_SUBDOMAIN}`));
  if (name === "") causes.push(invalidValue(field, key, "name part must be non-empty"));
  if (name.length > LABEL_MAX)
    causes.push(invalidValue(field, key, `name part must be no more than ${LABEL_MAX} bytes`));
  if (!QUALIFIED_NAME.test(name)) causes.push(invalidValue(field, key, TEXT_QUALIFIED));
  return causes;
}

function annotationCauses(annotations: JsonObject): Cause[] {
  const field = "metadata.annotations";
  const entries = Object.entries(annotations);
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(show(value)), 0);
  const tooLong: Cause[] =
    bytes > ANNOTATIONS_BYTES_MAX
      ? [
          {
            reason: "FieldValueTooLong",
            message: `Too long: may not be more than ${ANNOTATIONS_BYTES_MAX} bytes`,
            field,
          },
        ]
      : [];
  return [...entries.flatMap(([key]) => keyCauses(key.toLowerCase(), field)), ...tooLong];
}

function ownerCauses(owners: readonly JsonObject[]): Cause[] {
  const controllers = owners.filter((owner) => owner["controller"] === true);
  const causes = owners.flatMap((owner) =>
    ["apiVersion", "kind", "name", "uid"]
      .filter((name) => (stringAt(owner, name) ?? "") === "")
      .map((name) =>
        invalidValue(
          `metadata.ownerReferences.${name}`,
          owner[name] ?? "",
          name === "apiVersion" ? "version must not be empty" : "must not be empty",
        ),
      ),
  );
  if (controllers.length <= 1) return causes;
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${controllers.map((owner) => show(owner["kind"])).join(" and ")}`;
  return [...causes, invalidValue("metadata.ownerReferences", [...owners], why)];
}

function finalizerCauses(finalizers: readonly Json[]): Cause[] {
  const standard = new Set<Json>(["orphan", "foregroundDeletion", "kubernetes"]);
  return finalizers.flatMap((finalizer, index) => {
    const field = `metadata.finalizers[${index}]`;
    if (standard.has(finalizer)) return [];
    if (typeof finalizer !== "string" || !finalizer.includes("/")) {
      return [invalidValue(field, finalizer, "name is neither a standard finalizer name nor is it fully qualified")];
    }
    return keyCauses(finalizer, field);
  });
}

/** What may not change about an object's identity. */
export function validateMetadataUpdate(object: JsonObject, old: JsonObject): Cause[] {
  const causes: Cause[] = [];
  for (const name of ["uid", "name", "namespace", "creationTimestamp"]) {
    const [before, after] = [valueAt(old, "metadata", name), valueAt(object, "metadata", name)];
    if (before !== after) causes.push(invalidValue(`metadata.${name}`, after, "field is immutable"));
  }
  if (stringAt(old, "metadata", "deletionTimestamp") === undefined) return causes;
  const known = new Set(listAt(old, "metadata", "finalizers"));
  const fresh = listAt(object, "metadata", "finalizers").filter((finalizer) => !known.has(finalizer));
  if (fresh.length === 0) return causes;
  const list = fresh.map((one) => JSON.stringify(one)).join(", ");
  const why = `no new finalizers can be added if the object is being deleted, found new finalizers []string{${list}}`;
  return [...causes, forbiddenField("metadata.finalizers", why)];
}

/** Whether two label maps of a selector and a template fit. */
export function selects(selector: JsonObject, labels: JsonObject): boolean {
  const matches = Object.entries(objectAt(selector, "matchLabels")).every(([key, value]) => labels[key] === value);
  return (
    matches &&
    objectsAt(selector, "matchExpressions").every((expression) => {
      const value = labels[stringAt(expression, "key") ?? ""];
      const values = listAt(expression, "values");
      switch (stringAt(expression, "operator") ?? "") {
        case "In":
          return value !== undefined && values.includes(value);
        case "NotIn":
          return value === undefined || !values.includes(value);
        case "Exists":
          return value !== undefined;
        case "DoesNotExist":
          return value === undefined;
        default:
          return false;
      }
    })
  );
}

/** Whether the value is a selector that selects nothing in particular. */
export function isEmptySelector(selector: Json | undefined): boolean {
  return (
    !isObject(selector) ||
    (Object.keys(objectAt(selector, "matchLabels")).length === 0 && listAt(selector, "matchExpressions").length === 0)
  );
}
