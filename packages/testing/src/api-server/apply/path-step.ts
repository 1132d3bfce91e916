import { isObject, type Json } from "../json/json.ts";
import type { ListSchema } from "../schema/schema.ts";

/** The step to a field. */
export function fieldStep(name: string): string {
  return `f:${name}`;
}

/**
 * The step to an item of a set or map list. A key that is absent takes its declared default.
 * @throws Error when a key has neither value nor default
 */
export function itemStep(schema: ListSchema, item: Json): string {
  if (schema.lists === "set") return `v:${JSON.stringify(item)}`;
  const keys: Record<string, Json> = {};
  for (const key of [...schema.keys].sort()) {
    const value = (isObject(item) ? item[key] : undefined) ?? keyDefault(schema, key);
    if (value === undefined) {
      throw new Error(
        `associative list with keys has an element that omits key field "${key}" (and doesn't have default value)`,
      );
    }
    keys[key] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** A declared default; for a value that is always written, its zero. */
function keyDefault(schema: ListSchema, key: string): Json | undefined {
  const field = schema.item.kind === "struct" ? schema.item.fields.get(key) : undefined;
  if (field?.standard !== undefined || field?.always !== true || field.schema.kind !== "scalar") return field?.standard;
  return field.schema.type === "string" ? "" : 0;
}

/** A path for people, as the server writes it: `.spec.containers[name="c"].image`. */
export function formatPath(path: readonly string[]): string {
  return path.map(formatStep).join("");
}

function formatStep(step: string): string {
  const text = step.slice(2);
  switch (step.slice(0, 1)) {
    case "f":
      return `.${text}`;
    case "v":
      return `[=${text}]`;
    case "k": {
      const keys = Object.entries(JSON.parse(text) as Record<string, Json>);
      return `[${keys.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(",")}]`;
    }
    default:
      return `[${text}]`;
  }
}
