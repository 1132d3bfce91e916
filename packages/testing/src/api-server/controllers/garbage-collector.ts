import { listAt, objectsAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { isDeleting, type ObjectClient, uidOf } from "./object-client.ts";

/**
 * Deletes what lost all its owners, and carries out `Foreground` and `Orphan` deletions. Keys are `BUCKET|NAMESPACE/NAME`
 * for objects to look at, and `uid:UID` for the dependents of an owner that changed.
 */
export class GarbageCollector implements Controller {
  readonly name: string = "garbage-collector";
  readonly #client: ObjectClient;
  /** Dependents by their owners' uid. */
  readonly #dependents = new Map<string, Set<string>>();
  readonly #uids = new Set<string>();

  constructor(client: ObjectClient) {
    this.#client = client;
  }

  keysOf(event: StoreEvent): readonly string[] {
    const id = `${event.bucket}|${event.key}`;
    for (const owner of ownersOf(event.previous)) this.#dependents.get(owner)?.delete(id);
    const uid = uidOf(event.object);
    if (event.type === "DELETED") {
      this.#uids.delete(uid);
      const waiting = ownersOf(event.object).map((owner) => `uid:${owner}`);
      return this.#dependents.has(uid) ? [`uid:${uid}`, ...waiting] : waiting;
    }
    this.#uids.add(uid);
    const owners = ownersOf(event.object);
    for (const owner of owners) {
      const known = this.#dependents.get(owner) ?? new Set();
      this.#dependents.set(owner, known.add(id));
    }
    const finalizers = listAt(event.object, "metadata", "finalizers");
    const isHeld =
      isDeleting(event.object) && (finalizers.includes("foregroundDeletion") || finalizers.includes("orphan"));
    return owners.length > 0 || isHeld ? [id] : [];
  }

  reconcile(key: string): undefined {
    if (key.startsWith("uid:")) return this.#lookAtDependents(key.slice("uid:".length));
    const found = this.#find(key);
    if (found === undefined) return;
    const { resource, object } = found;
    if (isDeleting(object)) this.#finishDeletion(resource, object);
    else this.#collect(resource, object);
  }

  #lookAtDependents(uid: string): undefined {
    const dependents = [...(this.#dependents.get(uid) ?? [])];
    if (dependents.length === 0) this.#dependents.delete(uid);
    for (const id of dependents) this.reconcile(id);
    if (!this.#uids.has(uid)) return;
    const owner = this.#findByUid(uid);
    if (owner !== undefined && isDeleting(owner.object)) this.#finishDeletion(owner.resource, owner.object);
  }

  #find(id: string): { readonly resource: Resource; readonly object: JsonObject } | undefined {
    const bar = id.indexOf("|");
    const [bucket, key] = [id.slice(0, bar), id.slice(bar + 1)];
    const resource = this.#client.state.registry.all().find((one) => bucketOf(one) === bucket);
    const object = this.#client.state.store.get(bucket, key);
    return resource === undefined || object === undefined ? undefined : { resource, object };
  }

  #findByUid(uid: string): { readonly resource: Resource; readonly object: JsonObject } | undefined {
    for (const resource of this.#client.state.registry.all()) {
      const object = this.#client.list(resource).find((one) => uidOf(one) === uid);
      if (object !== undefined) return { resource, object };
    }
    return undefined;
  }

  /** Deletes an object none of whose owners is left; drops references to those that are gone otherwise. */
  #collect(resource: Resource, object: JsonObject): void {
    const owners = objectsAt(object, "metadata", "ownerReferences");
    const left = owners.filter((owner) => this.#uids.has(stringAt(owner, "uid") ?? ""));
    if (owners.length === 0) return;
    if (left.length === 0) this.#client.delete(resource, object, { propagation: "Background", uid: uidOf(object) });
    else if (left.length < owners.length) {
      this.#client.update(resource, object, (stored) => withAt(stored, ["metadata", "ownerReferences"], left));
    } else if (left.every((owner) => this.#isLeavingInForeground(stringAt(owner, "uid") ?? ""))) {
      this.#client.delete(resource, object, { propagation: "Foreground", uid: uidOf(object) });
    }
  }

  #isLeavingInForeground(uid: string): boolean {
    const owner = this.#findByUid(uid)?.object;
    return (
      owner !== undefined && isDeleting(owner) && listAt(owner, "metadata", "finalizers").includes("foregroundDeletion")
    );
  }

  #finishDeletion(resource: Resource, object: JsonObject): void {
    const finalizers = listAt(object, "metadata", "finalizers");
    const dependents = [...(this.#dependents.get(uidOf(object)) ?? [])].flatMap((id) => this.#find(id) ?? []);
    if (finalizers.includes("orphan")) {
      for (const dependent of dependents) this.#release(dependent, object);
      this.#dropFinalizer(resource, object, "orphan");
    } else if (finalizers.includes("foregroundDeletion")) {
      for (const dependent of dependents)
        if (!isDeleting(dependent.object)) this.#collect(dependent.resource, dependent.object);
      const left = [...(this.#dependents.get(uidOf(object)) ?? [])].flatMap((id) => this.#find(id) ?? []);
      if (left.length === 0) this.#dropFinalizer(resource, object, "foregroundDeletion");
    }
  }

  #release(dependent: { readonly resource: Resource; readonly object: JsonObject }, owner: JsonObject): void {
    this.#client.update(dependent.resource, dependent.object, (stored) => {
      const left = objectsAt(stored, "metadata", "ownerReferences").filter((one) => one["uid"] !== uidOf(owner));
      return withAt(stored, ["metadata", "ownerReferences"], left.length === 0 ? undefined : left);
    });
  }

  #dropFinalizer(resource: Resource, object: JsonObject, finalizer: string): void {
    this.#client.update(resource, object, (stored) => {
      const left = listAt(stored, "metadata", "finalizers").filter((one) => one !== finalizer);
      return withAt(stored, ["metadata", "finalizers"], left.length === 0 ? undefined : left);
    });
  }
}

function ownersOf(object: JsonObject | undefined): string[] {
  return objectsAt(object, "metadata", "ownerReferences").map((owner) => stringAt(owner, "uid") ?? "");
}
