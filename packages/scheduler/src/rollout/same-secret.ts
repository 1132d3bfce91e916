import { jsonEqual, type KubeObject } from "@flotilla/core";
import { ownedKeys } from "../objects/field-ownership.ts";
import { mapAt } from "../objects/json-access.ts";

const MAPS: readonly (readonly string[])[] = [["data"], ["metadata", "labels"], ["metadata", "annotations"]];

/**
 * Whether a live Secret says what we intend: compared value by value, since no digest is kept of one. A key that we own and no
 * longer set is a difference too. Our own marks may differ: they follow the content.
 */
export function sameSecret(desired: KubeObject, live: KubeObject, manager: string): boolean {
  const isTyped = ["type", "immutable"].every(
    (field) => desired[field] === undefined || desired[field] === live[field],
  );
  return isTyped && MAPS.every((path) => sameMap(desired, live, manager, path));
}

function sameMap(desired: KubeObject, live: KubeObject, manager: string, path: readonly string[]): boolean {
  const wanted = mapAt(desired, ...path);
  const found = mapAt(live, ...path);
  const isStale = ownedKeys(live, manager, path).some((key) => !Object.hasOwn(wanted, key) && !isMark(key));
  return !isStale && Object.entries(wanted).every(([key, value]) => isMark(key) || jsonEqual(value, found[key]));
}

function isMark(key: string): boolean {
  return key.startsWith("flotilla.dev/");
}
