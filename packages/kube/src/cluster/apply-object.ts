import {
  jsonEqual,
  type ApplyOptions,
  type ApplyResult,
  type Ctx,
  type KindInfo,
  type KubeObject,
} from "@flotilla/core";
import type { KubeHttp } from "../http/kube-http.ts";
import type { KubeRequest } from "../http/kube-request.ts";
import { readFieldConflicts } from "./field-conflicts.ts";
import { nameOf } from "./object-name.ts";
import { readObject } from "./read-object.ts";
import { objectPath, queryOf } from "./resource-path.ts";
import { isNewer, type RevisionMarks } from "./revision-marks.ts";

/** JSON is YAML, and this is the one media type that every server-side apply since 1.16 knows. */
const APPLY_PATCH = "application/apply-patch+yaml";

/**
 * One PATCH. It is repeated as it stands when the server is in trouble or the answer was lost, which is safe: the same body
 * from the same manager changes nothing the second time. (After a lost answer `created` may read `changed`.)
 */
export async function applyObject(
  deps: { readonly http: KubeHttp; readonly marks: RevisionMarks },
  kind: KindInfo,
  object: KubeObject,
  options: ApplyOptions,
  ctx: Ctx,
): Promise<ApplyResult> {
  const { http, marks } = deps;
  const request = applyRequest(kind, object, options);
  const key = `${kind.apiVersion}/${kind.plural}`;
  const highest = marks.get(key);
  const response = await http.exchange(request, ctx);
  if (response.status >= 400) {
    const conflicts = response.status === 409 ? readFieldConflicts(response.body) : [];
    if (conflicts.length > 0) return { outcome: "conflict", conflicts };
    throw http.errorOf(request, response);
  }
  const applied = readObject(http.id, request, response.body);
  if (response.status === 201) {
    if (options.dryRun !== true) marks.see(key, applied.metadata.resourceVersion);
    return { outcome: "created", object: applied };
  }
  marks.see(key, applied.metadata.resourceVersion);
  const unwritten = isUnwritten(applied.metadata.resourceVersion, highest, object);
  return { outcome: unwritten ? "unchanged" : "changed", object: applied };
}

/** A dry run keeps the resourceVersion whatever it would do, so it is compared with what is there. Two requests. */
export async function dryRunApply(
  deps: { readonly http: KubeHttp; readonly marks: RevisionMarks; readonly live: KubeObject | undefined },
  kind: KindInfo,
  object: KubeObject,
  options: ApplyOptions,
  ctx: Ctx,
): Promise<ApplyResult> {
  const result = await applyObject(deps, kind, object, options, ctx);
  if (result.outcome === "conflict" || result.outcome === "created" || deps.live === undefined) return result;
  const same = jsonEqual(comparable(result.object), comparable(deps.live));
  return { outcome: same ? "unchanged" : "changed", object: result.object };
}

/** Owners matter as well as values, times do not: a manager that would come to own a field is a change. */
function comparable(object: KubeObject): unknown {
  const { managedFields = [], resourceVersion: _version, generation: _generation, ...metadata } = object.metadata;
  const owners = managedFields.map(({ time: _time, ...owner }) => owner);
  owners.sort((a, b) =>
    compareText(`${a.manager}/${a.operation}/${a.subresource}`, `${b.manager}/${b.operation}/${b.subresource}`),
  );
  return { ...object, metadata: { ...metadata, owners } };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function isUnwritten(applied: string | undefined, highest: string | undefined, sent: KubeObject): boolean {
  if (applied === undefined) return false;
  if (applied === sent.metadata.resourceVersion) return true;
  return highest !== undefined && !isNewer(applied, highest);
}

function applyRequest(kind: KindInfo, object: KubeObject, options: ApplyOptions): KubeRequest {
  const { name, namespace } = object.metadata;
  const path = objectPath(kind, namespace, name);
  const subresource = options.subresource === undefined ? "" : `/${options.subresource}`;
  const query = queryOf({
    fieldManager: options.fieldManager,
    force: options.force === true ? "true" : undefined,
    dryRun: options.dryRun === true ? "All" : undefined,
  });
  return {
    method: "PATCH",
    path: path + subresource + query,
    body: JSON.stringify(object),
    contentType: APPLY_PATCH,
    // With a version as its precondition a repeat would meet the version that its first try made.
    repeatable: object.metadata.resourceVersion === undefined,
    describe: () => `apply ${nameOf(kind.kind, namespace, name)}`,
  };
}
