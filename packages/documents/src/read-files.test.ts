import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { isInputError } from "@flotilla/core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFiles } from "./index.ts";

let cwd = "";
beforeAll(() => {
  cwd = mkdtempSync(path.join(tmpdir(), "flotilla-documents-"));
  mkdirSync(path.join(cwd, "dir", "deeper"), { recursive: true });
  writeFileSync(path.join(cwd, "dir", "b.yaml"), "b: 1\n");
  writeFileSync(path.join(cwd, "dir", "a.json"), '{"kind":"List","items":[{"a":1},{"a":2}]}');
  writeFileSync(path.join(cwd, "dir", "notes.txt"), "{{{");
  writeFileSync(path.join(cwd, "dir", "deeper", "c.yaml"), "c: 1\n");
  writeFileSync(path.join(cwd, "latin1.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe9]));
  writeFileSync(path.join(cwd, "bad.yaml"), "a: 1\na: 2\n");
  writeFileSync(path.join(cwd, "big.yaml"), "x".repeat(2000));
});
afterAll(() => {
  rmSync(cwd, { recursive: true });
});

test("a directory's manifests by name, files as given, stdin, lists flattened", async () => {
  const files = await readFiles(["dir", "-"], { cwd, stdin: chunks("s:", " 1\n") });
  expect(files.map(({ file, documents }) => [file, documents.map(({ value }) => value)])).toEqual([
    ["dir/a.json", [{ a: 1 }, { a: 2 }]],
    ["dir/b.yaml", [{ b: 1 }]],
    ["stdin", [{ s: 1 }]],
  ]);
  expect(files.map((file) => path.relative(cwd, file.path))[0]).toBe("dir/a.json");
});

test("everything that is wrong is told, by the name the user wrote", async () => {
  const paths = ["nope.yaml", "latin1.yaml", "bad.yaml", "big.yaml", "dir/deeper/c.yaml/x", "-"];
  const error: unknown = await readFiles(paths, { cwd, limits: { bytesMax: 1000 } }).catch((reason: unknown) => reason);
  expect(isInputError(error) && error.message.split("\n")).toEqual([
    "nope.yaml:1:1: cannot be read: no such file or directory",
    "latin1.yaml:1:1: not UTF-8 text",
    'bad.yaml:2:1: a: the key "a" is already there: keys must be unique',
    "big.yaml:1:1: larger than 1000 bytes",
    "dir/deeper/c.yaml/x:1:1: cannot be read: a part of the path is not a directory",
    "stdin:1:1: there is no standard input to read",
  ]);
});

test("an endless file is left at the limit", async () => {
  const before = process.memoryUsage().arrayBuffers;
  await expect(readFiles(["/dev/zero"], { cwd, limits: { bytesMax: 1 << 20 } })).rejects.toThrow(
    "/dev/zero:1:1: larger than 1048576 bytes",
  );
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 << 20);
});

async function* chunks(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}
