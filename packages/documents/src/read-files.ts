import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { InputError, type Document } from "@flotilla/core";
import { DEFAULT_DOCUMENT_LIMITS, type DocumentLimits } from "./document-limits.ts";
import { flattenLists } from "./flatten-lists.ts";
import { readDocuments } from "./read-documents.ts";

/** One file that was read. `file` is the name as the user wrote it, for messages; `path` is absolute, `-` for stdin. */
export interface SourceFile {
  readonly file: string;
  readonly path: string;
  readonly text: string;
  /** Lists flattened. */
  readonly documents: readonly Document[];
}

export interface ReadFilesOptions {
  /** Relative paths start here. */
  readonly cwd: string;
  /** What `-` reads; absent: `-` is an error. */
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  readonly limits?: Partial<DocumentLimits>;
}

const EXTENSIONS: ReadonlySet<string> = new Set([".yaml", ".yml", ".json"]);

/**
 * Reads files, the manifests of directories (`.yaml`, `.yml`, `.json`, by name, not their subdirectories, as kubectl) and
 * `-` for stdin. Reads at most `bytesMax` of each, whatever its size. Every file is tried, so that all problems are told.
 *
 * @throws InputError naming every file that cannot be read and everything wrong in the others
 */
export async function readFiles(paths: readonly string[], options: ReadFilesOptions): Promise<readonly SourceFile[]> {
  const files: SourceFile[] = [];
  const problems: InputError["problems"][number][] = [];
  const collect = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(...error.problems);
      return undefined;
    }
  };
  for (const given of paths) {
    for (const file of (await collect(() => expand(given, options.cwd))) ?? []) {
      const read = await collect(() => readOne(file, options));
      if (read !== undefined) files.push(read);
    }
  }
  if (problems.length > 0) throw new InputError(problems);
  return files;
}

/** The file itself, or the manifests of a directory. */
async function expand(given: string, cwd: string): Promise<readonly string[]> {
  if (given === "-") return [given];
  const absolute = path.resolve(cwd, given);
  const info = await stat(absolute).catch((error: unknown) => {
    throw unreadable(given, error);
  });
  if (!info.isDirectory()) return [given];
  const names = (await readdir(absolute)).filter((name) => EXTENSIONS.has(path.extname(name).toLowerCase())).sort();
  if (names.length === 0) throw inputError(given, "no .yaml, .yml or .json file in this directory");
  return names.map((name) => path.join(given, name));
}

async function readOne(file: string, options: ReadFilesOptions): Promise<SourceFile> {
  const isStdin = file === "-";
  const name = isStdin ? "stdin" : file;
  const absolute = isStdin ? "-" : path.resolve(options.cwd, file);
  const chunks = isStdin ? options.stdin : createReadStream(absolute);
  if (chunks === undefined) throw inputError(name, "there is no standard input to read");
  const limits = { ...DEFAULT_DOCUMENT_LIMITS, ...options.limits };
  const text = await readText(name, chunks, limits.bytesMax);
  return {
    file: name,
    path: absolute,
    text,
    documents: flattenLists(await readDocuments({ text, file: name }, limits)),
  };
}

/** Stops at the limit: a larger file costs no more memory than the limit itself. */
async function readText(file: string, chunks: AsyncIterable<Uint8Array | string>, bytesMax: number): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      const part = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
      bytes += part.byteLength;
      if (bytes > bytesMax) throw inputError(file, `larger than ${bytesMax} bytes`);
      parts.push(part);
    }
  } catch (error) {
    throw error instanceof InputError ? error : unreadable(file, error);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts));
  } catch {
    throw inputError(file, "not UTF-8 text");
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EISDIR: "is a directory",
  ENOTDIR: "a part of the path is not a directory",
};

function unreadable(file: string, error: unknown): InputError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  return inputError(file, `cannot be read: ${REASONS[code] ?? code}`);
}

function inputError(file: string, message: string): InputError {
  return new InputError([{ position: { file, line: 1, column: 1 }, path: [], message }]);
}
