import { isJsonObject } from "@flotilla/core";
import { isKubeObject } from "../cluster/read-object.ts";
import type { Attention } from "./attention.ts";
import { textOf, type Line } from "./line-splitter.ts";
import { scanEvent, type ScannedEvent } from "./scan-event.ts";
import { ScannedObject } from "./scanned-object.ts";
import { watchedObject, type WatchedObject } from "./watched-object.ts";

/** One line of a watch. */
export type WatchLine =
  | { readonly type: "changed"; readonly watched: WatchedObject }
  | { readonly type: "deleted"; readonly watched: WatchedObject }
  | { readonly type: "bookmark"; readonly resourceVersion: string }
  | { readonly type: "error"; readonly status: unknown }
  | { readonly type: "broken"; readonly why: string };

/**
 * Never throws: what cannot be understood is `broken`, and then nothing after it may be trusted either. `version` is the last
 * one before this line.
 */
export function readWatchLine(line: Line, attention: Attention, version: string): WatchLine {
  const scanned = attention.isPaid ? undefined : scanEvent(line);
  if (scanned === undefined || !isComplete(scanned)) return readParsedLine(line, attention);
  attention.told();
  const watched = new ScannedObject(line, scanned, attention, version);
  return { type: scanned.type === "DELETED" ? "deleted" : "changed", watched };
}

function isComplete({ type, name, resourceVersion }: ScannedEvent): boolean {
  const isObjectEvent = type === "MODIFIED" || type === "ADDED" || type === "DELETED";
  return isObjectEvent && name !== "" && resourceVersion !== "";
}

/** The slow and certain way. */
export function readParsedLine(line: Line, attention: Attention): WatchLine {
  const event = parse(line);
  if (!isJsonObject(event)) return broken("a line that is no event");
  const { type, object } = event;
  if (type === "ERROR") return { type: "error", status: object };
  if (type === "BOOKMARK") return bookmark(object);
  if (!isKubeObject(object) || !object.metadata.resourceVersion) return broken("an event without an object");
  if (type !== "ADDED" && type !== "MODIFIED" && type !== "DELETED") return broken("an event of an unknown type");
  attention.told();
  return { type: type === "DELETED" ? "deleted" : "changed", watched: watchedObject(object, attention) };
}

/** Its object has nothing but a version. */
function bookmark(object: unknown): WatchLine {
  const metadata = isJsonObject(object) ? object["metadata"] : undefined;
  const resourceVersion = isJsonObject(metadata) ? metadata["resourceVersion"] : undefined;
  const given = typeof resourceVersion === "string" && resourceVersion !== "";
  return given ? { type: "bookmark", resourceVersion } : broken("a bookmark without a version");
}

function parse(line: Line): unknown {
  try {
    return JSON.parse(textOf(line));
  } catch {
    return undefined;
  }
}

function broken(why: string): WatchLine {
  return { type: "broken", why };
}
