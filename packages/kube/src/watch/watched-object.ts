import type { KubeObject, WatchEvent } from "@flotilla/core";
import type { Attention } from "./attention.ts";

/** An object as a watch meets it: who it is and at which version, the rest only when somebody looks. */
export interface WatchedObject {
  /** Empty for kinds of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly object: KubeObject;
}

export type ObjectEvent = Extract<WatchEvent, { readonly object: KubeObject }>;

/** `attention` learns whether anybody looks. */
export function watchedObject(object: KubeObject, attention?: Attention): WatchedObject {
  const { namespace = "", name, uid = "", resourceVersion = "" } = object.metadata;
  const identity = { namespace, name, uid, resourceVersion };
  if (attention === undefined) return { ...identity, object };
  return {
    ...identity,
    get object() {
      attention.looked();
      return object;
    },
  };
}

/** `object` is an accessor of the event itself, so that copying or printing an event has it too. */
export function objectEvent(type: ObjectEvent["type"], watched: WatchedObject): ObjectEvent {
  return {
    type,
    get object() {
      return watched.object;
    },
  };
}
