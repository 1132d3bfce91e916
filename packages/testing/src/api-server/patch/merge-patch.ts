import { isObject, type Json } from "../json/json.ts";

/** Applies an RFC 7396 merge patch: null removes, objects merge, everything else replaces. */
export function applyMergePatch(document: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const out: Record<string, Json | undefined> = isObject(document) ? { ...document } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null || value === undefined) delete out[name];
    else out[name] = applyMergePatch(out[name], value);
  }
  return out;
}
