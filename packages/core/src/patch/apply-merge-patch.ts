import { checkDepth } from "../json/json-depth.ts";
import { isJsonObject } from "../json/is-json-object.ts";

/**
 * Applies a JSON Merge Patch (RFC 7396): objects merge, `null` removes, anything else replaces. Neither input is changed; the
 * result shares with them every part that stays as it is, and is the document itself where the patch changes nothing.
 *
 * @throws CloudError `invalid` for a patch nested too deep.
 */
export function applyMergePatch(document: unknown, patch: unknown): unknown {
  return merge(document, patch, 0);
}

function merge(target: unknown, patch: unknown, depth: number): unknown {
  checkDepth(depth);
  if (!isJsonObject(patch)) return patch;
  const base = isJsonObject(target) ? target : {};
  // A map, so that a member named __proto__ is a member like any other.
  const members = new Map(Object.entries(base));
  let isChanged = base !== target;
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      isChanged = members.delete(key) || isChanged;
      continue;
    }
    const before = members.get(key);
    const after = merge(before, value, depth + 1);
    if (members.has(key) && after === before) continue;
    members.set(key, after);
    isChanged = true;
  }
  return isChanged ? Object.fromEntries(members) : target;
}
