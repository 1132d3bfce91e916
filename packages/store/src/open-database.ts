import { chmod, mkdir, open } from "node:fs/promises";
import path from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { CloudError } from "@flotilla/core";
import { notAStore } from "./store-error.ts";

/** "FLOT": marks the file as ours in its header, whatever its name. */
const APPLICATION_ID = 0x464c4f54;
const SCHEMA_VERSION = 1;

// `changes` numbers every write (AUTOINCREMENT never repeats a number) and is the feed that other processes follow.
const SCHEMA = `
  CREATE TABLE records (
    key TEXT PRIMARY KEY, json TEXT NOT NULL, version INTEGER NOT NULL, updated_at_ms INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE changes (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, json TEXT, updated_at_ms INTEGER NOT NULL
  ) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

const IN_MEMORY = ":memory:";

/**
 * Opens or creates the file (folder 0700 if it is made, file 0600) and refuses anything that is not a sound store of a
 * version we know. Throws SQLite's own errors and CloudError `invalid`.
 */
export async function openDatabase(file: string): Promise<DatabaseSync> {
  if (file !== IN_MEMORY) await prepareFile(file);
  const { DatabaseSync } = await import("node:sqlite");
  // No waiting inside SQLite: that would stop the whole process; callers wait on their clock.
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;");
    database.exec("BEGIN IMMEDIATE");
    checkOrCreate(database, file);
    database.exec("COMMIT");
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

async function prepareFile(file: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    // Made here and not by SQLite, whose own mode follows the umask; its -wal and -shm files take this file's mode.
    await (await open(file, "a", 0o600)).close();
    await chmod(file, 0o600);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw new CloudError(
      "denied",
      `${file}: the state file cannot be made (${code}): name another place for the state`,
      {
        cause: error,
      },
    );
  }
}

function checkOrCreate(database: DatabaseSync, file: string): void {
  const read = (name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  const applicationId = read("application_id");
  const tables = database.prepare("SELECT count(*) AS n FROM sqlite_schema").get()?.["n"];
  if (applicationId === 0 && tables === 0) {
    database.exec(SCHEMA);
    return;
  }
  if (applicationId !== APPLICATION_ID) throw notAStore(file, "it belongs to another program");
  const version = read("user_version");
  if (version !== SCHEMA_VERSION) {
    const message = `${file} was written by a newer Flotilla (its format is ${String(version)}, this one knows ${SCHEMA_VERSION}): use that one, or name another place for the state`;
    throw new CloudError("invalid", message);
  }
  const check = read("quick_check(1)");
  if (check !== "ok") throw notAStore(file, `it is damaged (${String(check)})`);
}
