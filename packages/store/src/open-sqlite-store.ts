import { systemClock, type Clock, type RecordStore } from "@flotilla/core";
import { openDatabase } from "./open-database.ts";
import { SqliteStore } from "./sqlite-store.ts";
import { createStoreRunner } from "./store-runner.ts";

export interface SqliteStoreOptions {
  /** A path, or `:memory:`. The folder is made (0700) if it is missing; the file is 0600. */
  readonly file: string;
  readonly clock?: Clock;
  /** How long to wait for a lock that another process holds. Default 5 s. */
  readonly busyTimeoutMs?: number;
}

/** Longer than any write of ours takes; a lock held longer means something is stuck. */
const BUSY_TIMEOUT_MS = 5_000;

/**
 * The durable RecordStore: one SQLite file, safe for several processes at once. A write is on the disk before it resolves
 * (WAL, `synchronous = FULL`); compare-and-set is one transaction.
 *
 * @throws CloudError before any call where the file is no sound store: `invalid` (damaged, another program's, a newer
 * format), `denied` (rights), `busy` (locked for longer than `busyTimeoutMs`), `capacity` (disk full)
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<RecordStore> {
  const { file, clock = systemClock, busyTimeoutMs = BUSY_TIMEOUT_MS } = options;
  const runner = createStoreRunner({ file, clock, busyTimeoutMs });
  const database = await runner.run(() => openDatabase(file));
  return new SqliteStore(database, { clock, runner });
}
