import { isNewer, isRevision } from "../cluster/revision-marks.ts";
import { objectEvent, type ObjectEvent, type WatchedObject } from "./watched-object.ts";

/** All that a watch remembers of an object: enough to tell what is new and what has gone. */
interface Seen {
  readonly uid: string;
  resourceVersion: string;
  /** The list in which it was last found. */
  list: number;
}

const NONE: readonly ObjectEvent[] = [];

/**
 * Turns what lists and streams say into events that are each true and told once: duplicates and stale repeats are dropped, an
 * object of the same name with another uid is a deletion and an addition, and what a later list no longer has is deleted.
 */
export class SeenObjects {
  readonly #identity: { readonly apiVersion: string; readonly kind: string };
  readonly #seen = new Map<string, Seen>();
  #list = 0;

  constructor({ apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
    this.#identity = { apiVersion, kind };
  }

  get size(): number {
    return this.#seen.size;
  }

  /** A list begins (or begins anew): everything found before is in doubt until it is found again. */
  startList(): void {
    this.#list += 1;
  }

  /** An object as a list gives it. A list is the truth, so any other resourceVersion counts, also a lower one (a restored etcd). */
  listed(watched: WatchedObject): readonly ObjectEvent[] {
    const known = this.#seen.get(keyOf(watched));
    if (known !== undefined) known.list = this.#list;
    if (known?.uid === watched.uid && known.resourceVersion === watched.resourceVersion) return NONE;
    return this.#put(watched, known);
  }

  /** The list is complete: deletions of everything that it did not have. */
  endList(): readonly ObjectEvent[] {
    const gone: ObjectEvent[] = [];
    for (const [key, seen] of this.#seen) {
      if (seen.list !== this.#list) gone.push(this.#remove(key, seen));
    }
    return gone;
  }

  /** ADDED or MODIFIED in a stream. */
  changed(watched: WatchedObject): readonly ObjectEvent[] {
    const known = this.#seen.get(keyOf(watched));
    if (known !== undefined && known.uid === watched.uid && isStale(watched.resourceVersion, known)) return NONE;
    return this.#put(watched, known);
  }

  /** DELETED in a stream; nothing for an object that is not known, or whose name another one has by now. */
  deleted(watched: WatchedObject): readonly ObjectEvent[] {
    const key = keyOf(watched);
    if (this.#seen.get(key)?.uid !== watched.uid) return NONE;
    this.#seen.delete(key);
    return [objectEvent("deleted", watched)];
  }

  /** What was told of this object could not be read: whatever comes next about it is news. */
  doubt(watched: WatchedObject): void {
    const known = this.#seen.get(keyOf(watched));
    if (known !== undefined && known.uid === watched.uid) known.resourceVersion = "";
  }

  #put(watched: WatchedObject, known: Seen | undefined): readonly ObjectEvent[] {
    const { uid, resourceVersion } = watched;
    if (known !== undefined && known.uid === uid) {
      known.resourceVersion = resourceVersion;
      return [objectEvent("modified", watched)];
    }
    const key = keyOf(watched);
    const before = known === undefined ? NONE : [this.#remove(key, known)];
    this.#seen.set(key, { uid, resourceVersion, list: this.#list });
    return [...before, objectEvent("added", watched)];
  }

  /** Only what is remembered can be told: identity, uid and the last resourceVersion. */
  #remove(key: string, seen: Seen): ObjectEvent {
    this.#seen.delete(key);
    const [namespace = "", name = ""] = key.split("/");
    const { uid, resourceVersion } = seen;
    const metadata = namespace === "" ? { name, uid, resourceVersion } : { name, namespace, uid, resourceVersion };
    return { type: "deleted", object: { ...this.#identity, metadata } };
  }
}

function isStale(resourceVersion: string, known: Seen): boolean {
  if (resourceVersion === known.resourceVersion) return true;
  const comparable = isRevision(resourceVersion) && isRevision(known.resourceVersion);
  return comparable && !isNewer(resourceVersion, known.resourceVersion);
}

/** Neither part of a name can hold a slash (DNS-1123, or a path segment for the few kinds with other names). */
function keyOf({ namespace, name }: WatchedObject): string {
  return `${namespace}/${name}`;
}
