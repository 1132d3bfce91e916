import { InputError, type Document } from "@flotilla/core";
import type { CliIo } from "../io/cli-io.ts";
import { UsageError } from "./usage-error.ts";

/** The documents of `-f`, and the absolute paths they came from (`-` for stdin). */
export interface Manifests {
  readonly documents: readonly Document[];
  readonly sources: readonly string[];
}

/** @throws UsageError without any file, InputError for what is wrong in them or nothing in them */
export async function readManifests(files: readonly string[], io: CliIo): Promise<Manifests> {
  const [first] = files;
  if (first === undefined)
    throw new UsageError("give the manifests with -f FILE (a folder, or - for stdin, may be given too)");
  // A shell variable that is not set: as a path, it would be the whole folder.
  if (files.includes(""))
    throw new UsageError('-f "": expected the name of a file (is a variable of your shell empty?)');
  const { readFiles } = await import("@flotilla/documents");
  const sources = await readFiles(files, { cwd: io.cwd, stdin: io.stdin });
  const documents = sources.flatMap((source) => source.documents);
  if (documents.length === 0) {
    const position = { file: first === "-" ? "stdin" : first, line: 1, column: 1 };
    throw new InputError([{ position, path: [], message: "there is nothing in it" }]);
  }
  return { documents, sources: sources.map(({ path }) => path) };
}
