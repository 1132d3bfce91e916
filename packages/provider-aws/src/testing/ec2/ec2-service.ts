import { type EmulatorReply, pageOf } from "@flotilla/testing";
import { xmlReply } from "../aws-failure.ts";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { checkParameters, filtersOf, formAction, type FormFilter, listOf } from "../form-body.ts";
import { type XmlValue, xmlDocument } from "../xml.ts";
import { networksOf, zonesOf } from "./aws-network.ts";
import { spotHistory } from "./spot-history.ts";

const VERSION = "2016-11-15";
const NAMESPACE = `http://ec2.amazonaws.com/doc/${VERSION}/`;
const FILTERS: readonly string[] = ["Filter.N.Name", "Filter.N.Value.N"];
const PAGING: readonly string[] = ["MaxResults", "NextToken"];

interface Ec2Action {
  readonly parameters: readonly string[];
  readonly run: (call: AwsCall, form: URLSearchParams) => Readonly<Record<string, XmlValue>>;
}

const ACTIONS: Readonly<Record<string, Ec2Action>> = {
  DescribeRegions: { parameters: ["AllRegions", "RegionName.N", "DryRun", ...FILTERS], run: describeRegions },
  DescribeAvailabilityZones: {
    parameters: ["AllAvailabilityZones", "ZoneName.N", "ZoneId.N", "DryRun", ...FILTERS],
    run: describeZones,
  },
  DescribeSubnets: { parameters: ["SubnetId.N", "DryRun", ...FILTERS, ...PAGING], run: describeSubnets },
  DescribeVpcs: { parameters: ["VpcId.N", "DryRun", ...FILTERS, ...PAGING], run: describeVpcs },
  DescribeSpotPriceHistory: {
    parameters: [
      "StartTime",
      "EndTime",
      "InstanceType.N",
      "ProductDescription.N",
      "AvailabilityZone",
      "AvailabilityZoneId",
      "DryRun",
      ...FILTERS,
      ...PAGING,
    ],
    run: describeSpotPrices,
  },
};

/** EC2 over its own query protocol. */
export const ec2Service: AwsService = {
  protocol: "ec2",
  iamPrefix: "ec2",
  throttled: { status: 503, code: "RequestLimitExceeded", message: "Request limit exceeded." },
  actionOf: formAction,
  resourceOf: ({ account, region }) => `arn:aws:ec2:${region}:${account}:*`,
  answer(call, name): EmulatorReply {
    const action = ACTIONS[name];
    if (action === undefined) {
      return fail(call, "ec2", {
        code: "InvalidAction",
        message: `The action ${name} is not valid for this web service.`,
      });
    }
    const form = checkParameters(call, "ec2", action.parameters);
    if (form.get("Version") !== VERSION) {
      const message = `The requested version (${form.get("Version") ?? ""}) of service AmazonEC2 does not exist`;
      return fail(call, "ec2", { code: "NoSuchVersion", message });
    }
    if (form.get("DryRun") === "true") {
      const message = "Request would have succeeded, but DryRun flag is set.";
      return fail(call, "ec2", { status: 412, code: "DryRunOperation", message });
    }
    const value = { requestId: call.requestId, ...action.run(call, form) };
    return xmlReply(200, xmlDocument(`${name}Response`, value, NAMESPACE), call.requestId);
  },
};

function describeRegions(call: AwsCall, form: URLSearchParams): Readonly<Record<string, XmlValue>> {
  const names = listOf(form, "RegionName");
  const all = (call.world.fleet.scope(call.account)?.regions ?? []).map((region) => ({
    regionName: region.name,
    regionEndpoint: `ec2.${region.name}.amazonaws.com`,
    optInStatus: optInStatus(region),
  }));
  for (const name of names) {
    if (all.some(({ regionName }) => regionName === name)) continue;
    fail(call, "ec2", { code: "InvalidParameterValue", message: `Invalid region names: ${name}` });
  }
  const fields = { "region-name": "regionName", endpoint: "regionEndpoint", "opt-in-status": "optInStatus" } as const;
  const item = filtered(call, all, filtersOf(form), (region, filter) => region[fields[filter as keyof typeof fields]])
    .filter(({ regionName }) => names.length === 0 || names.includes(regionName))
    // Without AllRegions the account's own: what it has not opted into is not told.
    .filter(({ optInStatus: status }) => form.get("AllRegions") === "true" || status !== "not-opted-in");
  return { regionInfo: { item } };
}

