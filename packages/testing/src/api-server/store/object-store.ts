import { objectAt, stringAt, withAt, type JsonObject } from "../json/json.ts";

/** One change of one object. `previous` is what it was before; for a deletion `object` is its last state at the new revision. */
export interface StoreEvent {
  readonly type: "ADDED" | "MODIFIED" | "DELETED";
  readonly revision: number;
  readonly bucket: string;
  readonly key: string;
  readonly object: JsonObject;
  readonly previous?: JsonObject;
}

/** The revision asked for is older than the history kept. */
export class CompactedError extends Error {
  override readonly name: string = "CompactedError";
}

interface Bucket {
  readonly items: Map<string, JsonObject>;
  readonly events: StoreEvent[];
  readonly listeners: Set<(event: StoreEvent) => void>;
  /** All keys, sorted: lists come in this order, and are many. */
  readonly sortedKeys: string[];
  /** The oldest revision whose successors are all in `events`. */
  compactedAt: number;
}

/** `NAMESPACE/NAME`; cluster-scoped objects have an empty namespace. */
export function objectKey(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

/**
 * Objects by bucket with one revision counter, as etcd keeps them: every write has its own revision, and a bounded history
 * per bucket lets a reader see an older state or resume a watch. Synchronous: a write is atomic, listeners hear it at once.
 */
export class ObjectStore {
  readonly #buckets = new Map<string, Bucket>();
  readonly #listeners = new Set<(event: StoreEvent) => void>();
  readonly #historyMax: number;
  #revision = 1;

  /** `historyMax`: events kept per bucket. */
  constructor(options: { readonly historyMax: number }) {
    this.#historyMax = options.historyMax;
  }

  /** The revision of the last write. */
  get revision(): number {
    return this.#revision;
  }

  get(bucket: string, key: string): JsonObject | undefined {
    return this.#buckets.get(bucket)?.items.get(key);
  }

  /** The bucket's objects in key order, of one namespace or of all; `atRevision`: as they were then. @throws CompactedError */
  list(
    bucket: string,
    options: { readonly namespace?: string; readonly atRevision?: number } = {},
  ): readonly (readonly [string, JsonObject])[] {
    const found = this.#buckets.get(bucket);
    if (found === undefined) return [];
    const prefix = options.namespace === undefined ? "" : `${options.namespace}/`;
    const wantsPast = options.atRevision !== undefined && options.atRevision < this.#lastOf(found);
    const items = wantsPast ? this.#rewind(found, options.atRevision ?? 0) : found.items;
    const keys = wantsPast ? [...items.keys()].sort() : found.sortedKeys;
    const out: (readonly [string, JsonObject])[] = [];
    for (const key of keys) {
      const item = items.get(key);
      if (item !== undefined && key.startsWith(prefix)) out.push([key, item]);
    }
    return out;
  }

  /** Stores the object with a new `resourceVersion` and returns it as stored. */
  put(bucket: string, key: string, object: JsonObject): JsonObject {
    const target = this.#bucket(bucket);
    const previous = target.items.get(key);
    const stored = this.#stamp(object);
    target.items.set(key, stored);
    if (previous === undefined) target.sortedKeys.splice(placeOf(target.sortedKeys, key), 0, key);
    const type = previous === undefined ? "ADDED" : "MODIFIED";
    this.#record(target, {
      type,
      revision: this.#revision,
      bucket,
      key,
      object: stored,
      ...(previous === undefined ? {} : { previous }),
    });
    return stored;
  }

  /** Removes the object and returns its last state, or `undefined` when there was none. */
  remove(bucket: string, key: string, last?: JsonObject): JsonObject | undefined {
    const target = this.#bucket(bucket);
    const previous = target.items.get(key);
    if (previous === undefined) return undefined;
    target.items.delete(key);
    target.sortedKeys.splice(placeOf(target.sortedKeys, key), 1);
    const object = this.#stamp(last ?? previous);
    this.#record(target, { type: "DELETED", revision: this.#revision, bucket, key, object, previous });
    return object;
  }

  /** Events of a bucket after a revision. @throws CompactedError when some of them are forgotten */
  since(bucket: string, revision: number): readonly StoreEvent[] {
    const found = this.#bucket(bucket);
    if (revision < found.compactedAt) throw new CompactedError(`${revision} is older than ${found.compactedAt}`);
    return found.events.filter((event) => event.revision > revision);
  }

  /** Hears every later change of a bucket until the returned function is called. */
  subscribe(bucket: string, listener: (event: StoreEvent) => void): () => void {
    const { listeners } = this.#bucket(bucket);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Hears every later change of everything. */
  subscribeAll(listener: (event: StoreEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Forgets all history: older revisions can be neither listed nor watched from. */
  compact(): void {
    for (const bucket of this.#buckets.values()) {
      bucket.events.length = 0;
      bucket.compactedAt = this.#revision;
    }
  }

  #bucket(name: string): Bucket {
    const found = this.#buckets.get(name);
    if (found !== undefined) return found;
    const made: Bucket = { items: new Map(), events: [], listeners: new Set(), sortedKeys: [], compactedAt: 0 };
    this.#buckets.set(name, made);
    return made;
  }

  #lastOf(bucket: Bucket): number {
    return bucket.events.at(-1)?.revision ?? bucket.compactedAt;
  }

  #stamp(object: JsonObject): JsonObject {
    this.#revision += 1;
    return withAt(object, ["metadata", "resourceVersion"], String(this.#revision));
  }

  #record(bucket: Bucket, event: StoreEvent): void {
    bucket.events.push(event);
    // Trimmed in steps, so that a long history is not moved on every write.
    if (bucket.events.length > this.#historyMax + Math.max(16, this.#historyMax / 4)) {
      const dropped = bucket.events.splice(0, bucket.events.length - this.#historyMax);
      bucket.compactedAt = dropped.at(-1)?.revision ?? bucket.compactedAt;
    }
    for (const listener of bucket.listeners) listener(event);
    for (const listener of this.#listeners) listener(event);
  }

  #rewind(bucket: Bucket, revision: number): ReadonlyMap<string, JsonObject> {
    if (revision < bucket.compactedAt) throw new CompactedError(`${revision} is older than ${bucket.compactedAt}`);
    const items = new Map(bucket.items);
    for (const event of bucket.events.toReversed()) {
      if (event.revision <= revision) break;
      if (event.previous === undefined) items.delete(event.key);
      else items.set(event.key, event.previous);
    }
    return items;
  }
}

/** Where a key is, or belongs, in sorted ones. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] ?? "") < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Namespace and name of an object. */
export function nameOf(object: JsonObject): { readonly namespace: string; readonly name: string } {
  const metadata = objectAt(object, "metadata");
  return { namespace: stringAt(metadata, "namespace") ?? "", name: stringAt(metadata, "name") ?? "" };
}
