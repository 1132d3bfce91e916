import { CloudError } from "@flotilla/core";

// Primary result codes of SQLite (sqlite.org/rescode.html); extended codes carry them in the low byte.
const SQLITE_PERM = 3;
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const SQLITE_READONLY = 8;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_CANTOPEN = 14;
const SQLITE_NOTADB = 26;

/** Another process or connection holds the lock: trying again soon is right. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === SQLITE_BUSY || code === SQLITE_LOCKED;
}

/** SQLite's failures in the project's words, each with what to do. Other errors pass through. */
export function toStoreError(file: string, error: unknown): unknown {
  const code = primaryCode(error);
  if (code === undefined) return error;
  const options = { code: `SQLITE_${code}`, cause: error };
  if (isBusy(error)) return new CloudError("busy", `${file}: another process keeps it locked: try again`, options);
  if (code === SQLITE_CORRUPT || code === SQLITE_NOTADB)
    return notAStore(file, "it is damaged or no SQLite file", error);
  if (code === SQLITE_FULL)
    return new CloudError("capacity", `${file}: the disk is full: nothing was written`, options);
  if (code === SQLITE_CANTOPEN || code === SQLITE_READONLY || code === SQLITE_PERM) {
    return new CloudError("denied", `${file}: cannot be opened for writing: check its folder and rights`, options);
  }
  return new CloudError("internal", `${file}: SQLite failed with code ${code}`, options);
}

/** Refuses a file as the state store, and says how to go on. */
export function notAStore(file: string, reason: string, cause?: unknown): CloudError {
  const advice = "name another place for the state, or move this file away (plans and last shares are then read anew)";
  return new CloudError("invalid", `${file} is not a Flotilla state file: ${reason}: ${advice}`, { cause });
}

function primaryCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error) || typeof error.errcode !== "number") return undefined;
  return error.errcode & 0xff;
}