function optInStatus({ enabled }: { readonly enabled?: boolean }): string {
  if (enabled === undefined) return "opt-in-not-required";
  return enabled ? "opted-in" : "not-opted-in";
}

function describeZones(call: AwsCall, form: URLSearchParams): Readonly<Record<string, XmlValue>> {
  const names = listOf(form, "ZoneName");
  const all = zonesOf(call.world.fleet, call.account, call.region).map((zoneName, index) => ({
    zoneState: "available",
    optInStatus: "opt-in-not-required",
    regionName: call.region,
    zoneName,
    zoneId: `${shortRegion(call.region)}-az${index + 1}`,
    groupName: call.region,
    networkBorderGroup: call.region,
    zoneType: "availability-zone",
    messageSet: {},
  }));
  const fields = { "zone-name": "zoneName", "region-name": "regionName", state: "zoneState" } as const;
  const item = filtered(call, all, filtersOf(form), (zone, filter) => zone[fields[filter as keyof typeof fields]]);
  return {
    availabilityZoneInfo: { item: item.filter(({ zoneName }) => names.length === 0 || names.includes(zoneName)) },
  };
}

/** `eu-west-1` is `euw1` in zone ids. */
function shortRegion(region: string): string {
  const [continent = "", direction = "", number = ""] = region.split("-");
  const letters = /^(north|south)(east|west)$/.test(direction)
    ? `${direction.charAt(0)}${direction.charAt(5)}`
    : direction.charAt(0);
  return `${continent}${letters}${number}`;
}

function describeSubnets(call: AwsCall, form: URLSearchParams): Readonly<Record<string, XmlValue>> {
  const all = networksOf(call.world.fleet, call.account, call.region)
    .flatMap(({ subnets }) => subnets)
    .map(({ id, vpcId, zone, cidr }) => ({
      subnetId: id,
      subnetArn: `arn:aws:ec2:${call.region}:${call.account}:subnet/${id}`,
      state: "available",
      ownerId: call.account,
      vpcId,
      cidrBlock: cidr,
      availableIpAddressCount: 4091,
      availabilityZone: zone,
      defaultForAz: false,
      mapPublicIpOnLaunch: false,
    }));
  const ids = listOf(form, "SubnetId");
  requireAll(call, ids, new Set(all.map(({ subnetId }) => subnetId)), "subnet", "InvalidSubnetID.NotFound");
  const fields = {
    "subnet-id": "subnetId",
    "vpc-id": "vpcId",
    "availability-zone": "availabilityZone",
    "cidr-block": "cidrBlock",
    state: "state",
  } as const;
  const found = filtered(call, all, filtersOf(form), (subnet, filter) => subnet[fields[filter as keyof typeof fields]]);
  const page = pageOfSet(
    call,
    form,
    found.filter(({ subnetId }) => ids.length === 0 || ids.includes(subnetId)),
    ids,
  );
  return { subnetSet: { item: page.items }, nextToken: page.nextToken };
}

function describeVpcs(call: AwsCall, form: URLSearchParams): Readonly<Record<string, XmlValue>> {
  const all = networksOf(call.world.fleet, call.account, call.region).map(({ vpcId, cidrs }) => ({
    vpcId,
    ownerId: call.account,
    state: "available",
    cidrBlock: cidrs[0] ?? "10.0.0.0/16",
    cidrBlockAssociationSet: {
      item: cidrs.map((cidrBlock, index) => ({
        cidrBlock,
        associationId: `vpc-cidr-assoc-${vpcId.slice(4)}${index}`,
        cidrBlockState: { state: "associated" },
      })),
    },
    dhcpOptionsId: `dopt-${vpcId.slice(4)}`,
    instanceTenancy: "default",
    isDefault: false,
  }));
  const ids = listOf(form, "VpcId");
  requireAll(call, ids, new Set(all.map(({ vpcId }) => vpcId)), "vpc", "InvalidVpcID.NotFound");
  const fields = { "vpc-id": "vpcId", cidr: "cidrBlock", state: "state", "owner-id": "ownerId" } as const;
  const found = filtered(call, all, filtersOf(form), (vpc, filter) => vpc[fields[filter as keyof typeof fields]]);
  const page = pageOfSet(
    call,
    form,
    found.filter(({ vpcId }) => ids.length === 0 || ids.includes(vpcId)),
    ids,
  );
  return { vpcSet: { item: page.items }, nextToken: page.nextToken };
}

