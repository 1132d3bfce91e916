import { decodeCustom } from "../custom/decode-custom.ts";
import { validateCustom } from "../custom/validate-custom.ts";
import { defaulterOf } from "../defaults/object-defaults.ts";
import { badRequest, type Cause, invalid } from "../http/status-error.ts";
import { stringAt, type JsonObject } from "../json/json.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";
import { decode, type Decoded, DecodeError } from "../schema/decode.ts";
import { validateDeclared } from "../validation/validate-declared.ts";
import { validatorOf } from "../validation/validate-kinds.ts";
import { validateMetadata, validateMetadataUpdate } from "../validation/validate-metadata.ts";
import type { WriteOptions } from "./server-state.ts";

/** The object in the form the server keeps. @throws StatusError 400 on wrong types, and on unknown fields when strict */
export function decodeObject(
  resource: Resource,
  raw: JsonObject,
  options: Pick<WriteOptions, "fieldValidation" | "warnings">,
): JsonObject {
  const { value, unknown } = decodeLoose(resource, { ...raw, apiVersion: apiVersionOf(resource), kind: resource.kind });
  const problems = unknown.map((path) => `unknown field "${path}"`);
  if (problems.length === 0 || options.fieldValidation === "Ignore") return value;
  if (options.fieldValidation === "Strict")
    throw cannotHandle(resource, `strict decoding error: ${problems.join(", ")}`);
  options.warnings.push(...problems);
  return value;
}

/** Normal form and defaults together: what an object looks like before it is compared and stored. */
export function settleObject(resource: Resource, object: JsonObject): JsonObject {
  const { value } = decodeLoose(resource, object);
  return defaultObject(resource, value);
}

/** The object with its kind's defaults. */
export function defaultObject(resource: Resource, object: JsonObject): JsonObject {
  return resource.custom === undefined ? defaulterOf(resource.group, resource.kind)(object) : object;
}

/** An object of the kind with nothing in it: what a new object is compared with. */
export function emptyObject(resource: Resource): JsonObject {
  return decodeLoose(resource, { apiVersion: apiVersionOf(resource), kind: resource.kind }).value;
}

/** @throws StatusError 422 with every cause */
export function validateObject(resource: Resource, object: JsonObject, old: JsonObject | undefined): void {
  const name = stringAt(object, "metadata", "name") ?? "";
  const own =
    resource.custom === undefined
      ? builtInCauses(resource, object, old)
      : validateCustom(resource.custom.validation, object);
  const causes: Cause[] = [
    ...validateMetadata(resource, object),
    ...(old === undefined ? [] : validateMetadataUpdate(object, old)),
    ...own,
  ];
  if (causes.length > 0) throw invalid(resource, name, causes);
}

function builtInCauses(resource: Resource, object: JsonObject, old: JsonObject | undefined): Cause[] {
  const own = validatorOf(resource.group, resource.kind)(object, old);
  const declared = validateDeclared(resource.schema, object);
  const known = new Set(own.map((cause) => cause.field));
  const news = declared.filter((cause) => !known.has(cause.field));
  // The real server looks at a workload's own fields before it looks into its pod template.
  const isInPod = (cause: Cause): boolean => cause.field.startsWith("spec.template.spec");
  return [...news.filter((cause) => !isInPod(cause)), ...own, ...news.filter(isInPod)];
}

function decodeLoose(resource: Resource, raw: JsonObject): Decoded {
  if (resource.custom !== undefined) return decodeCustom(resource.custom.validation, raw);
  try {
    return decode(resource.schema, raw);
  } catch (error) {
    if (error instanceof DecodeError) throw cannotHandle(resource, error.message);
    throw error;
  }
}

function cannotHandle(resource: Resource, why: string): Error {
  return badRequest(
    `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${why}`,
  );
}
