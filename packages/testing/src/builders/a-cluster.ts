import type { Cluster } from "@flotilla/core";

/** A ready member in eu-west-1. Give what the test is about. */
export function aCluster(given: Partial<Cluster> = {}): Cluster {
  const name = given.name ?? "a";
  const provider = given.provider ?? "aws";
  const region = given.region === undefined ? "eu-west-1" : given.region;
  return {
    id: `${provider}/main/${region ?? "-"}/${name}`,
    provider,
    scope: "main",
    region,
    zones: region === null ? [] : [`${region}a`],
    name,
    phase: "ready",
    kubernetesVersion: "v1.36.3",
    endpoint: { url: `https://${name}.example`, access: "public" },
    network: { id: null, cidrs: [], podCidrs: [], serviceCidrs: [] },
    labels: {},
    taints: [],
    nodePools: [],
    ...given,
  };
}
