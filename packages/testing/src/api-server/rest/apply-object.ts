import { type ApplyConflict, applyConfiguration } from "../apply/apply-configuration.ts";
import { undeclaredProblem } from "../apply/check-declared.ts";
import { type ManagerId, readManagedFields } from "../apply/managed-fields.ts";
import { badRequest, conflict, MODIFIED, StatusError } from "../http/status-error.ts";
import { objectAt, stringAt, valueAt, without, type JsonObject } from "../json/json.ts";
import { apiVersionOf, type Resource } from "../resources/resource.ts";
import { checkIdentity, createApplied } from "./create-object.ts";
import { ignoredFields } from "./ignored-fields.ts";
import { emptyObject, settleObject } from "./object-codec.ts";
import { readStored, type ServerState, timestamp, type WriteOptions } from "./server-state.ts";
import { admitUpdate, checkRevision, storeUpdate } from "./update-object.ts";

/** Server-side apply through a kind's main door or its status. Says whether it made the object. @throws StatusError */
export function applyObject(
  state: ServerState,
  resource: Resource,
  target: { readonly namespace: string; readonly name: string },
  config: JsonObject,
  options: WriteOptions & { readonly force: boolean },
): { readonly object: JsonObject; readonly created: boolean } {
  checkConfiguration(resource, target, config);
  const old = readStored(state, resource, target.namespace, target.name);
  if (old === undefined && options.subresource !== undefined) throw conflict(resource, target.name, MODIFIED);
  if (old !== undefined) checkRevision(resource, target.name, config, old);
  const named = { ...config, metadata: { ...objectAt(config, "metadata"), name: target.name } };
  const outcome = applyConfiguration({
    schema: resource.schema,
    live: old === undefined ? emptyObject(resource) : without(old, "apiVersion"),
    config: without(named, "apiVersion"),
    entries: old === undefined ? new Map() : readManagedFields(old),
    applier: applierOf(resource, options),
    force: options.force,
    ignored: ignoredFields(resource, options.subresource),
    time: timestamp(state),
    settle: (merged) => settleObject(resource, { ...merged, apiVersion: apiVersionOf(resource) }),
  });
  if (outcome.kind === "conflicts") throw applyConflict(outcome.conflicts);
  const object: JsonObject = { ...outcome.object, apiVersion: apiVersionOf(resource) };
  if (old === undefined) {
    const fresh = { ...object, metadata: without(objectAt(object, "metadata"), "resourceVersion") };
    return { object: createApplied(state, resource, target.namespace, fresh, outcome.entries, options), created: true };
  }
  const next = admitUpdate(state, resource, target, object, old, options);
  return { object: storeUpdate(state, resource, next, old, outcome.entries, options), created: false };
}

function applierOf(resource: Resource, options: WriteOptions): ManagerId {
  const id = { manager: options.manager, operation: "Apply", apiVersion: apiVersionOf(resource) } as const;
  return options.subresource === undefined ? id : { ...id, subresource: options.subresource };
}

function checkConfiguration(
  resource: Resource,
  target: { readonly namespace: string; readonly name: string },
  config: JsonObject,
): void {
  const [apiVersion = "", kind = ""] = [stringAt(config, "apiVersion"), stringAt(config, "kind")];
  if (apiVersion !== apiVersionOf(resource) || kind !== resource.kind) {
    throw badRequest(`invalid object type: ${apiVersion.includes("/") ? apiVersion : `/${apiVersion}`}, Kind=${kind}`);
  }
  if (valueAt(config, "metadata", "managedFields") !== undefined)
    throw badRequest("metadata.managedFields must be nil");
  checkIdentity(target.namespace, config, target.name);
  const problem = undeclaredProblem(resource.schema, without(config, "apiVersion", "kind"));
  if (problem === undefined) return;
  const type = `${apiVersion}, Kind=${kind}`;
  throw new StatusError(
    500,
    undefined,
    `failed to create typed patch object (${stringAt(config, "metadata", "namespace") ?? ""}/${target.name}; ${type}): ${problem}`,
  );
}

function applyConflict(conflicts: readonly ApplyConflict[]): StatusError {
  const [first] = conflicts;
  const byOwner = Map.groupBy(conflicts, (one) => describeOwner(one.owner));
  const text =
    conflicts.length === 1 && first !== undefined
      ? `Apply failed with 1 conflict: conflict with ${describeOwner(first.owner)}: ${first.field}`
      : `Apply failed with ${conflicts.length} conflicts: ${[...byOwner].map(([owner, list]) => [`conflicts with ${owner}:`, ...list.map((one) => `- ${one.field}`)].join("\n")).join("\n")}`;
  const causes = conflicts.map((one) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${describeOwner(one.owner)}`,
    field: one.field,
  }));
  return new StatusError(409, "Conflict", text, { causes });
}

function describeOwner(owner: ManagerId): string {
  const through = owner.subresource === undefined ? "" : ` with subresource ${JSON.stringify(owner.subresource)}`;
  const version = owner.operation === "Update" ? ` using ${owner.apiVersion}` : "";
  return `${JSON.stringify(owner.manager)}${through}${version}`;
}
