import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { isCloudError } from "@flotilla/core";
import { conformanceTitle, recordStoreConformance } from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSqliteStore } from "./index.ts";

let folder = "";
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flotilla-store-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const newFile = (): string => path.join(folder, `${(count += 1)}`, "state.db");

describe("a RecordStore", () => {
  let last = "";
  const kit = recordStoreConformance({
    open: () => openSqliteStore({ file: (last = newFile()) }),
    reopen: () => openSqliteStore({ file: last }),
  });
  for (const { name, skip, run } of kit) {
    test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
  }
});

describe("a RecordStore in memory", () => {
  for (const { name, skip, run } of recordStoreConformance({ open: () => openSqliteStore({ file: ":memory:" }) })) {
    test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
  }
});

test("the folder and the files are the user's alone", async () => {
  const file = newFile();
  await using store = await openSqliteStore({ file });
  await store.put("k", 1);
  const modes = [path.dirname(file), file, `${file}-wal`].map((name) => statSync(name).mode & 0o777);
  expect(modes).toEqual([0o700, 0o600, 0o600]);
});

describe("a file that is no sound store is refused before any call, and left as it is", () => {
  const rows: readonly (readonly [string, (file: string) => void | Promise<void>, string])[] = [
    ["text", (file) => writeFileSync(file, "plans: []\n".repeat(100)), "is damaged or no SQLite file"],
    ["another program's", (file) => sql(file, "CREATE TABLE t (a)"), "belongs to another program"],
    ["a newer format", (file) => made(file, "PRAGMA user_version = 2"), "written by a newer Flotilla (its format is 2"],
    ["cut short", (file) => made(file, "PRAGMA wal_checkpoint(TRUNCATE)", 4096), "is not a Flotilla state file"],
  ];
  test.each(rows)("%s", async (_name, spoil, message) => {
    const file = newFile();
    await (await openSqliteStore({ file: path.join(path.dirname(file), "make-folder") }))[Symbol.asyncDispose]();
    await spoil(file);
    const error: unknown = await openSqliteStore({ file }).catch((reason: unknown) => reason);
    expect(isCloudError(error, "invalid") && error.message).toContain(message);
    expect(isCloudError(error) && error.message).toContain(file);
  });

  test("a folder that cannot be made", async () => {
    const error: unknown = await openSqliteStore({ file: path.join(import.meta.filename, "state.db") }).catch(
      (reason: unknown) => reason,
    );
    expect(isCloudError(error, "denied")).toBe(true);
  });
});

test(
  "several processes count up and lose nothing; a watch of another process sees it all",
  { timeout: 60_000 },
  async () => {
    const file = newFile();
    await using store = await openSqliteStore({ file });
    await store.put("n", 0);
    const seen: unknown[] = [];
    const watching = (async () => {
      for await (const change of store.watch("n", { signal: AbortSignal.timeout(50_000) })) {
        seen.push(change.type === "put" ? change.record.value : change.type);
        if (seen.length === 100) return;
      }
    })();
    const program = `
    import { openSqliteStore } from "@flotilla/store";
    await using store = await openSqliteStore({ file: process.argv[1] });
    for (let done = 0; done < 50; ) {
      const { value, version } = await store.get("n");
      if ((await store.put("n", value + 1, { expectedVersion: version })).stored) done += 1;
    }`;
    const codes = await Promise.all([runNode(program, file), runNode(program, file)]);
    expect(codes).toEqual([0, 0]);
    expect((await store.get("n"))?.value).toBe(100);
    await watching;
    expect(seen).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
  },
);

test("a watch that fell behind what is kept says so instead of leaving changes out", async () => {
  await using store = await openSqliteStore({ file: ":memory:" });
  const changes = store.watch("", { signal: AbortSignal.timeout(5_000) })[Symbol.asyncIterator]();
  await store.put("k", 0);
  expect((await changes.next()).done).toBe(false);
  for (let i = 0; i < 1_100; i += 1) await store.put("k", i);
  await expect(changes.next()).rejects.toSatisfy((error: unknown) => isCloudError(error, "stale"));
});

test("a lock that another process keeps is said, not waited for for ever", async () => {
  const file = newFile();
  await using store = await openSqliteStore({ file, busyTimeoutMs: 50 });
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE");
  const error: unknown = await store.put("k", 1).catch((reason: unknown) => reason);
  expect(isCloudError(error, "busy")).toBe(true);
  other.exec("COMMIT");
  other.close();
  expect((await store.put("k", 1)).stored).toBe(true);
});

test("bad keys are refused; a closed store says so; closing twice is fine", async () => {
  const store = await openSqliteStore({ file: ":memory:" });
  for (const key of ["", "a\nb", "x".repeat(513), "\uD800", "\u{10FFFF}"]) {
    await expect(store.put(key, 1)).rejects.toSatisfy((error: unknown) => isCloudError(error, "invalid"));
  }
  await store[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  await expect(store.get("k")).rejects.toThrow("the state store is closed");
});

function sql(file: string, text: string): void {
  const database = new DatabaseSync(file);
  database.exec(text);
  database.close();
}

async function made(file: string, text: string, bytes?: number): Promise<void> {
  const store = await openSqliteStore({ file });
  await store.put("k", "x".repeat(20_000));
  await store[Symbol.asyncDispose]();
  sql(file, text);
  if (bytes !== undefined) truncateSync(file, bytes);
}

function runNode(program: string, file: string): Promise<number | null> {
  const args = ["--conditions=source", "--input-type=module", "--eval", program, file];
  const child = spawn(process.execPath, args, { stdio: "inherit", cwd: import.meta.dirname });
  return new Promise((resolve) => {
    child.on("exit", (code) => {
      resolve(code);
    });
  });
}
