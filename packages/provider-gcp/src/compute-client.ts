import type { compute_v1 } from "@googleapis/compute/build/v1.js";
import { CloudError, type Ctx } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import type { GcpCall } from "./gcp-call.ts";
import { type GcpSession, send } from "./gcp-session.ts";
import { endpointOf } from "./generated-clients.ts";
import { groupKey } from "./group-key.ts";
import type { GcpRequest } from "./transport.ts";

/** The calls of Compute Engine that are made. */
export interface ComputeClient {
  /** Wanted sizes of the managed instance groups behind GKE's pools, by `zone/name`. */
  nodeGroupSizes(project: string, ctx: Ctx): Promise<ReadonlyMap<string, number>>;
  getSubnetwork(input: SubnetworkName, ctx: Ctx): Promise<{ readonly ipCidrRange?: string }>;
  regionQuotas(project: string, region: string, ctx: Ctx): Promise<readonly ComputeQuota[]>;
  projectQuotas(project: string, ctx: Ctx): Promise<readonly ComputeQuota[]>;
}

/** What a subnet is addressed by; with a shared VPC the project is the host's. */
export interface SubnetworkName {
  readonly project: string;
  readonly region: string;
  readonly name: string;
}

/** One limit with its use, as Compute Engine tells it. */
export interface ComputeQuota {
  readonly metric?: string | null;
  readonly limit?: number | null;
  readonly usage?: number | null;
}

const PAGE_SIZE = 500;
/** GKE names every instance group of a pool so; in Autopilot clusters with a 3. */
const GKE_GROUPS = 'name eq "gk[e3]-.*"';
const SIZE_FIELDS = "nextPageToken,items/*/instanceGroupManagers(selfLink,targetSize)";

/** Of its answer only what `SIZE_FIELDS` names comes. */
const LIST_GROUPS = {
  action: "instanceGroupManagers.aggregatedList",
  members: ["items", "nextPageToken"],
  mayBeEmpty: true,
} as const;
const GET_SUBNETWORK = { action: "subnetworks.get", members: ["name"], mayBeEmpty: false } as const;
/** A region or a project without limits would be one where nothing may be made. */
const GET_REGION = { action: "regions.get", members: ["quotas", "quotaStatusWarning"], mayBeEmpty: false } as const;
const GET_PROJECT = { action: "projects.get", members: ["quotas"], mayBeEmpty: false } as const;

interface ClientRequest extends GcpRequest {
  readonly url: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly paramsSerializer?: (params: Readonly<Record<string, unknown>>) => string;
}

/** Loads the v1 client alone: the package's entry loads alpha and beta too. */
export function openComputeClient(session: GcpSession): Promise<ComputeClient> {
  return session.client("compute", () => load(session));
}

async function load(session: GcpSession): Promise<ComputeClient> {
  const { compute_v1: sdk } = await import("@googleapis/compute/build/v1.js");
  // The generated methods call `request` of the "auth client" and nothing else: it is our transport.
  const auth = {
    async request({ url, params, paramsSerializer, ...request }: ClientRequest): Promise<unknown> {
      const query = params === undefined || paramsSerializer === undefined ? "" : `?${paramsSerializer(params)}`;
      const response = await session.transport.fetch(`${url}${query}`, request);
      return { data: await response.json(), status: response.status, headers: new Headers(), config: {} };
    },
  };
  const rootUrl = endpointOf(session, "compute");
  const client = new sdk.Compute({ auth: auth as never, ...(rootUrl === undefined ? {} : { rootUrl }) });
  // `read` is a part of the call: these clients check nothing, and what it stumbles over is no answer.
  const ask = <T, R>(
    call: Omit<GcpCall, "service">,
    fn: () => Promise<{ readonly data: T }>,
    read: (answer: T) => R,
    ctx: Ctx,
  ): Promise<R> => send(session, { service: "compute", ...call }, async () => read((await fn()).data), ctx);
  const once = { retry: false };
  return {
    async nodeGroupSizes(project, ctx) {
      const call = { ...LIST_GROUPS, scope: project };
      const groups = await allPages(`gcp compute ${call.action} of ${project}`, async (pageToken) => {
        // A zone that does not answer hides its own groups alone.
        const how = { filter: GKE_GROUPS, maxResults: PAGE_SIZE, fields: SIZE_FIELDS, returnPartialSuccess: true };
        const list = { project, ...how, ...token(pageToken) };
        return ask(call, () => client.instanceGroupManagers.aggregatedList(list, once), sizesIn, ctx);
      });
      return new Map(groups);
    },
    async getSubnetwork({ project, region, name }, ctx) {
      const call = { ...GET_SUBNETWORK, scope: project, region };
      return ask(call, () => client.subnetworks.get({ project, region, subnetwork: name }, once), rangeIn, ctx);
    },
    async regionQuotas(project, region, ctx) {
      const call = { ...GET_REGION, scope: project, region };
      return ask(call, () => client.regions.get({ project, region }, once), regionQuotasIn, ctx);
    },
    async projectQuotas(project, ctx) {
      const call = { ...GET_PROJECT, scope: project };
      return ask(call, () => client.projects.get({ project }, once), quotasIn, ctx);
    },
  };
}

function sizesIn({ items, nextPageToken }: compute_v1.Schema$InstanceGroupManagerAggregatedList) {
  const groups = Object.values(items ?? {}).flatMap(({ instanceGroupManagers = [] }) => instanceGroupManagers);
  const sizes = groups.map(({ selfLink, targetSize }) => [groupKey(selfLink ?? ""), targetSize ?? 0] as const);
  return { items: sizes, nextToken: nextPageToken ?? undefined };
}

function rangeIn({ ipCidrRange }: compute_v1.Schema$Subnetwork): { readonly ipCidrRange?: string } {
  return typeof ipCidrRange === "string" ? { ipCidrRange } : {};
}

/** Google says so itself where it could not read them. Source: Compute Engine API, `Region.quotaStatusWarning`. */
function regionQuotasIn(region: compute_v1.Schema$Region): readonly ComputeQuota[] {
  if (region.quotas !== undefined) return quotasIn(region);
  const message = `gcp compute regions.get: Google could not read the quotas of ${region.name ?? "the region"}; ask again later`;
  throw new CloudError("transient", message);
}

function quotasIn({ quotas }: { readonly quotas?: readonly ComputeQuota[] }): readonly ComputeQuota[] {
  return (quotas ?? []).map((quota) => ({ ...quota }));
}

function token(pageToken: string | undefined): { readonly pageToken?: string } {
  return pageToken === undefined ? {} : { pageToken };
}
