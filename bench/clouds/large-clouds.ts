import type { EmulatedCloud, EmulatedCluster } from "@flotilla/testing";

/** One cloud of the benchmark: one scope, its regions, and the clusters in turn over them. */
export interface LargeCloud {
  readonly scope: string;
  readonly regions: readonly string[];
  readonly cloud: EmulatedCloud;
}

export const REGIONS_PER_CLOUD = 34;
const CLUSTERS = { aws: 334, gcp: 333, azure: 333 } as const;
const INSTANCE_TYPES = { aws: "m5.xlarge", gcp: "n2-standard-4", azure: "Standard_D4s_v5" } as const;
const SCOPES = { aws: "111122223333", gcp: "bench-main-1", azure: "11111111-1111-4111-8111-111111111111" } as const;
const CONTINENTS = ["us", "eu", "ap", "sa", "ca", "me", "af"] as const;
const SIDES = ["east", "west", "north", "south", "central"] as const;
/** Asked by every client of AWS before it knows any other region. */
const AWS_HOME = "us-east-1";

/** 1,000 clusters over 102 regions with `share` 1; a smaller share has fewer clusters in as many regions. */
export function largeCloud(name: keyof typeof SCOPES, share = 1): LargeCloud {
  const scope = SCOPES[name];
  const regions = Array.from({ length: REGIONS_PER_CLOUD }, (_, index) => regionName(name, index));
  const clusters = Array.from({ length: Math.ceil(CLUSTERS[name] * share) }, (_, index): EmulatedCluster => {
    const region = regions[index % regions.length] ?? AWS_HOME;
    return {
      scope,
      region,
      ...(name === "azure" ? { group: `group-${index % regions.length}` } : {}),
      name: `cluster-${index}`,
      version: "1.35.1",
      pools: [{ name: "main", instanceType: INSTANCE_TYPES[name], nodes: 3, min: 1, max: 9 }],
    };
  });
  return {
    scope,
    regions,
    cloud: { scopes: [{ id: scope, regions: regions.map((region) => ({ name: region })) }], clusters },
  };
}

function regionName(cloud: keyof typeof SCOPES, index: number): string {
  const continent = CONTINENTS[index % CONTINENTS.length] ?? "us";
  const side = SIDES[Math.floor(index / CONTINENTS.length)] ?? "east";
  if (cloud === "aws") return index === 0 ? AWS_HOME : `${continent}-${side}-1`;
  return cloud === "gcp" ? `${continent}-${side}1` : `${continent}${side}`;
}
