import { type ApiRequest, contentType, readJson } from "../http/request.ts";
import { badRequest, invalid, StatusError } from "../http/status-error.ts";
import { isList, isObject, type Json, type JsonObject } from "../json/json.ts";
import { applyJsonPatch, PatchError } from "../patch/json-patch.ts";
import { applyMergePatch } from "../patch/merge-patch.ts";
import { applyStrategicMergePatch } from "../patch/strategic-merge-patch.ts";
import type { Resource } from "../resources/resource.ts";
import { DecodeError, decode } from "../schema/decode.ts";
import type { Schema } from "../schema/schema.ts";
import { applyObject } from "./apply-object.ts";
import type { ServerState } from "./server-state.ts";
import { updateObject } from "./update-object.ts";
import { readWriteOptions, requireManager } from "./write-options.ts";

/** What a PATCH made. */
export interface Patched {
  readonly object: JsonObject;
  readonly created: boolean;
  readonly warnings: readonly string[];
}

/** The media type of an apply. Its body is YAML, of which the server reads the JSON subset. */
export const APPLY: string = "application/apply-patch+yaml";
const JSON_PATCH = "application/json-patch+json";
const MERGE_PATCH = "application/merge-patch+json";
const STRATEGIC_PATCH = "application/strategic-merge-patch+json";

/** Carries out a PATCH of any of the four types. @throws StatusError 400, 404, 409, 415 or 422 */
export function patchObject(state: ServerState, resource: Resource, request: ApiRequest): Patched {
  const { namespace, name, subresource, query } = request.info;
  const target = { namespace: resource.namespaced ? namespace : "", name };
  const type = contentType(request);
  if (type === APPLY) {
    requireManager(request);
    const options = { ...readWriteOptions(request, subresource), force: query.get("force") === "true" };
    const config = readConfiguration(request);
    return { ...applyObject(state, resource, target, config, options), warnings: options.warnings };
  }
  const options = readWriteOptions(request, subresource);
  const change = readPatch(resource, type, request);
  const object = updateObject(state, resource, target, (stored) => checkTypes(resource, change(stored)), options);
  return { object, created: false, warnings: options.warnings };
}

function readConfiguration(request: ApiRequest): JsonObject {
  const body = readJson(request, "object");
  if (!isObject(body)) throw badRequest("error decoding YAML: the configuration is not an object");
  return body;
}

/** The function a patch is. @throws StatusError 400 or 415 */
export function readPatch(
  resource: { readonly schema: Schema; readonly custom?: unknown },
  type: string,
  request: ApiRequest,
): (stored: JsonObject) => JsonObject {
  const allowed = [JSON_PATCH, MERGE_PATCH, ...(resource.custom === undefined ? [STRATEGIC_PATCH] : []), APPLY];
  if (!allowed.includes(type)) throw unknownPatchType(type, allowed);
  const patch = parsePatch(request.body);
  if (type === JSON_PATCH) {
    if (!isList(patch))
      throw badRequest(
        "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp",
      );
    return (stored) => asObject(guard(() => applyJsonPatch(stored, patch)));
  }
  if (!isObject(patch)) throw badRequest("error decoding patch: the patch is not an object");
  if (type === MERGE_PATCH) return (stored) => asObject(applyMergePatch(stored, patch));
  return (stored) => guard(() => applyStrategicMergePatch(resource.schema, stored, patch));
}

function unknownPatchType(type: string, allowed: readonly string[]): StatusError {
  const known = [JSON_PATCH, MERGE_PATCH, STRATEGIC_PATCH, APPLY];
  if (!known.includes(type)) return new StatusError(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
  const list = allowed.join(", ");
  return new StatusError(
    415,
    "UnsupportedMediaType",
    `the body of the request was in an unknown format - accepted media types include: ${list}`,
  );
}

function parsePatch(body: string): Json {
  try {
    return JSON.parse(body) as Json;
  } catch (error) {
    throw badRequest(`error decoding patch: ${error instanceof Error ? error.message : "not JSON"}`);
  }
}

function asObject(value: Json): JsonObject {
  if (!isObject(value)) throw badRequest("the patch made something that is not an object");
  return value;
}

/** The real server does not say which operation failed; neither does this one. */
function guard<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof PatchError)
      throw new StatusError(422, "Invalid", "the server rejected our request due to an error in our request", {});
    throw error;
  }
}

/** A patch that makes a value of a wrong type is invalid, not a bad request. */
function checkTypes(resource: Resource, patched: JsonObject): JsonObject {
  if (resource.custom !== undefined) return patched;
  try {
    decode(resource.schema, patched);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const shown = JSON.stringify(JSON.stringify(patched));
    throw invalid({ group: "", kind: "" }, "", [
      { reason: "FieldValueInvalid", message: `Invalid value: ${shown}: ${error.message}`, field: "patch" },
    ]);
  }
  return patched;
}
