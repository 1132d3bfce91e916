import { isList, isObject, type Json } from "../json/json.ts";

/**
 * The values a JSONPath of a printer column finds: fields, `[n]`, `[*]`, `['a.b']` and `[?(@.f=="v")]`. Other filters find nothing.
 */
export function evaluatePath(value: Json, path: string): readonly Json[] {
  let found: readonly Json[] = [value];
  for (const [step] of path.matchAll(/\.[^.[\]]+|\['[^']*'\]|\[\?\(@\.[^)]*\)\]|\[[^\]]*\]/g))
    found = found.flatMap((at) => take(at, step));
  return found;
}

function take(at: Json, step: string): readonly Json[] {
  if (step.startsWith(".")) return field(at, step.slice(1).replaceAll("\\", ""));
  const inner = step.slice(1, -1);
  if (inner.startsWith("'")) return field(at, inner.slice(1, -1));
  if (!isList(at))
    return inner === "*" && isObject(at) ? Object.values(at).flatMap((one) => (one === undefined ? [] : [one])) : [];
  if (inner === "*") return at;
  const filter = /^\?\(@\.([\w.]+)\s*==\s*["']([^"']*)["']\)$/.exec(inner);
  if (filter !== null) return at.filter((item) => evaluatePath(item, `.${filter[1] ?? ""}`)[0] === filter[2]);
  const chosen = at.at(Number(inner));
  return chosen === undefined ? [] : [chosen];
}

function field(at: Json, name: string): readonly Json[] {
  const found = isObject(at) && Object.hasOwn(at, name) ? at[name] : undefined;
  return found === undefined || found === null ? [] : [found];
}
