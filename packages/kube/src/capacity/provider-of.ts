/** Schemes of `spec.providerID`, as each cloud controller manager writes them, and the provider they mean here. */
const PROVIDER_BY_SCHEME: ReadonlyMap<string, string> = new Map([
  ["aws", "aws"],
  ["gce", "gcp"],
  ["azure", "azure"],
]);

/** `aws`, `gcp`, `azure`, or another cloud's own word (`digitalocean`, `kind`, `k3s`); `undefined` without a providerID. */
export function providerOf(providerId: string): string | undefined {
  const scheme = /^([a-z0-9-]+):\/\//i.exec(providerId)?.[1]?.toLowerCase();
  return scheme === undefined ? undefined : (PROVIDER_BY_SCHEME.get(scheme) ?? scheme);
}