function describeSpotPrices(call: AwsCall, form: URLSearchParams): Readonly<Record<string, XmlValue>> {
  const startsAtMs = form.has("StartTime") ? Date.parse(form.get("StartTime") ?? "") : undefined;
  if (Number.isNaN(startsAtMs)) {
    fail(call, "ec2", { code: "InvalidParameterValue", message: "Invalid format for date: StartTime" });
  }
  const zone = form.get("AvailabilityZone");
  const found = spotHistory(call, {
    instanceTypes: listOf(form, "InstanceType"),
    products: listOf(form, "ProductDescription"),
    startsAtMs,
  }).filter(({ availabilityZone }) => zone === null || availabilityZone === zone);
  const fields = {
    "availability-zone": "availabilityZone",
    "instance-type": "instanceType",
    "product-description": "productDescription",
  } as const;
  const kept = filtered(call, found, filtersOf(form), (price, filter) => price[fields[filter as keyof typeof fields]]);
  const page = pageOfSet(call, form, kept, []);
  // The real one answers an empty token on its last page, where others leave it out.
  return { spotPriceHistorySet: { item: page.items }, nextToken: page.nextToken ?? "" };
}

/** Filters are ANDed, the values of one are ORed; `*` stands for any text. */
function filtered<T>(
  call: AwsCall,
  items: readonly T[],
  filters: readonly FormFilter[],
  read: (item: T, filter: string) => string | undefined,
): readonly T[] {
  const [first] = items;
  for (const { name } of filters) {
    if (first === undefined || read(first, name) !== undefined) continue;
    fail(call, "ec2", { code: "InvalidParameterValue", message: `The filter '${name}' is invalid` });
  }
  return items.filter((item) =>
    filters.every(({ name, values }) => values.some((pattern) => isLike(read(item, name) ?? "", pattern))),
  );
}

function isLike(text: string, pattern: string): boolean {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`).test(text);
}

function requireAll(
  call: AwsCall,
  ids: readonly string[],
  known: ReadonlySet<string>,
  kind: string,
  code: string,
): void {
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) fail(call, "ec2", { code, message: `The ${kind} ID '${missing}' does not exist` });
}

/** EC2 takes 5 to 1000 a page, and no page size together with ids. */
function pageOfSet<T>(
  call: AwsCall,
  form: URLSearchParams,
  items: readonly T[],
  ids: readonly string[],
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const asked = form.get("MaxResults");
  const token = form.get("NextToken");
  if (ids.length > 0 && asked !== null) {
    const message = "The parameter MaxResults cannot be used with the list of ids";
    fail(call, "ec2", { code: "InvalidParameterCombination", message });
  }
  const size = asked === null ? PAGE_SIZE_MAX : Number(asked);
  if (!Number.isSafeInteger(size) || size < PAGE_SIZE_MIN || size > PAGE_SIZE_MAX) {
    const message = `Value ( ${asked} ) for parameter maxResults is invalid. Expecting a value between 5 and 1000.`;
    fail(call, "ec2", { code: "InvalidParameterValue", message });
  }
  const page = pageOf(items, {
    token: token ?? undefined,
    size: Math.min(size, call.world.pageSizeMax),
    list: `${call.context.action} ${call.account} ${call.region}`,
    loops: call.context.loopsPages,
  });
  return page ?? fail(call, "ec2", { code: "InvalidNextToken", message: "The next token is not valid" });
}

const PAGE_SIZE_MIN = 5;
const PAGE_SIZE_MAX = 1000;
