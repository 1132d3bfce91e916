import type { ApiRequest } from "../http/request.ts";
import { badRequest, invalid, StatusError } from "../http/status-error.ts";
import { isObject, listAt, numberAt, objectAt, stringAt, type Json, type JsonObject } from "../json/json.ts";
import { required, unsupported } from "../validation/causes.ts";
import type { DeleteRequest } from "./delete-object.ts";
import type { WriteOptions } from "./server-state.ts";

const MANAGER_MAX = 128;
const VALIDATIONS = ["Ignore", "Strict", "Warn"] as const;

/** How a request wants its write done. @throws StatusError 422 for values the server does not know */
export function readWriteOptions(request: ApiRequest, subresource: string): WriteOptions {
  const { query } = request.info;
  const type =
    request.info.method === "POST" ? "CreateOptions" : request.info.method === "PUT" ? "UpdateOptions" : "PatchOptions";
  const validation = query.get("fieldValidation") ?? "";
  const fieldValidation = VALIDATIONS.find((one) => one === (validation === "" ? "Warn" : validation));
  if (fieldValidation === undefined)
    throw invalid({ group: "meta.k8s.io", kind: type }, "", [
      unsupported("fieldValidation", validation, ["", ...VALIDATIONS]),
    ]);
  return {
    manager: readManager(request, type),
    dryRun: isDryRun(query.getAll("dryRun"), type),
    fieldValidation,
    ...(subresource === "" ? {} : { subresource }),
    warnings: [],
  };
}

/** The field manager of an apply must be named. @throws StatusError 422 */
export function requireManager(request: ApiRequest): void {
  if ((request.info.query.get("fieldManager") ?? "") !== "") return;
  throw invalid({ group: "meta.k8s.io", kind: "PatchOptions" }, "", [
    required("fieldManager", "is required for apply patch"),
  ]);
}

function readManager(request: ApiRequest, type: string): string {
  const given = request.info.query.get("fieldManager") ?? "";
  if (given.length > MANAGER_MAX) {
    const cause = {
      reason: "FieldValueTooLong",
      message: `Too long: may not be more than ${MANAGER_MAX} bytes`,
      field: "fieldManager",
    };
    throw invalid({ group: "meta.k8s.io", kind: type }, "", [cause]);
  }
  if (given !== "") return given;
  // The part of the user agent before the slash, as the server takes it.
  const agent = (request.headers["user-agent"] ?? "").split("/")[0]?.slice(0, MANAGER_MAX) ?? "";
  return agent === "" ? "unknown" : agent;
}

function isDryRun(values: readonly (Json | undefined)[], type: string): boolean {
  const given = values.filter((value) => value !== "");
  const bad = given.find((value) => value !== "All");
  if (bad !== undefined)
    throw invalid({ group: "meta.k8s.io", kind: type }, "", [unsupported("dryRun", [bad], ["All"])]);
  return given.length > 0;
}

/** What a DELETE asks for, in its body or, without one, in its query. @throws StatusError 400 or 422 */
export function readDeleteRequest(request: ApiRequest): DeleteRequest {
  const body = request.body === "" ? {} : readBody(request.body);
  const { query } = request.info;
  const [uid, resourceVersion] = [
    stringAt(body, "preconditions", "uid"),
    stringAt(body, "preconditions", "resourceVersion"),
  ];
  const orphan =
    body["orphanDependents"] ?? (query.has("orphanDependents") ? query.get("orphanDependents") === "true" : undefined);
  const propagation =
    stringAt(body, "propagationPolicy") ?? query.get("propagationPolicy") ?? (orphan === true ? "Orphan" : undefined);
  const graceSeconds =
    numberAt(body, "gracePeriodSeconds") ??
    (query.has("gracePeriodSeconds") ? Number(query.get("gracePeriodSeconds")) : undefined);
  return {
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(propagation === undefined ? {} : { propagation }),
    ...(graceSeconds === undefined ? {} : { graceSeconds }),
    dryRun: isDryRun([...listAt(body, "dryRun"), ...query.getAll("dryRun")], "DeleteOptions"),
  };
}

function readBody(text: string): JsonObject {
  let body: Json;
  try {
    body = JSON.parse(text) as Json;
  } catch {
    throw badRequest("couldn't get version/kind; json parse error: not JSON");
  }
  if (!isObject(body)) throw new StatusError(400, "BadRequest", "DeleteOptions must be an object");
  return objectAt({ body }, "body");
}
