import { isList, isObject, type Json } from "../json/json.ts";
import type { ScalarSchema, Schema } from "../schema/schema.ts";
import { formatPath, itemStep } from "./path-step.ts";

/**
 * What keeps a configuration from being applied, in the server's words: undeclared fields, wrong types, list items without
 * their keys or with the same keys. `undefined` when it can be.
 */
export function undeclaredProblem(schema: Schema, value: Json, path = ""): string | undefined {
  if (value === null || schema.kind === "any") return undefined;
  switch (schema.kind) {
    case "scalar":
      return scalarProblem(schema, value, path);
    case "list":
      if (!isList(value)) return `${path}: expected list, got ${describe(value)}`;
      return (
        keyProblem(schema, value, path) ??
        first(value.map((item, index) => () => undeclaredProblem(schema.item, item, `${path}[${index}]`)))
      );
    case "map":
      if (!isObject(value)) return `${path}: expected map, got ${describe(value)}`;
      return first(
        Object.entries(value).map(
          ([name, item]) =>
            () =>
              undeclaredProblem(schema.value, item ?? null, `${path}.${name}`),
        ),
      );
    case "struct":
      if (!isObject(value)) return `${path}: expected map, got ${describe(value)}`;
      return first(
        Object.entries(value).map(([name, item]) => () => {
          const field = schema.fields.get(name);
          if (field === undefined) return schema.open ? undefined : `${path}.${name}: field not declared in schema`;
          return undeclaredProblem(field.schema, item ?? null, `${path}.${name}`);
        }),
      );
  }
}

function first(checks: readonly (() => string | undefined)[]): string | undefined {
  for (const check of checks) {
    const problem = check();
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function scalarProblem(schema: ScalarSchema, value: Json, path: string): string | undefined {
  const got = describe(value);
  switch (schema.type) {
    case "int32":
    case "int64":
    case "number":
      return typeof value === "number" ? undefined : `${path}: expected numeric (int or float), got ${got}`;
    case "boolean":
      return typeof value === "boolean" ? undefined : `${path}: expected boolean, got ${got}`;
    case "quantity":
    case "intOrString":
      return typeof value === "object" ? `${path}: expected scalar, got ${got}` : undefined;
    case "string":
    case "bytes":
    case "time":
    case "microTime":
      return typeof value === "string" ? undefined : `${path}: expected string, got ${got}`;
  }
}

function keyProblem(
  schema: Extract<Schema, { kind: "list" }>,
  items: readonly Json[],
  path: string,
): string | undefined {
  if (schema.lists === "atomic") return undefined;
  const seen = new Set<string>();
  for (const [index, item] of items.entries()) {
    if (schema.lists === "map" && !isObject(item)) continue;
    try {
      const step = itemStep(schema, item);
      if (seen.has(step)) return `${path}: duplicate entries for key ${formatPath([step])}`;
      seen.add(step);
    } catch (error) {
      return `${path}: element ${index}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
  return undefined;
}

function describe(value: Json): string {
  if (isList(value)) return "list";
  if (isObject(value)) return "map";
  return typeof value === "number" ? "int" : typeof value;
}
