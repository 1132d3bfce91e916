import type { Document, DocumentPath } from "@flotilla/core";

/** One file of a kubeconfig list, or one given as text. */
export interface KubeconfigSource {
  /** How errors call it: a path, or a word such as `inline`. */
  readonly file: string;
  readonly document: Document;
  /** Folder that relative paths in it start from; `undefined`: it may not refer to files. */
  readonly baseDir: string | undefined;
}

/** A named cluster, user or context with where it stands. Its fields are read one by one, so that one bad entry spoils only itself. */
export interface KubeconfigEntry {
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly source: KubeconfigSource;
  readonly path: DocumentPath;
}

/** Several kubeconfig files as one, merged as kubectl does. */
export interface Kubeconfig {
  readonly currentContext: string | undefined;
  readonly contexts: ReadonlyMap<string, KubeconfigEntry>;
  readonly clusters: ReadonlyMap<string, KubeconfigEntry>;
  readonly users: ReadonlyMap<string, KubeconfigEntry>;
}
