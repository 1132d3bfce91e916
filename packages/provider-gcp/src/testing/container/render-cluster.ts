import { type EmulatedCluster, stableDigits, stableHex } from "@flotilla/testing";
import { type GcpWorld, zonesOf } from "../gcp-world.ts";
import { overlay } from "../overlay.ts";
import { projectNumber } from "../projects/project-number.ts";
import { WireEnum } from "../wire-enum.ts";
import { renderNodePool } from "./render-node-pool.ts";

const STATUS: Readonly<Record<string, string>> = {
  creating: "PROVISIONING",
  ready: "RUNNING",
  updating: "RECONCILING",
  deleting: "STOPPING",
  failed: "ERROR",
  degraded: "DEGRADED",
};
const CHANNELS: readonly string[] = ["RAPID", "REGULAR", "STABLE", "EXTENDED"];
const CREATED_AT_MS = Date.UTC(2026, 2, 1, 8, 30);

/** Region or zone: what the cluster's path names. */
export function locationOf({ group, region }: EmulatedCluster): string {
  return group ?? region;
}

/** The zones of a cluster's nodes: its own for a zonal one, the region's for a regional one. */
export function clusterZones(world: GcpWorld, cluster: EmulatedCluster): readonly string[] {
  const location = locationOf(cluster);
  return location === cluster.region
    ? zonesOf(world.fleet.region(cluster.scope, cluster.region) ?? cluster.region)
    : [location];
}

/** A cluster as GKE tells it. */
export function renderCluster(world: GcpWorld, cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const location = locationOf(cluster);
  const zones = clusterZones(world, cluster);
  const version = cluster.version.includes("-gke.") ? cluster.version : `${cluster.version}-gke.1250000`;
  const selfLink = linkOf(cluster);
  const status = STATUS[cluster.phase ?? "ready"];
  const channel = cluster.supportTier?.toUpperCase() ?? "REGULAR";
  const isCreating = cluster.phase === "creating";
  const rendered = {
    name: cluster.name,
    location,
    zone: location, // the older name, which for a regional cluster holds the region
    locations: [...zones].reverse(),
    id: stableHex(64, "cluster", cluster.scope, location, cluster.name),
    selfLink,
    ...(status === undefined ? {} : { status: new WireEnum("clusterStatus", status) }),
    initialClusterVersion: version,
    currentMasterVersion: version,
    currentNodeVersion: version,
    ...countOf(cluster),
    createTime: new Date(cluster.createdAtMs ?? CREATED_AT_MS).toISOString().replace(/\.\d+Z$/, "+00:00"),
    ...(isCreating && cluster.endpoint === undefined ? { masterAuth: {} } : endpointOf(cluster)),
    ...networkOf(cluster),
    ...(cluster.labels === undefined ? {} : { resourceLabels: cluster.labels }),
    labelFingerprint: stableHex(8, "labels", JSON.stringify(cluster.labels ?? {})),
    etag: stableHex(36, "etag", cluster.scope, cluster.name),
    releaseChannel: { channel: new WireEnum("channel", CHANNELS.includes(channel) ? channel : "REGULAR") },
    autopilot: cluster.serverless === true ? { enabled: true } : {},
    addonsConfig: {},
    legacyAbac: {},
    shieldedNodes: { enabled: true },
    ...conditionsOf(cluster),
    nodePools: cluster.pools.map((pool) =>
      renderNodePool(pool, { cluster, zones: pool.zones ?? zones, version, selfLink }),
    ),
  };
  return overlay(rendered, cluster.wire);
}

/** With the project's number, and the old path for zonal clusters, as the service writes it. */
export function linkOf(cluster: EmulatedCluster): string {
  const location = locationOf(cluster);
  const kind = location === cluster.region ? "locations" : "zones";
  return `https://container.googleapis.com/v1/projects/${projectNumber(cluster.scope)}/${kind}/${location}/clusters/${cluster.name}`;
}

function countOf({ pools }: EmulatedCluster): Readonly<Record<string, unknown>> {
  const count = pools.reduce((sum, { nodes }) => sum + nodes, 0);
  return count === 0 ? {} : { currentNodeCount: count };
}

function endpointOf(cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { endpoint } = cluster;
  const digits = stableDigits(9, "address", cluster.scope, cluster.name);
  const made = `34.${Number(digits.slice(0, 3)) % 256}.${Number(digits.slice(3, 6)) % 256}.${1 + (Number(digits.slice(6)) % 254)}`;
  const address = endpoint === undefined ? made : new URL(endpoint.url).host.replace(/^localhost\b/, "127.0.0.1");
  const access = endpoint?.access ?? "public";
  const privateEndpoint = access === "private" ? address : "10.0.0.2";
  const ca =
    endpoint?.caPem ?? `-----BEGIN CERTIFICATE-----\n${stableHex(64, "ca", cluster.name)}\n-----END CERTIFICATE-----\n`;
  return {
    endpoint: address,
    masterAuth: { clusterCaCertificate: Buffer.from(ca).toString("base64"), clientCertificateConfig: {} },
    masterAuthorizedNetworksConfig: {},
    ...(access === "public"
      ? {}
      : {
          privateClusterConfig: {
            enablePrivateNodes: true,
            ...(access === "private" ? { enablePrivateEndpoint: true } : { publicEndpoint: address }),
            privateEndpoint,
          },
        }),
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: {
        endpoint: `gke-${stableHex(36, "dns", cluster.scope, cluster.name)}-${projectNumber(cluster.scope)}.${locationOf(cluster)}.gke.goog`,
      },
      ipEndpointsConfig: {
        enabled: true,
        ...(access === "private" ? {} : { enablePublicEndpoint: true, publicEndpoint: address }),
        ...(access === "public" ? {} : { privateEndpoint }),
      },
    },
  };
}

/** The name of a described network; `default` where there is none. */
export function networkName({ network }: EmulatedCluster): string {
  return (network?.id ?? "default").replace(/^.*\//, "");
}

function networkOf(cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { network, scope, region } = cluster;
  const name = networkName(cluster);
  const pods = network?.podCidrs?.[0] ?? "10.112.0.0/14";
  const services = network?.serviceCidrs?.[0] ?? "34.118.224.0/20";
  return {
    network: name,
    subnetwork: name,
    networkConfig: {
      network: `projects/${scope}/global/networks/${name}`,
      subnetwork: `projects/${scope}/regions/${region}/subnetworks/${name}`,
      defaultSnatStatus: {},
    },
    clusterIpv4Cidr: pods,
    servicesIpv4Cidr: services,
    ipAllocationPolicy: {
      useIpAliases: true,
      clusterIpv4Cidr: pods,
      clusterIpv4CidrBlock: pods,
      servicesIpv4Cidr: services,
      servicesIpv4CidrBlock: services,
    },
  };
}

function conditionsOf({ issues = [] }: EmulatedCluster): Readonly<Record<string, unknown>> {
  if (issues.length === 0) return {};
  return {
    conditions: issues.map(({ code, message }) => ({ code: new WireEnum("conditionCode", code), message })),
    statusMessage: issues[0]?.message,
  };
}
