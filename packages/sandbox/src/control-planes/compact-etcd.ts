/**
 * Drops all history of an etcd up to its newest revision, through its JSON gateway (numbers are strings there).
 * Source: etcd API reference, KV.Compact.
 */
export async function compactEtcd(url: string): Promise<void> {
  const key = Buffer.from("\0").toString("base64");
  const { header } = await call(url, "/v3/kv/range", { key, range_end: key, count_only: true });
  await call(url, "/v3/kv/compaction", { revision: header.revision, physical: true });
}

interface EtcdAnswer {
  readonly header: { readonly revision: string };
}

async function call(url: string, path: string, body: object): Promise<EtcdAnswer> {
  const response = await fetch(new URL(path, url), { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`etcd answered ${response.status} to ${path}: ${await response.text()}`);
  return (await response.json()) as EtcdAnswer;
}
