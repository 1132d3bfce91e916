import { contentType, type ApiRequest } from "../http/request.ts";
import { badRequest } from "../http/status-error.ts";
import { duplicateFields } from "../json/duplicate-fields.ts";
import type { Resource } from "../resources/resource.ts";
import type { WriteOptions } from "./server-state.ts";

/** Fields that stand twice in the body are told as unknown fields are. @throws StatusError 400 when that is strict */
export function checkDuplicates(
  resource: Pick<Resource, "kind" | "version">,
  request: ApiRequest,
  options: Pick<WriteOptions, "fieldValidation" | "warnings">,
): void {
  if (options.fieldValidation === "Ignore" || contentType(request) !== "application/json") return;
  const problems = duplicateFields(request.body).map((path) => `duplicate field "${path}"`);
  if (problems.length === 0) return;
  if (options.fieldValidation !== "Strict") {
    options.warnings.push(...problems);
    return;
  }
  const { kind, version } = resource;
  const why = `strict decoding error: ${problems.join(", ")}`;
  throw badRequest(`${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`);
}
