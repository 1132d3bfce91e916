import { type EmulatedCluster, EmulatorRefusal, stableHex } from "@flotilla/testing";
import { errorReply, invalidArgument, notFound } from "../gcp-failure.ts";
import { type GcpCall, type GcpMethod, zonesOf } from "../gcp-world.ts";
import { WireEnum } from "../wire-enum.ts";
import { linkOf, locationOf, renderCluster } from "./render-cluster.ts";

/** Old names of what the path says already; the generated clients still send them. */
const OLD_NAMES: readonly string[] = ["projectId", "zone", "clusterId", "nodePoolId", "operationId", "parent", "name"];

const method = (action: string, answer: GcpMethod["answer"]): GcpMethod => ({
  action,
  service: "container",
  query: OLD_NAMES,
  answer,
});

export const LIST_CLUSTERS: GcpMethod = method("container.clusters.list", (call) => {
  const unreachable = unreachableLocations(call);
  const clusters = clustersAt(call)
    .filter(({ region }) => !unreachable.includes(region))
    .map((cluster) => renderCluster(call.world, cluster));
  return {
    ...(clusters.length === 0 ? {} : { clusters }),
    ...(unreachable.length === 0 ? {} : { missingZones: unreachable }),
  };
});

export const GET_CLUSTER: GcpMethod = method("container.clusters.get", (call) =>
  renderCluster(call.world, clusterOf(call)),
);

export const LIST_NODE_POOLS: GcpMethod = method("container.clusters.get", (call) => {
  const { nodePools } = renderCluster(call.world, clusterOf(call));
  return { nodePools };
});

export const GET_NODE_POOL: GcpMethod = method("container.clusters.get", (call) => {
  const cluster = clusterOf(call);
  const { nodePools } = renderCluster(call.world, cluster) as {
    readonly nodePools: readonly { readonly name?: string }[];
  };
  const { nodePool = "" } = call.params;
  const pool = nodePools.find(({ name }) => name === nodePool);
  if (pool !== undefined) return pool;
  throw refusal(notFound(`Not found: ${pathOf(cluster)}/nodePools/${nodePool}.`));
});

export const GET_SERVER_CONFIG: GcpMethod = method("container.clusters.list", (call) => {
  const versions = [...new Set(call.world.fleet.listed().map(({ version }) => `${version}-gke.1250000`))]
    .sort()
    .reverse();
  return {
    defaultClusterVersion: versions[0] ?? "1.35.6-gke.1250000",
    defaultImageType: "COS_CONTAINERD",
    validMasterVersions: versions,
    validNodeVersions: versions,
    validImageTypes: ["COS_CONTAINERD", "UBUNTU_CONTAINERD"],
    channels: ["RAPID", "REGULAR", "STABLE", "EXTENDED"].map((channel) => ({
      channel: new WireEnum("channel", channel),
      validVersions: versions,
    })),
  };
});

export const LIST_OPERATIONS: GcpMethod = method("container.operations.list", (call) => {
  const operations = clustersAt(call).flatMap(operationOf);
  return operations.length === 0 ? {} : { operations };
});

export const GET_OPERATION: GcpMethod = method("container.operations.get", (call) => {
  const { operation = "" } = call.params;
  const found = clustersAt(call)
    .flatMap(operationOf)
    .find(({ name }) => name === operation);
  if (found !== undefined) return found;
  throw refusal(
    notFound(`Not found: projects/${call.project}/locations/${call.params["location"]}/operations/${operation}.`),
  );
});

const OPERATIONS: Readonly<Record<string, string>> = {
  creating: "CREATE_CLUSTER",
  updating: "UPGRADE_MASTER",
  deleting: "DELETE_CLUSTER",
};

/** What a cluster that is changing is going through. */
function operationOf(cluster: EmulatedCluster): readonly { readonly name: string }[] {
  const type = OPERATIONS[cluster.phase ?? "ready"];
  if (type === undefined) return [];
  const hash = stableHex(8, "operation", cluster.scope, locationOf(cluster), cluster.name);
  const name = `operation-${cluster.createdAtMs ?? 1_760_000_000_000}-${hash}`;
  const link = linkOf(cluster);
  const operation = {
    name,
    zone: locationOf(cluster),
    operationType: new WireEnum("operationType", type),
    status: new WireEnum("operationStatus", "RUNNING"),
    startTime: "2026-11-01T08:30:00.10000000Z",
    selfLink: link.replace(/\/clusters\/.*$/, `/operations/${name}`),
    targetLink: link,
  };
  return [operation];
}

/** Clusters of a location; `-` is every one. The list lags behind changes. */
function clustersAt({ world, project, params }: GcpCall): readonly EmulatedCluster[] {
  const { location = "-" } = params;
  if (location !== "-" && !isLocation(world, location)) {
    throw refusal(invalidArgument(`Location "${location}" does not exist.`));
  }
  return world.fleet.listed(
    (cluster) => cluster.scope === project && (location === "-" || locationOf(cluster) === location),
  );
}

/** A region or zone of any project, or where a cluster is. */
function isLocation({ fleet }: GcpCall["world"], location: string): boolean {
  const regions = fleet.cloud.scopes.flatMap((scope) => scope.regions);
  return (
    regions.some((region) => region.name === location || zonesOf(region).includes(location)) ||
    fleet.find((cluster) => cluster.region === location || locationOf(cluster) === location) !== undefined
  );
}

function unreachableLocations({ world, project, params }: GcpCall): readonly string[] {
  const { location = "-" } = params;
  const regions = (world.fleet.scope(project)?.regions ?? []).filter(({ unreachable }) => unreachable === true);
  return regions.map(({ name }) => name).filter((name) => location === "-" || location.startsWith(name));
}

function clusterOf(call: GcpCall): EmulatedCluster {
  const { location = "", cluster: name = "" } = call.params;
  const found = call.world.fleet.find(
    (cluster) => cluster.scope === call.project && locationOf(cluster) === location && cluster.name === name,
  );
  if (found === undefined) {
    throw refusal(notFound(`Not found: projects/${call.project}/locations/${location}/clusters/${name}.`));
  }
  if (unreachableLocations(call).length === 0) return found;
  throw refusal({
    status: 503,
    message: "The service is currently unavailable.",
    reason: "backendError",
    grpc: "UNAVAILABLE",
  });
}

function pathOf(cluster: EmulatedCluster): string {
  return `projects/${cluster.scope}/locations/${locationOf(cluster)}/clusters/${cluster.name}`;
}

function refusal(problem: Parameters<typeof errorReply>[0]): EmulatorRefusal {
  return new EmulatorRefusal(errorReply(problem));
}
