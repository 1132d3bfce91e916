import { type EmulatedCluster, type EmulatedRegion, EmulatorRefusal, stableDigits } from "@flotilla/testing";
import { clusterZones, networkName } from "../container/render-cluster.ts";
import { groupName } from "../container/render-node-pool.ts";
import { errorReply, invalidValue, notFound } from "../gcp-failure.ts";
import { type GcpCall, type GcpMethod, zonesOf } from "../gcp-world.ts";
import { page, type Paging } from "../page.ts";

const LIST_QUERY: readonly string[] = ["filter", "maxResults", "orderBy", "pageToken", "returnPartialSuccess"];
const AGGREGATED_QUERY: readonly string[] = [...LIST_QUERY, "includeAllScopes", "serviceProjectNumber"];
const PAGING: Paging = { sizeName: "maxResults", sizeDefault: 500, sizeMax: 500 };
const ROOT = "https://www.googleapis.com/compute/v1";
const CREATED = "2026-03-01T00:30:00.000-08:00";

const method = (action: string, answer: GcpMethod["answer"], query: readonly string[] = []): GcpMethod => ({
  action: `compute.${action}`,
  service: "compute",
  query,
  answer,
});

export const GET_PROJECT: GcpMethod = method("projects.get", (call) => ({
  kind: "compute#project",
  id: idOf(call.project),
  name: call.project,
  creationTimestamp: CREATED,
  quotas: quotasOf(call, "global"),
  selfLink: `${ROOT}/projects/${call.project}`,
}));

export const LIST_REGIONS: GcpMethod = method(
  "regions.list",
  (call) =>
    listOf(
      call,
      "region",
      regionsOf(call).map((region) => renderRegion(call, region)),
    ),
  LIST_QUERY,
);

export const GET_REGION: GcpMethod = method("regions.get", (call) => {
  const region = regionsOf(call).find(({ name }) => name === call.params["region"]);
  return region === undefined ? missing(call, `regions/${call.params["region"]}`) : renderRegion(call, region);
});

export const LIST_ZONES: GcpMethod = method(
  "zones.list",
  (call) => {
    const zones = regionsOf(call).flatMap((region) => zonesOf(region).map((zone) => ({ zone, region: region.name })));
    const rendered = zones.map(({ zone, region }) => ({
      kind: "compute#zone",
      id: idOf(zone),
      name: zone,
      description: zone,
      status: "UP",
      region: `${ROOT}/projects/${call.project}/regions/${region}`,
      selfLink: `${ROOT}/projects/${call.project}/zones/${zone}`,
    }));
    return listOf(call, "zone", rendered);
  },
  LIST_QUERY,
);

export const LIST_NETWORKS: GcpMethod = method(
  "networks.list",
  (call) => listOf(call, "network", networksOf(call)),
  LIST_QUERY,
);

export const GET_NETWORK: GcpMethod = method("networks.get", (call) => {
  const { network = "" } = call.params;
  return networksOf(call).find(({ name }) => name === network) ?? missing(call, `global/networks/${network}`);
});

export const LIST_SUBNETWORKS: GcpMethod = method(
  "subnetworks.list",
  (call) => listOf(call, "subnetwork", subnetworksOf(call, call.params["region"] ?? "")),
  LIST_QUERY,
);

export const GET_SUBNETWORK: GcpMethod = method("subnetworks.get", (call) => {
  const { region = "", subnetwork = "" } = call.params;
  const found = subnetworksOf(call, region).find(({ name }) => name === subnetwork);
  return found ?? missing(call, `regions/${region}/subnetworks/${subnetwork}`);
});

export const LIST_GROUPS: GcpMethod = method(
  "instanceGroupManagers.list",
  (call) => {
    const groups = groupsOf(call).filter(({ zone }) => zone === call.params["zone"]);
    return listOf(
      call,
      "instanceGroupManager",
      groups.map((group) => group.rendered),
    );
  },
  LIST_QUERY,
);

export const GET_GROUP: GcpMethod = method("instanceGroupManagers.get", (call) => {
  const { zone = "", group = "" } = call.params;
  const found = groupsOf(call).find(({ zone: at, rendered }) => at === zone && rendered.name === group);
  return found?.rendered ?? missing(call, `zones/${zone}/instanceGroupManagers/${group}`);
});

/**
 * Every scope of the page is a key; those without a group say so in a warning. One silent zone fails the whole, but for those
 * who take a part.
 */
export const AGGREGATE_GROUPS: GcpMethod = method(
  "instanceGroupManagers.list",
  (call) => {
    const silent = regionsOf(call).flatMap((region) => (region.unreachable === true ? zonesOf(region) : []));
    if (silent.length > 0 && call.request.query.get("returnPartialSuccess") !== "true") {
      throw new EmulatorRefusal(errorReply({ status: 503, message: "Backend error.", reason: "backendError" }));
    }
    const answering = groupsOf(call).filter(({ zone }) => !silent.includes(zone));
    const { items, next } = page(call, filtered(call, answering), PAGING);
    const zones = regionsOf(call).flatMap((region) => zonesOf(region));
    const byZone = zones.map(
      (zone) => [`zones/${zone}`, silent.includes(zone) ? UNREACHABLE : inZone(items, zone)] as const,
    );
    return {
      kind: "compute#instanceGroupManagerAggregatedList",
      id: `projects/${call.project}/aggregated/instanceGroupManagers`,
      items: Object.fromEntries(byZone),
      ...next,
      selfLink: `${ROOT}/projects/${call.project}/aggregated/instanceGroupManagers`,
    };
  },
  AGGREGATED_QUERY,
);

