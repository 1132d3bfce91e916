import { CloudError, isInputError, isJsonObject } from "@flotilla/core";
import { homedir } from "node:os";
import { readFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import type { Kubeconfig, KubeconfigSource } from "./kubeconfig.ts";
import { mergeKubeconfig } from "./merge-kubeconfig.ts";

/** Where a kubeconfig comes from. Files are the user's own and trusted to refer to other files and commands; a text is not. */
export type KubeconfigOrigin =
  | { readonly kind: "files"; readonly files: readonly string[] }
  /** `KUBECONFIG` (a list of files, missing ones passed over) or `~/.kube/config`. */
  | { readonly kind: "environment"; readonly env: Readonly<Record<string, string | undefined>> }
  | { readonly kind: "text"; readonly text: string; readonly name: string };

export interface LoadedKubeconfig {
  readonly kubeconfig: Kubeconfig;
  /** Files that could not be read or understood, while others could. */
  readonly problems: readonly CloudError[];
}

/** Largest kubeconfig file: etcd-sized and then some; the real ones are a few kB. */
const KUBECONFIG_BYTES_MAX = 4 * 1024 * 1024;

/** Reads and merges. @throws CloudError `invalid` or `notFound` when nothing could be read. */
export async function loadKubeconfig(origin: KubeconfigOrigin): Promise<LoadedKubeconfig> {
  if (origin.kind === "text") return loaded([await parse(origin.name, origin.text, undefined)], []);
  const { files, mayMiss } = filesOf(origin);
  const sources: KubeconfigSource[] = [];
  const problems: CloudError[] = [];
  for (const file of files) {
    try {
      sources.push(await parse(file, await read(file), dirname(resolve(file))));
    } catch (error) {
      if (!(error instanceof CloudError)) throw error;
      if (error.kind !== "notFound" || !mayMiss) problems.push(error);
    }
  }
  const [problem] = problems;
  if (sources.length === 0) throw problem ?? nothingThere(files);
  return loaded(sources, problems);
}

function loaded(sources: readonly KubeconfigSource[], problems: readonly CloudError[]): LoadedKubeconfig {
  return { kubeconfig: mergeKubeconfig(sources), problems };
}

function filesOf(origin: Exclude<KubeconfigOrigin, { readonly kind: "text" }>): {
  readonly files: readonly string[];
  readonly mayMiss: boolean;
} {
  if (origin.kind === "files") return { files: origin.files, mayMiss: false };
  const list = (origin.env["KUBECONFIG"] ?? "").split(delimiter).filter((file) => file !== "");
  const home = origin.env["HOME"] ?? homedir();
  return { files: list.length > 0 ? [...new Set(list)] : [join(home, ".kube", "config")], mayMiss: true };
}

function nothingThere(files: readonly string[]): CloudError {
  const hint = "set KUBECONFIG, or name the file in flotilla.yaml under the provider's options: kubeconfig";
  return new CloudError("notFound", `no kubeconfig: ${files.join(", ")} does not exist; ${hint}`);
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    const missing = code === "ENOENT";
    throw new CloudError(
      missing ? "notFound" : "invalid",
      `cannot read kubeconfig ${file}: ${missing ? "no such file" : code}`,
      {
        code,
        cause: error,
      },
    );
  }
}

async function parse(file: string, text: string, baseDir: string | undefined): Promise<KubeconfigSource> {
  const { readDocuments } = await import("@flotilla/documents");
  try {
    const [document, second] = await readDocuments({ file, text }, { bytesMax: KUBECONFIG_BYTES_MAX });
    if (document === undefined)
      return { file, baseDir, document: { value: {}, locate: () => ({ file, line: 1, column: 1 }) } };
    if (second !== undefined || !isJsonObject(document.value)) throw notKubeconfig(file);
    return { file, document, baseDir };
  } catch (error) {
    if (!isInputError(error)) throw error;
    throw new CloudError("invalid", `cannot understand kubeconfig ${error.message}`, { cause: error });
  }
}

function notKubeconfig(file: string): CloudError {
  return new CloudError("invalid", `${file} is no kubeconfig: expected one mapping with clusters, users and contexts`);
}
