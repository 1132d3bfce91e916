import { StatusError } from "../http/status-error.ts";
import { equalJson, numberAt, objectAt, stringAt, withAt, type Json, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import { createObject } from "../rest/create-object.ts";
import { deleteObject, type DeleteRequest } from "../rest/delete-object.ts";
import { listStored, readStored, type ServerState, type WriteOptions } from "../rest/server-state.ts";
import { updateObject } from "../rest/update-object.ts";
import { nameOf } from "../store/object-store.ts";

/** How a controller reads and writes objects: through the same doors as everybody, as its own field manager. */
export class ObjectClient {
  readonly state: ServerState;
  readonly #manager: string;

  constructor(state: ServerState, manager: string) {
    this.state = state;
    this.#manager = manager;
  }

  resource(apiVersion: string, kind: string): Resource {
    return this.state.registry.need(apiVersion, kind);
  }

  get(resource: Resource, namespace: string, name: string): JsonObject | undefined {
    return readStored(this.state, resource, namespace, name);
  }

  list(resource: Resource, namespace?: string): JsonObject[] {
    return listStored(this.state, resource, namespace);
  }

  /** Creates; `undefined` when the server refuses (it exists, its namespace goes away, it is invalid). */
  create(resource: Resource, namespace: string, object: JsonObject): JsonObject | undefined {
    return this.#tolerate(() => createObject(this.state, resource, namespace, object, this.#options()));
  }

  /** Changes an object; `undefined` when it is gone or the server refuses. Writing the same again is no write. */
  update(resource: Resource, object: JsonObject, change: (stored: JsonObject) => JsonObject): JsonObject | undefined {
    return this.#tolerate(() => updateObject(this.state, resource, nameOf(object), change, this.#options()));
  }

  /** Sets the status, where it differs. */
  updateStatus(resource: Resource, object: JsonObject, status: JsonObject, annotations?: JsonObject): void {
    const isSame = equalJson(objectAt(object, "status"), status);
    if (isSame && annotations === undefined) return;
    const change = (stored: JsonObject): JsonObject => {
      const next = withAt(stored, ["status"], status);
      return annotations === undefined
        ? next
        : withAt(next, ["metadata", "annotations"], { ...objectAt(stored, "metadata", "annotations"), ...annotations });
    };
    this.#tolerate(() => updateObject(this.state, resource, nameOf(object), change, this.#options("status")));
  }

  /** Deletes; nothing happens when it is gone already. */
  delete(resource: Resource, object: JsonObject, request: Partial<DeleteRequest> = {}): void {
    this.#tolerate(() => deleteObject(this.state, resource, nameOf(object), { dryRun: false, ...request }));
  }

  #options(subresource?: string): WriteOptions {
    const own = { manager: this.#manager, dryRun: false, fieldValidation: "Ignore", warnings: [] } as const;
    return subresource === undefined ? { ...own, warnings: [] } : { ...own, warnings: [], subresource };
  }

  /** What the server refuses a controller is seen again at its next look; anything else is a bug. */
  #tolerate<T>(act: () => T): T | undefined {
    try {
      return act();
    } catch (error) {
      if (error instanceof StatusError) return undefined;
      throw error;
    }
  }
}

/** A reference that makes `owner` the controller of an object. */
export function controllerReference(resource: Resource, owner: JsonObject): Json {
  return {
    apiVersion: resource.group === "" ? resource.version : `${resource.group}/${resource.version}`,
    kind: resource.kind,
    name: stringAt(owner, "metadata", "name") ?? "",
    uid: stringAt(owner, "metadata", "uid") ?? "",
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Whether the object is on its way out. */
export function isDeleting(object: JsonObject): boolean {
  return stringAt(object, "metadata", "deletionTimestamp") !== undefined;
}

/** uid of an object. */
export function uidOf(object: JsonObject): string {
  return stringAt(object, "metadata", "uid") ?? "";
}

/** Wanted replicas. */
export function replicasOf(object: JsonObject): number {
  return numberAt(object, "spec", "replicas") ?? 1;
}
