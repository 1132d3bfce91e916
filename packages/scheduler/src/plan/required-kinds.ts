import { groupOf } from "../objects/object-ref.ts";
import { declaredScopes } from "../objects/object-scope.ts";
import type { Stream } from "./stream.ts";

/**
 * `apiVersion/Kind` of everything that goes with the given units, except what the stream's own CustomResourceDefinitions
 * bring: a cluster without one of these kinds cannot take the units.
 */
export function requiredKindsOf({ items }: Stream, units: ReadonlySet<number>): readonly string[] {
  const brought = declaredScopes(items.map(({ object }) => object));
  const needed = items.filter(({ goesWith }) => goesWith.some((unit) => units.has(unit)));
  const kinds = needed
    .map(({ object }) => object)
    .filter(({ apiVersion, kind }) => !brought.has(`${groupOf(apiVersion)}/${kind}`))
    .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
  return [...new Set(kinds)].sort();
}
