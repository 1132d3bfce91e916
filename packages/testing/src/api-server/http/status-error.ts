import type { JsonObject } from "../json/json.ts";
import { qualifiedKind, qualifiedName, type Resource } from "../resources/resource.ts";

/** One reason why an object is invalid, with the field it is about. */
export interface Cause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** A failure the server answers with a `Status` body. */
export class StatusError extends Error {
  override readonly name: string = "StatusError";
  readonly code: number;
  readonly reason: string | undefined;
  readonly details: JsonObject | undefined;

  constructor(code: number, reason: string | undefined, message: string, details?: JsonObject) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  /** The `Status` object. */
  toStatus(): JsonObject {
    return {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: this.message,
      ...(this.reason === undefined ? {} : { reason: this.reason }),
      ...(this.details === undefined ? {} : { details: this.details }),
      code: this.code,
    };
  }
}

type Named = Pick<Resource, "group" | "plural">;

function detailsOf(resource: Named, name: string): JsonObject {
  return {
    ...(name === "" ? {} : { name }),
    ...(resource.group === "" ? {} : { group: resource.group }),
    kind: resource.plural,
  };
}

/** 404: no such object. */
export function notFound(resource: Named, name: string): StatusError {
  return new StatusError(404, "NotFound", `${qualifiedName(resource)} "${name}" not found`, detailsOf(resource, name));
}

/** 409 AlreadyExists. */
export function alreadyExists(resource: Named, name: string): StatusError {
  return new StatusError(
    409,
    "AlreadyExists",
    `${qualifiedName(resource)} "${name}" already exists`,
    detailsOf(resource, name),
  );
}

/** 409 Conflict of a write that is not against the current state. */
export function conflict(resource: Named, name: string, why: string): StatusError {
  const message = `Operation cannot be fulfilled on ${qualifiedName(resource)} "${name}": ${why}`;
  return new StatusError(409, "Conflict", message, detailsOf(resource, name));
}

/** Why a stale write is refused, in the server's words. */
export const MODIFIED: string =
  "the object has been modified; please apply your changes to the latest version and try again";

/** 403. */
export function forbidden(resource: Named, name: string, why: string, causes?: readonly Cause[]): StatusError {
  const subject = name === "" ? qualifiedName(resource) : `${qualifiedName(resource)} "${name}"`;
  const details = {
    ...detailsOf(resource, name),
    ...(causes === undefined ? {} : { causes: causes.map((cause) => ({ ...cause })) }),
  };
  return new StatusError(403, "Forbidden", `${subject} is forbidden: ${why}`, details);
}

/** 400. */
export function badRequest(message: string): StatusError {
  return new StatusError(400, "BadRequest", message);
}

/** 422 of an object of a kind. */
export function invalid(
  resource: Pick<Resource, "group" | "kind">,
  name: string,
  causes: readonly Cause[],
): StatusError {
  const lines = causes.map((cause) => `${cause.field}: ${cause.message}`);
  const text = lines.length === 1 ? (lines[0] ?? "") : `[${lines.join(", ")}]`;
  const details = {
    ...(name === "" ? {} : { name }),
    ...(resource.group === "" ? {} : { group: resource.group }),
    ...(resource.kind === "" ? {} : { kind: resource.kind }),
    causes: causes.map((cause) => ({ ...cause })),
  };
  return new StatusError(422, "Invalid", `${qualifiedKind(resource)} "${name}" is invalid: ${text}`, details);
}

/** 410: the revision or the page token is too old. */
export function expired(message: string): StatusError {
  return new StatusError(410, "Expired", message);
}