const UNREACHABLE = { warning: { code: "UNREACHABLE", message: "The zone is unreachable." } };

interface Group {
  readonly zone: string;
  readonly rendered: { readonly name: string; readonly targetSize?: number };
}

function inZone(groups: readonly Group[], zone: string): Readonly<Record<string, unknown>> {
  const here = groups.filter((group) => group.zone === zone).map(({ rendered }) => rendered);
  if (here.length > 0) return { instanceGroupManagers: here };
  const message = `There are no results for scope 'zones/${zone}' on this page.`;
  return { warning: { code: "NO_RESULTS_ON_PAGE", message, data: [{ key: "scope", value: `zones/${zone}` }] } };
}

/** Machines of a pool are spread over its zones; the first get one more where they do not divide. */
function groupsOf(call: GcpCall): readonly Group[] {
  return clustersOf(call).flatMap((cluster) =>
    cluster.pools.flatMap((pool) => {
      const zones = pool.zones ?? clusterZones(call.world, cluster);
      const name = groupName(cluster, pool);
      return zones.map((zone, index) => {
        const targetSize = Math.floor(pool.nodes / zones.length) + (index < pool.nodes % zones.length ? 1 : 0);
        const selfLink = `${ROOT}/projects/${call.project}/zones/${zone}/instanceGroupManagers/${name}`;
        const base = {
          kind: "compute#instanceGroupManager",
          id: idOf(selfLink),
          name,
          zone: `${ROOT}/projects/${call.project}/zones/${zone}`,
        };
        return {
          zone,
          rendered: { ...base, creationTimestamp: CREATED, targetSize, status: { isStable: true }, selfLink },
        };
      });
    }),
  );
}

/** Only the one form of filter that is asked with; others would have to be understood to be honoured. */
function filtered(call: GcpCall, groups: readonly Group[]): readonly Group[] {
  const filter = call.request.query.get("filter");
  if (filter === null) return groups;
  const [, pattern] = /^\(?name eq "?([^")]+)"?\)?$/.exec(filter) ?? [];
  if (pattern === undefined) {
    throw new EmulatorRefusal(errorReply(invalidValue("filter", filter, "Invalid list filter expression.")));
  }
  const expression = new RegExp(`^(?:${pattern})$`);
  return groups.filter(({ rendered }) => expression.test(rendered.name));
}

function renderRegion(call: GcpCall, region: EmulatedRegion): Readonly<Record<string, unknown>> {
  return {
    kind: "compute#region",
    id: idOf(region.name),
    name: region.name,
    description: region.name,
    status: "UP",
    zones: zonesOf(region).map((zone) => `${ROOT}/projects/${call.project}/zones/${zone}`),
    quotas: quotasOf(call, region.name),
    selfLink: `${ROOT}/projects/${call.project}/regions/${region.name}`,
  };
}

function quotasOf({ world, project }: GcpCall, region: string): readonly unknown[] {
  const quotas = (world.fleet.cloud.quotas ?? []).filter((quota) => quota.scope === project && quota.region === region);
  return quotas.map(({ metric, limit, used }) => ({ metric, limit, usage: used }));
}

function networksOf(call: GcpCall): readonly { readonly name: string }[] {
  const names = [...new Set(["default", ...clustersOf(call).map(networkName)])];
  return names.map((name) => ({
    kind: "compute#network",
    id: idOf(call.project, name),
    name,
    creationTimestamp: CREATED,
    autoCreateSubnetworks: name === "default",
    routingConfig: { routingMode: "REGIONAL" },
    selfLink: `${ROOT}/projects/${call.project}/global/networks/${name}`,
  }));
}

function subnetworksOf(call: GcpCall, region: string): readonly { readonly name: string }[] {
  const here = clustersOf(call).filter((cluster) => cluster.region === region);
  return [...new Map(here.map((cluster) => [networkName(cluster), cluster] as const))].map(([name, { network }]) => ({
    kind: "compute#subnetwork",
    id: idOf(call.project, region, name),
    name,
    creationTimestamp: CREATED,
    ipCidrRange: network?.subnetCidrs?.[0] ?? "10.128.0.0/20",
    network: `${ROOT}/projects/${call.project}/global/networks/${name}`,
    region: `${ROOT}/projects/${call.project}/regions/${region}`,
    secondaryIpRanges: (network?.podCidrs ?? []).map((range, index) => ({
      rangeName: `pods-${index}`,
      ipCidrRange: range,
    })),
    selfLink: `${ROOT}/projects/${call.project}/regions/${region}/subnetworks/${name}`,
  }));
}

function listOf(call: GcpCall, kind: string, all: readonly unknown[]): Readonly<Record<string, unknown>> {
  const { items, next } = page(call, all, PAGING);
  const id = call.request.path.replace(/^\/compute\/v1\//, "");
  return {
    kind: `compute#${kind}List`,
    id,
    ...(items.length === 0 ? {} : { items }),
    ...next,
    selfLink: `${ROOT}/${id}`,
  };
}

/** Compute Engine's errors carry no `status`. */
function missing(call: GcpCall, path: string): never {
  const { status, message, reason } = notFound(`The resource 'projects/${call.project}/${path}' was not found`);
  throw new EmulatorRefusal(errorReply({ status, message, ...(reason === undefined ? {} : { reason }) }));
}

function regionsOf({ world, project }: GcpCall): readonly EmulatedRegion[] {
  return world.fleet.scope(project)?.regions ?? [];
}

function clustersOf({ world, project }: GcpCall): readonly EmulatedCluster[] {
  return world.fleet.listed((cluster) => cluster.scope === project);
}

function idOf(...parts: readonly string[]): string {
  return stableDigits(18, ...parts);
}
