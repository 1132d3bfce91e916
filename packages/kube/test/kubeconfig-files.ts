import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder that goes with the test. */
export interface TestFolder extends AsyncDisposable {
  readonly path: string;
  /** Writes text, or JSON of anything else; hands back the absolute path. */
  write(name: string, content: unknown, mode?: number): Promise<string>;
}

export async function aFolder(): Promise<TestFolder> {
  const path = await mkdtemp(join(tmpdir(), "flotilla-kube-"));
  return {
    path,
    async write(name, content, mode = 0o600) {
      const file = join(path, name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, typeof content === "string" ? content : JSON.stringify(content));
      await chmod(file, mode);
      return file;
    },
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
    },
  };
}

export interface KubeconfigParts {
  readonly contexts?: Readonly<Record<string, object>>;
  readonly clusters?: Readonly<Record<string, object>>;
  readonly users?: Readonly<Record<string, object>>;
  readonly currentContext?: string;
}

/** By default context `a` of cluster `a` and user `a`. */
export function aKubeconfig(parts: KubeconfigParts = {}): object {
  const named = (items: Readonly<Record<string, object>>, key: string): object[] =>
    Object.entries(items).map(([name, value]) => ({ name, [key]: value }));
  return {
    apiVersion: "v1",
    kind: "Config",
    ...(parts.currentContext === undefined ? {} : { "current-context": parts.currentContext }),
    contexts: named(parts.contexts ?? { a: { cluster: "a", user: "a" } }, "context"),
    clusters: named(parts.clusters ?? { a: { server: "https://127.0.0.1:6443" } }, "cluster"),
    users: named(parts.users ?? { a: {} }, "user"),
  };
}

export const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
export const KEY = "-----BEGIN PRIVATE KEY-----\ncanary-private-key\n-----END PRIVATE KEY-----\n";
export const base64 = (text: string): string => Buffer.from(text).toString("base64");
