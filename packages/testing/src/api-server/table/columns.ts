import { numberAt, objectAt, objectsAt, stringAt, stringsAt, type Json, type JsonObject, show } from "../json/json.ts";

/** One column of a kind's table. */
export interface Column {
  readonly name: string;
  readonly type: "string" | "integer" | "boolean" | "number" | "date";
  /** Shown only where there is room (`-o wide`). */
  readonly isWide: boolean;
  readonly description: string;
  readonly cell: (object: JsonObject, nowMs: number) => Json;
}

/** Builds a column of text; a trailing `*` of the name makes it a wide one, a `:type` gives another type. */
export function column(label: string, cell: Column["cell"]): Column {
  const isWide = label.endsWith("*");
  const [name = "", type = "string"] = (isWide ? label.slice(0, -1) : label).split(":");
  return { name, type: type as Column["type"], isWide, description: name, cell };
}

/** The object's name. */
export function nameCell(object: JsonObject): Json {
  return stringAt(object, "metadata", "name") ?? "";
}

/** How long ago the object was created, as people say it. */
export function age(object: JsonObject, nowMs: number): Json {
  return ageOf(stringAt(object, "metadata", "creationTimestamp"), nowMs);
}

/** How long ago a time was: `5s`, `3m20s`, `4h`, `12d`. */
export function ageOf(time: string | undefined, nowMs: number): string {
  return time === undefined ? "<unknown>" : humanDuration(nowMs - Date.parse(time));
}

/** A duration in at most two units. Source: k8s.io/apimachinery/pkg/util/duration.HumanDuration. */
export function humanDuration(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / 1000));
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const days = Math.floor(hours / 24);
  const pair = (a: number, unit: string, b: number, small: string): string =>
    b === 0 ? `${a}${unit}` : `${a}${unit}${b}${small}`;
  if (seconds < 120) return `${seconds}s`;
  if (minutes < 10) return pair(minutes, "m", seconds % 60, "s");
  if (minutes < 180) return `${minutes}m`;
  if (hours < 8) return pair(hours, "h", minutes % 60, "m");
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return pair(days, "d", hours % 24, "h");
  if (days < 730) return `${days}d`;
  return pair(Math.floor(days / 365), "y", days % 365, "d");
}

/** Names of the containers of the pod template. */
export function containerNames(object: JsonObject): Json {
  return objectsAt(object, "spec", "template", "spec", "containers")
    .map((one) => stringAt(one, "name") ?? "")
    .join(",");
}

/** Images of the pod template. */
export function images(object: JsonObject): Json {
  return objectsAt(object, "spec", "template", "spec", "containers")
    .map((one) => stringAt(one, "image") ?? "")
    .join(",");
}

/** The object's label selector as people write it. */
export function selectorText(object: JsonObject): Json {
  return formatSelector(objectAt(object, "spec", "selector"));
}

/** A label selector as people write it. */
export function formatSelector(selector: JsonObject): string {
  const exact = Object.entries(stringsAt(selector, "matchLabels")).map(([key, value]) => `${key}=${value}`);
  const others = objectsAt(selector, "matchExpressions").map((one) => {
    const values = Array.isArray(one["values"]) ? one["values"].join(",") : "";
    switch (stringAt(one, "operator") ?? "") {
      case "In":
        return `${show(one["key"])} in (${values})`;
      case "NotIn":
        return `${show(one["key"])} notin (${values})`;
      case "DoesNotExist":
        return `!${show(one["key"])}`;
      default:
        return show(one["key"]);
    }
  });
  const text = [...exact, ...others].sort().join(",");
  return text === "" ? "<none>" : text;
}

/** Labels as people write them. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  const text = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
  return text === "" ? "<none>" : text;
}

/** A number, 0 when absent. */
export function count(...path: readonly string[]): Column["cell"] {
  return (object) => numberAt(object, ...path) ?? 0;
}
