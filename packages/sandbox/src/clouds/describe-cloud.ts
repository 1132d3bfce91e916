import type {
  EmulatedCloud,
  EmulatedCluster,
  EmulatedEndpoint,
  EmulatedQuota,
  EmulatedRegion,
} from "@flotilla/testing";
import type { SandboxCloud } from "../sandbox-member.ts";
import type { CloudMember } from "./cloud-member.ts";
import { CLOUD_SCOPES, DENIED_REGION, RESOURCE_GROUP } from "./cloud-scopes.ts";
import { CLOUD_SITES } from "./cloud-site.ts";

/** A member and where its API server listens. */
export interface LocatedMember {
  readonly member: CloudMember;
  readonly endpoint: EmulatedEndpoint;
  /** What that server says it is, e.g. `v1.36.3`: a cloud tells what runs. */
  readonly kubernetesVersion: string;
}

/** Micro-USD an hour; the same in all three clouds. */
const CONTROL_PLANE_PER_HOUR = 100_000;

/** What the emulator of one cloud is told about its clusters, its regions and what they cost. */
export function describeCloud(cloud: SandboxCloud, located: readonly LocatedMember[]): EmulatedCloud {
  const own = located.filter(({ member }) => member.site.cloud === cloud);
  const sites = CLOUD_SITES.filter((site) => site.cloud === cloud).map(
    (site) => own.find(({ member }) => member.site.region === site.region)?.member.site ?? site,
  );
  return {
    scopes: [{ id: CLOUD_SCOPES[cloud], name: "sandbox", regions: regionsOf(cloud) }],
    clusters: own.map((each) => clusterOf(cloud, each)),
    prices: sites.map(({ region, machine: { instanceType, cores, memoryGib, perHour, spotPerHour } }) => ({
      region,
      instanceType,
      cores,
      memoryGib,
      onDemandPerHour: perHour,
      spotPerHour,
    })),
    controlPlanes: sites.map(({ region }) => ({ region, perHour: CONTROL_PLANE_PER_HOUR })),
    quotas: sites.map(({ region, machine }) => {
      const nodes = own.filter(({ member }) => member.site.region === region).map(({ member }) => member.nodes);
      const used = nodes.reduce((sum, count) => sum + count * machine.cores, 0);
      return { scope: CLOUD_SCOPES[cloud], region, ...CORES_QUOTA[cloud], limit: Math.max(CORES_LIMIT, used), used };
    }),
  };
}

/** What a new account may have of the sandbox's machines in a region, as large as accounts that are in use often have it. */
const CORES_LIMIT = 256;

/** What each cloud calls the quota that the sandbox's machines count towards. */
const CORES_QUOTA: Readonly<Record<SandboxCloud, Pick<EmulatedQuota, "metric" | "service" | "name">>> = {
  aws: {
    service: "ec2",
    metric: "L-1216C47A",
    name: "Running On-Demand Standard (A, C, D, H, I, M, R, T, Z) instances",
  },
  gcp: { metric: "CPUS" },
  azure: { metric: "standardDSv5Family", name: "Standard DSv5 Family vCPUs" },
};

function regionsOf(cloud: SandboxCloud): readonly EmulatedRegion[] {
  const open = CLOUD_SITES.filter((site) => site.cloud === cloud).map(({ region }) => ({ name: region }));
  return cloud === "aws" ? [...open, { name: DENIED_REGION, denied: true }] : open;
}

function clusterOf(cloud: SandboxCloud, { member, endpoint, kubernetesVersion }: LocatedMember): EmulatedCluster {
  const { name, site, nodes, isDegraded, hasLocalAccounts } = member;
  const { region, zones, tier, machine } = site;
  return {
    scope: CLOUD_SCOPES[cloud],
    ...(cloud === "azure" ? { group: RESOURCE_GROUP } : {}),
    region,
    name,
    ...(isDegraded ? { phase: "degraded", issues: DEGRADED_ISSUES } : {}),
    version: plainVersion(kubernetesVersion),
    endpoint,
    labels: { tier },
    ...(hasLocalAccounts ? { cloudIdentity: false } : {}),
    pools: [
      {
        name: "general",
        instanceType: machine.instanceType,
        nodes,
        min: 1,
        max: 2 * nodes,
        zones: cloud === "azure" ? zones.map((zone) => zone.slice(region.length + 1)) : zones,
      },
    ],
  };
}

/** Without the `v` and what a build adds behind: clouds say `1.36.3`. */
function plainVersion(kubernetesVersion: string): string {
  return /^v?(\d+\.\d+\.\d+)/.exec(kubernetesVersion)?.[1] ?? kubernetesVersion;
}

/** In the words of Google's, whose cluster it is. */
const DEGRADED_ISSUES = [
  { code: "UNKNOWN", message: "All cluster resources were brought up, but some of its nodes are unhealthy." },
];
