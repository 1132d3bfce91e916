import type { KubeObject, WatchEvent } from "@flotilla/core";
import { isNewer, isRevision } from "../cluster/revision-marks.ts";

/** All that a watch remembers of an object: enough to tell what is new and what has gone. */
interface Seen {
  readonly uid: string;
  resourceVersion: string;
  /** The list in which it was last found. */
  list: number;
}

type Told = Exclude<WatchEvent, { readonly type: "synced" | "bookmark" }>;

/**
 * Turns what lists and streams say into events that are each true and told once: duplicates and stale repeats are dropped, an
 * object of the same name with another uid is a deletion and an addition, and what a later list no longer has is deleted.
 */
export class SeenObjects {
  readonly #identity: { readonly apiVersion: string; readonly kind: string };
  readonly #seen = new Map<string, Seen>();
  #list = 0;

  constructor(identity: { readonly apiVersion: string; readonly kind: string }) {
    this.#identity = identity;
  }

  get size(): number {
    return this.#seen.size;
  }

  /** A list begins (or begins anew): everything found before is in doubt until it is found again. */
  startList(): void {
    this.#list += 1;
  }

  /** An object as a list gives it. A list is the truth, so any other resourceVersion counts, also a lower one (a restored etcd). */
  listed(object: KubeObject): readonly Told[] {
    const known = this.#seen.get(keyOf(object));
    if (known !== undefined) known.list = this.#list;
    if (known?.uid === object.metadata.uid && known?.resourceVersion === object.metadata.resourceVersion) return [];
    return this.#put(object, known);
  }

  /** The list is complete: deletions of everything that it did not have. */
  endList(): readonly Told[] {
    const gone: Told[] = [];
    for (const [key, seen] of this.#seen) {
      if (seen.list !== this.#list) gone.push(this.#remove(key, seen));
    }
    return gone;
  }

  /** ADDED or MODIFIED in a stream. */
  changed(object: KubeObject): readonly Told[] {
    const known = this.#seen.get(keyOf(object));
    if (known !== undefined && known.uid === object.metadata.uid && isStale(object.metadata.resourceVersion, known))
      return [];
    return this.#put(object, known);
  }

  /** DELETED in a stream; nothing for an object that is not known, or whose name another one has by now. */
  deleted(object: KubeObject): readonly Told[] {
    const key = keyOf(object);
    const known = this.#seen.get(key);
    if (known === undefined || known.uid !== (object.metadata.uid ?? "")) return [];
    this.#seen.delete(key);
    return [{ type: "deleted", object }];
  }

  #put(object: KubeObject, known: Seen | undefined): readonly Told[] {
    const { uid = "", resourceVersion = "" } = object.metadata;
    if (known !== undefined && known.uid === uid) {
      known.resourceVersion = resourceVersion;
      return [{ type: "modified", object }];
    }
    const key = keyOf(object);
    const before = known === undefined ? [] : [this.#remove(key, known)];
    this.#seen.set(key, { uid, resourceVersion, list: this.#list });
    return [...before, { type: "added", object }];
  }

  /** Only what is remembered can be told: identity, uid and the last resourceVersion. */
  #remove(key: string, seen: Seen): Told {
    this.#seen.delete(key);
    const [namespace = "", name = ""] = key.split("/");
    const { uid, resourceVersion } = seen;
    const metadata = namespace === "" ? { name, uid, resourceVersion } : { name, namespace, uid, resourceVersion };
    return { type: "deleted", object: { ...this.#identity, metadata } };
  }
}

function isStale(resourceVersion: string | undefined, known: Seen): boolean {
  if (resourceVersion === undefined || resourceVersion === known.resourceVersion) return true;
  return (
    isRevision(resourceVersion) && isRevision(known.resourceVersion) && !isNewer(resourceVersion, known.resourceVersion)
  );
}

/** Neither part of a name can hold a slash (DNS-1123, or a path segment for the few kinds with other names). */
function keyOf(object: KubeObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
