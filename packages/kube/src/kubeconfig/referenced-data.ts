import { readFile } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import type { CloudError } from "@flotilla/core";
import { textField } from "./entry-fields.ts";
import { entryProblem } from "./entry-problem.ts";
import type { KubeconfigEntry } from "./kubeconfig.ts";

/**
 * A PEM that a kubeconfig holds (`FIELD-data`, base64) or refers to (`FIELD`, a file); the data wins, as in kubectl.
 * `undefined` where neither is given.
 */
export async function pemField(entry: KubeconfigEntry, field: string): Promise<string | undefined> {
  const dataField = `${field}-data`;
  const data = textField(entry, dataField);
  if (data !== undefined) return decodePem(entry, dataField, data);
  const file = fileField(entry, field);
  if (file === undefined) return undefined;
  const pem = await readReferenced(entry, field, file);
  if (!pem.includes("-----BEGIN ")) throw entryProblem(entry, [field], `${file} holds no PEM`);
  return pem;
}

/** Absolute path of a referenced file. @throws CloudError where this kubeconfig may not refer to files. */
export function fileField(entry: KubeconfigEntry, field: string): string | undefined {
  const file = textField(entry, field);
  if (file === undefined) return undefined;
  const { baseDir } = entry.source;
  if (baseDir === undefined) {
    throw entryProblem(
      entry,
      [field],
      `only a kubeconfig file of your own may refer to files; give the content itself as ${field}-data`,
    );
  }
  return isAbsolute(file) ? file : join(baseDir, file);
}

async function readReferenced(entry: KubeconfigEntry, field: string, file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw unreadable(entry, field, file, error);
  }
}

function unreadable(entry: KubeconfigEntry, field: string, file: string, error: unknown): CloudError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
  return entryProblem(entry, [field], `cannot read ${file}: ${code === "ENOENT" ? "no such file" : code}`, error);
}

function decodePem(entry: KubeconfigEntry, field: string, data: string): string {
  const compact = data.replace(/\s+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) throw entryProblem(entry, [field], "expected base64");
  const pem = Buffer.from(compact, "base64").toString("utf8");
  if (!pem.includes("-----BEGIN ")) throw entryProblem(entry, [field], "expected a PEM in base64");
  return pem;
}
