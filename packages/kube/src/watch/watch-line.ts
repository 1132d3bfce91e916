import type { KubeObject } from "@flotilla/core";
import { isJsonObject } from "@flotilla/core";
import { isKubeObject } from "../cluster/read-object.ts";

/** One line of a watch. */
export type WatchLine =
  | { readonly type: "changed"; readonly object: KubeObject }
  | { readonly type: "deleted"; readonly object: KubeObject }
  | { readonly type: "bookmark"; readonly object: KubeObject }
  | { readonly type: "error"; readonly status: unknown }
  | { readonly type: "broken"; readonly why: string };

/** Never throws: what cannot be understood is `broken`, and then nothing after it may be trusted either. */
export function readWatchLine(line: string): WatchLine {
  let event: unknown;
  try {
    event = JSON.parse(line);
  } catch {
    return { type: "broken", why: "a line that is no JSON" };
  }
  if (!isJsonObject(event)) return { type: "broken", why: "a line that is no event" };
  const { type, object } = event;
  if (type === "ERROR") return { type: "error", status: object };
  // A bookmark's object has no name.
  if (type === "BOOKMARK")
    return isBookmark(object) ? { type: "bookmark", object } : { type: "broken", why: "a bookmark without a version" };
  if (!isKubeObject(object) || object.metadata.resourceVersion === undefined)
    return { type: "broken", why: "an event without an object" };
  if (type === "ADDED" || type === "MODIFIED") return { type: "changed", object };
  return type === "DELETED" ? { type: "deleted", object } : { type: "broken", why: "an event of an unknown type" };
}

function isBookmark(object: unknown): object is KubeObject {
  return (
    isJsonObject(object) &&
    isJsonObject(object["metadata"]) &&
    typeof object["metadata"]["resourceVersion"] === "string"
  );
}
