import type { Cause } from "../http/status-error.ts";
import type { Json } from "../json/json.ts";

/** A value that is not allowed. */
export function invalidValue(field: string, value: Json | undefined, why: string): Cause {
  return { reason: "FieldValueInvalid", message: `Invalid value: ${JSON.stringify(value ?? null)}: ${why}`, field };
}

/** A value that must be given. */
export function required(field: string, why = ""): Cause {
  return { reason: "FieldValueRequired", message: why === "" ? "Required value" : `Required value: ${why}`, field };
}

/** A value that is not one of the allowed ones. */
export function unsupported(field: string, value: Json | undefined, allowed: readonly string[]): Cause {
  const list = allowed.map((one) => JSON.stringify(one)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    message: `Unsupported value: ${JSON.stringify(value ?? null)}: supported values: ${list}`,
    field,
  };
}

/** A value that may not be given here. */
export function forbiddenField(field: string, why: string): Cause {
  return { reason: "FieldValueForbidden", message: `Forbidden: ${why}`, field };
}

/** A value another item already has. */
export function duplicate(field: string, value: Json | undefined): Cause {
  return { reason: "FieldValueDuplicate", message: `Duplicate value: ${JSON.stringify(value ?? null)}`, field };
}
