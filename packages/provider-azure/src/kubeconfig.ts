import { readDocuments } from "@flotilla/documents";
import { CloudError, isJsonObject } from "@flotilla/core";

/** What of a kubeconfig from AKS is used. Holds secrets. */
export interface AksKubeconfig {
  readonly server: string;
  readonly caPem: string | undefined;
  /** Of clusters with local accounts; absent where Entra ID is asked. */
  readonly certificate: { readonly certPem: string; readonly keyPem: string } | undefined;
}

/** A kubeconfig of one cluster is some 10 KiB. */
const KUBECONFIG_BYTES_MAX = 256 * 1024;

/**
 * Reads server, authority and client certificate out of the current context. Everything else is left unread, whatever it
 * says: a command is never run, a file never opened, a proxy or an address of a token's audience never taken.
 *
 * @throws CloudError `invalid`
 */
export async function readKubeconfig(text: string, clusterId: string): Promise<AksKubeconfig> {
  const config = await parse(text, clusterId);
  const context =
    entry(config, "contexts", config["current-context"], "context") ?? first(config, "contexts", "context");
  const cluster =
    entry(config, "clusters", context?.["cluster"], "cluster") ?? first(config, "clusters", "cluster") ?? {};
  const user = entry(config, "users", context?.["user"], "user") ?? first(config, "users", "user") ?? {};
  const { server } = cluster;
  if (typeof server !== "string") throw refused(clusterId, "names no server");
  const certPem = pemOf(user["client-certificate-data"]);
  const keyPem = pemOf(user["client-key-data"]);
  return {
    server,
    caPem: pemOf(cluster["certificate-authority-data"]),
    certificate: certPem === undefined || keyPem === undefined ? undefined : { certPem, keyPem },
  };
}

type Entry = Readonly<Record<string, unknown>>;

async function parse(text: string, clusterId: string): Promise<Entry> {
  let documents: Awaited<ReturnType<typeof readDocuments>>;
  try {
    documents = await readDocuments({ text, file: `kubeconfig of ${clusterId}` }, { bytesMax: KUBECONFIG_BYTES_MAX });
  } catch {
    // The problems would quote the text.
    throw refused(clusterId, "cannot be read as YAML");
  }
  const value = documents[0]?.value;
  if (!isJsonObject(value)) throw refused(clusterId, "is empty");
  return value;
}

function entries(config: Entry, list: string): readonly Entry[] {
  const all = config[list];
  return Array.isArray(all) ? (all as readonly unknown[]).filter(isJsonObject) : [];
}

function entry(config: Entry, list: string, name: unknown, member: string): Entry | undefined {
  if (typeof name !== "string") return undefined;
  return memberOf(
    entries(config, list).find((candidate) => candidate["name"] === name),
    member,
  );
}

function first(config: Entry, list: string, member: string): Entry | undefined {
  return memberOf(entries(config, list)[0], member);
}

function memberOf(found: Entry | undefined, member: string): Entry | undefined {
  const value = found?.[member];
  return isJsonObject(value) ? value : undefined;
}

function pemOf(base64: unknown): string | undefined {
  if (typeof base64 !== "string" || base64 === "") return undefined;
  const text = Buffer.from(base64, "base64").toString("utf8");
  return text.includes("-----BEGIN") ? text : undefined;
}

function refused(clusterId: string, why: string): CloudError {
  return new CloudError(
    "invalid",
    `the kubeconfig that AKS gave for ${clusterId} ${why}; look at it with \`az aks get-credentials --file -\``,
  );
}
