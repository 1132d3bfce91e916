import {
  CloudError,
  RECORD_BYTES_MAX,
  type Clock,
  type PutResult,
  type RecordChange,
  type RecordStore,
  type StoredRecord,
} from "@flotilla/core";
import { createChangeFeed, type ChangeFeed } from "./change-feed.ts";

/** A RecordStore that forgets when the process ends: the twin of the durable ones, for tests and for trying things out. */
export function createMemoryStore(clock: Pick<Clock, "nowMs"> = { nowMs: Date.now }): RecordStore {
  return new MemoryStore(clock);
}

class MemoryStore implements RecordStore {
  readonly #clock: Pick<Clock, "nowMs">;
  readonly #records = new Map<
    string,
    { readonly json: string; readonly version: number; readonly updatedAtMs: number }
  >();
  readonly #feeds = new Set<ChangeFeed>();
  /** One counter for all keys: a key that is deleted and written again never repeats a version. */
  #version = 0;

  constructor(clock: Pick<Clock, "nowMs">) {
    this.#clock = clock;
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    return this.#read(key);
  }

  async put(
    key: string,
    value: unknown,
    options: { readonly expectedVersion?: number | null } = {},
  ): Promise<PutResult> {
    const json = serialise(key, value);
    const { expectedVersion } = options;
    if (expectedVersion !== undefined && (this.#records.get(key)?.version ?? null) !== expectedVersion) {
      return { stored: false, current: this.#read(key) };
    }
    this.#version += 1;
    const version = this.#version;
    this.#records.set(key, { json, version, updatedAtMs: this.#clock.nowMs() });
    const record = this.#read(key);
    if (record !== undefined) this.#tell(key, { type: "put", record });
    return { stored: true, version };
  }

  async delete(key: string, options: { readonly expectedVersion?: number } = {}): Promise<boolean> {
    const held = this.#records.get(key);
    if (held === undefined) return false;
    if (options.expectedVersion !== undefined && options.expectedVersion !== held.version) return false;
    this.#records.delete(key);
    this.#tell(key, { type: "delete", key });
    return true;
  }

  async list(prefix: string): Promise<readonly StoredRecord[]> {
    const keys = [...this.#records.keys()].filter((key) => key.startsWith(prefix)).sort(compareKeys);
    return keys.flatMap((key) => this.#read(key) ?? []);
  }

  watch(prefix: string, { signal }: { readonly signal: AbortSignal }): AsyncIterable<RecordChange> {
    const feed = createChangeFeed(prefix, signal, () => this.#feeds.delete(feed));
    if (!signal.aborted) this.#feeds.add(feed);
    return feed.changes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const feed of this.#feeds) feed.end();
    this.#feeds.clear();
  }

  /** A fresh copy each time: what a caller does to a value never reaches the store. */
  #read(key: string): StoredRecord | undefined {
    const held = this.#records.get(key);
    if (held === undefined) return undefined;
    return { key, value: JSON.parse(held.json) as unknown, version: held.version, updatedAtMs: held.updatedAtMs };
  }

  #tell(key: string, change: RecordChange): void {
    for (const feed of this.#feeds) if (key.startsWith(feed.prefix)) feed.push(change);
  }
}

/** Code-point order, as a database with binary collation would list them. */
function compareKeys(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function serialise(key: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new CloudError("invalid", `record ${key}: its value is not JSON`);
  const bytes = Buffer.byteLength(json);
  if (bytes > RECORD_BYTES_MAX) {
    throw new CloudError("invalid", `record ${key} has ${bytes} bytes, the limit is ${RECORD_BYTES_MAX}: split it`);
  }
  return json;
}
