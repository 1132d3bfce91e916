import { isObject, numberAt, stringAt, type Json, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import { age, ageOf, column, type Column, nameCell } from "./columns.ts";
import { evaluatePath } from "./json-path.ts";
import { KIND_COLUMNS } from "./kind-columns.ts";

/** The columns of a kind: its own, those of its definition, or name and age. */
export function columnsOf(resource: Resource): readonly Column[] {
  if (resource.custom !== undefined) return [column("Name", nameCell), ...resource.custom.columns.map(customColumn)];
  const own = KIND_COLUMNS[`${resource.group}/${resource.kind}`];
  return own ?? [column("Name", nameCell), column("Age", age)];
}

function customColumn(source: JsonObject): Column {
  const type = (stringAt(source, "type") ?? "string") as Column["type"];
  const path = stringAt(source, "jsonPath") ?? "";
  return {
    name: stringAt(source, "name") ?? "",
    type,
    isWide: (numberAt(source, "priority") ?? 0) > 0,
    description: stringAt(source, "description") ?? `Custom resource definition column (in JSONPath format): ${path}`,
    cell: (object, nowMs) => customCell(type, evaluatePath(object, path), nowMs),
  };
}

function customCell(type: Column["type"], found: readonly Json[], nowMs: number): Json {
  const [value] = found;
  if (value === undefined) return null;
  if (type === "date") return typeof value === "string" ? ageOf(value, nowMs) : null;
  if (type === "string") return found.map((one) => (typeof one === "string" ? one : JSON.stringify(one))).join(" ");
  return isObject(value) ? JSON.stringify(value) : value;
}
