import type { DatabaseSync, StatementSync } from "node:sqlite";
import {
  CloudError,
  type Clock,
  type PutResult,
  type RecordChange,
  type RecordStore,
  type StoredRecord,
} from "@flotilla/core";
import { watchChanges } from "./watch-changes.ts";
import { checkKey, serialise } from "./record-limits.ts";
import type { StoreRunner } from "./store-runner.ts";

/** Changes kept for watchers of other processes, which look every fifth of a second: far more than fit into that time. */
const CHANGES_KEPT = 1_024;

/** RecordStore on an open database; see `openSqliteStore`. */
export class SqliteStore implements RecordStore {
  readonly #database: DatabaseSync;
  readonly #clock: Clock;
  readonly #runner: StoreRunner;
  readonly #statements: Statements;
  readonly #closing = new AbortController();
  /** Wakes the watches of this process at once; those of others see the change when they look. */
  readonly #wakers = new Set<() => void>();

  constructor(database: DatabaseSync, deps: { readonly clock: Clock; readonly runner: StoreRunner }) {
    this.#database = database;
    this.#clock = deps.clock;
    this.#runner = deps.runner;
    this.#statements = prepare(database);
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    return this.#run(() => this.#read(key));
  }

  async put(
    key: string,
    value: unknown,
    options: { readonly expectedVersion?: number | null } = {},
  ): Promise<PutResult> {
    checkKey(key);
    const json = serialise(key, value);
    return this.#write((): PutResult => {
      const current = this.#read(key);
      const { expectedVersion } = options;
      if (expectedVersion !== undefined && (current?.version ?? null) !== expectedVersion) {
        return { stored: false, current };
      }
      const nowMs = this.#clock.nowMs();
      const version = this.#log(key, json, nowMs);
      this.#statements.upsert.run(key, json, version, nowMs);
      return { stored: true, version };
    });
  }

  async delete(key: string, options: { readonly expectedVersion?: number } = {}): Promise<boolean> {
    return this.#write(() => {
      const current = this.#read(key);
      const { expectedVersion } = options;
      if (current === undefined || (expectedVersion ?? current.version) !== current.version) return false;
      this.#log(key, null, this.#clock.nowMs());
      this.#statements.remove.run(key);
      return true;
    });
  }

  async list(prefix: string): Promise<readonly StoredRecord[]> {
    return this.#run(() => this.#statements.list.all(prefix).map(toRecord));
  }

  watch(prefix: string, { signal }: { readonly signal: AbortSignal }): AsyncIterable<RecordChange> {
    return watchChanges({
      statement: this.#statements.changes,
      oldest: this.#statements.oldest,
      prefix,
      // "From now on" means from this call, not from the first read.
      since: Number(this.#statements.lastSeq.get()?.["seq"] ?? 0),
      clock: this.#clock,
      run: (work) => this.#run(work),
      signal: AbortSignal.any([signal, this.#closing.signal]),
      wakers: this.#wakers,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort();
    for (const wake of this.#wakers) wake();
    this.#database.close();
  }

  #read(key: string): StoredRecord | undefined {
    const row = this.#statements.get.get(key);
    return row === undefined ? undefined : toRecord(row);
  }

  /** Numbers the change and forgets those nobody can be waiting for any more. */
  #log(key: string, json: string | null, nowMs: number): number {
    const seq = Number(this.#statements.log.run(key, json, nowMs).lastInsertRowid);
    this.#statements.forget.run(seq - CHANGES_KEPT);
    return seq;
  }

  async #write<T>(work: () => T): Promise<T> {
    const result = await this.#run(() => {
      this.#database.exec("BEGIN IMMEDIATE");
      try {
        const value = work();
        this.#database.exec("COMMIT");
        return value;
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    });
    for (const wake of this.#wakers) wake();
    return result;
  }

  #run<T>(work: () => T): Promise<T> {
    return this.#runner.run(() => {
      if (this.#closing.signal.aborted) throw new CloudError("invalid", "the state store is closed");
      return work();
    });
  }
}

interface Statements {
  readonly get: StatementSync;
  readonly list: StatementSync;
  readonly upsert: StatementSync;
  readonly remove: StatementSync;
  readonly log: StatementSync;
  readonly forget: StatementSync;
  readonly changes: StatementSync;
  readonly oldest: StatementSync;
  readonly lastSeq: StatementSync;
}

function prepare(database: DatabaseSync): Statements {
  // U+10FFFF sorts behind every key (keys may not hold it), so this is exactly "starts with".
  const under = "key >= ?1 AND key < ?1 || char(0x10FFFF)";
  return {
    get: database.prepare("SELECT * FROM records WHERE key = ?"),
    list: database.prepare(`SELECT * FROM records WHERE ${under} ORDER BY key`),
    upsert: database.prepare("INSERT OR REPLACE INTO records (key, json, version, updated_at_ms) VALUES (?, ?, ?, ?)"),
    remove: database.prepare("DELETE FROM records WHERE key = ?"),
    log: database.prepare("INSERT INTO changes (key, json, updated_at_ms) VALUES (?, ?, ?)"),
    forget: database.prepare("DELETE FROM changes WHERE seq <= ?"),
    changes: database.prepare(`SELECT * FROM changes WHERE ${under} AND seq > ?2 ORDER BY seq LIMIT 100`),
    oldest: database.prepare("SELECT min(seq) AS seq FROM changes"),
    lastSeq: database.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'changes'"),
  };
}

function toRecord(row: Readonly<Record<string, unknown>>): StoredRecord {
  return {
    key: String(row["key"]),
    value: JSON.parse(String(row["json"])) as unknown,
    version: Number(row["version"]),
    updatedAtMs: Number(row["updated_at_ms"]),
  };
}
