import { objectsAt, stringAt, type JsonObject } from "../json/json.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { uidOf } from "./object-client.ts";

/** `NAMESPACE/NAME` of the controller of an event's object, before and after, when it is of this kind. */
export function ownerKeys(event: StoreEvent, kind: string): string[] {
  const keys = [event.object, event.previous].flatMap((object) => {
    if (object === undefined) return [];
    const owner = objectsAt(object, "metadata", "ownerReferences").find(
      (one) => one["controller"] === true && one["kind"] === kind,
    );
    return owner === undefined
      ? []
      : [`${stringAt(object, "metadata", "namespace") ?? ""}/${stringAt(owner, "name") ?? ""}`];
  });
  return [...new Set(keys)];
}

/** Whether `owner` is the controller of the object. */
export function isControlledBy(object: JsonObject, owner: JsonObject): boolean {
  return objectsAt(object, "metadata", "ownerReferences").some(
    (one) => one["controller"] === true && one["uid"] === uidOf(owner),
  );
}

/** Splits a key. */
export function splitKey(key: string): { readonly namespace: string; readonly name: string } {
  const slash = key.indexOf("/");
  return { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}
