import type { FakeUser } from "../auth/user.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import type { RequestInfo } from "./request-info.ts";
import { badRequest, StatusError } from "./status-error.ts";

/** A request whose sender is known. */
export interface ApiRequest {
  readonly info: RequestInfo;
  /** Header values by lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The body as text. */
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly user: FakeUser;
}

/** How much of a body an error message quotes. Source: the server's own messages. */
const QUOTE_MAX = 28;

/** The media type of the body, without parameters. */
export function contentType(request: ApiRequest): string {
  return (request.headers["content-type"] ?? "application/json").split(";")[0]?.trim() ?? "";
}

/** The body as JSON. @throws StatusError 400 when it is not */
export function readJson(request: ApiRequest, wanted: string): Json {
  try {
    return JSON.parse(request.body) as Json;
  } catch {
    const quote = request.body.slice(0, QUOTE_MAX);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${wanted}): couldn't get version/kind; json parse error: not JSON (${quote})`,
    );
  }
}

/** 415. */
export function unsupportedMediaType(): StatusError {
  return new StatusError(415, "UnsupportedMediaType", "415: Unsupported Media Type", {});
}

/** The body as an object of the kind; version and kind may be left out for built-in kinds. @throws StatusError 400 */
export function readObject(
  request: ApiRequest,
  resource: Pick<Resource, "kind" | "version" | "group" | "custom">,
): JsonObject {
  const body = readJson(request, resource.kind);
  if (!isObject(body))
    throw badRequest(`the object provided is unrecognized (must be of type ${resource.kind}): not an object`);
  const { kind, apiVersion } = body;
  const expected = resource.group === "" ? resource.version : `${resource.group}/${resource.version}`;
  if (resource.custom !== undefined && (typeof kind !== "string" || kind === "")) {
    const quote = request.body.slice(0, QUOTE_MAX);
    throw badRequest(
      `the object provided is unrecognized (must be of type ${resource.kind}): Object 'Kind' is missing in '${request.body}' (${quote} ...)`,
    );
  }
  if (typeof kind === "string" && kind !== "" && kind !== resource.kind) {
    const version = expected.split("/").at(-1) ?? "";
    throw badRequest(
      `${kind} in version ${JSON.stringify(version)} cannot be handled as a ${resource.kind}: converting (${version}.${kind}) to (${resource.group || "core"}.${resource.kind}): unknown conversion`,
    );
  }
  if (typeof apiVersion === "string" && apiVersion !== "" && apiVersion !== expected) {
    throw badRequest(
      `${resource.kind} in version ${JSON.stringify(apiVersion)} cannot be handled as a ${resource.kind}: no kind ${JSON.stringify(resource.kind)} is registered for version ${JSON.stringify(apiVersion)}`,
    );
  }
  return body;
}
