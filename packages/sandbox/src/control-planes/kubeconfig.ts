/** One context of a kubeconfig; context, cluster and user carry the same name. */
export interface KubeconfigEntry {
  readonly name: string;
  readonly server: string;
  readonly caPem: string;
  readonly user: KubeconfigUser;
}

export type KubeconfigUser = { readonly token: string } | { readonly certPem: string; readonly keyPem: string };

/** A kubeconfig as JSON (which is YAML); the first entry is the current context. */
export function kubeconfigFile(entries: readonly KubeconfigEntry[]): string {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    "current-context": entries[0]?.name,
    clusters: entries.map(({ name, server, caPem }) => ({
      name,
      cluster: { server, "certificate-authority-data": base64(caPem) },
    })),
    users: entries.map(({ name, user }) => ({ name, user: userFields(user) })),
    contexts: entries.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
  return `${JSON.stringify(config, undefined, 2)}\n`;
}

function userFields(user: KubeconfigUser): object {
  if ("token" in user) return { token: user.token };
  return { "client-certificate-data": base64(user.certPem), "client-key-data": base64(user.keyPem) };
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}
