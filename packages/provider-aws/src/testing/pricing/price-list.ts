import type { MicroUsd } from "@flotilla/core";
import { type EmulatedCloud, type EmulatedMachinePrice, stableHex } from "@flotilla/testing";
import { partitionOf } from "../../partition.ts";

/** One product of the price list, as its JSON text reads. */
export interface PriceListProduct {
  readonly product: {
    readonly productFamily: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly sku: string;
  };
  readonly serviceCode: string;
  readonly terms: { readonly OnDemand: Readonly<Record<string, unknown>> };
  readonly version: string;
  readonly publicationDate: string;
}

/** All products of a service that the fleet's prices make. */
export function priceListOf(cloud: EmulatedCloud, service: string, nowMs: number): readonly PriceListProduct[] {
  const products = service === "AmazonEC2" ? (cloud.prices ?? []).flatMap(machineItems) : controlPlaneItems(cloud);
  return products.map((item) => toProduct(item, service, nowMs));
}

interface PricedItem {
  readonly family: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly unit: string;
  readonly perUnit: MicroUsd;
  readonly description: string;
}

/** Usage types name the region in the billing's own short form. */
const USAGE_PREFIX: Readonly<Record<string, string>> = {
  "us-east-1": "USE1-",
  "us-east-2": "USE2-",
  "us-west-2": "USW2-",
  "eu-west-1": "EU-",
  "eu-west-2": "EUW2-",
  "eu-central-1": "EUC1-",
  "eu-north-1": "EUN1-",
  "ap-south-1": "APS3-",
  "ap-southeast-1": "APS1-",
  "ap-southeast-2": "APS2-",
  "ap-northeast-1": "APN1-",
};

/** EC2 came first, and in us-east-1 its usage has no prefix. */
function machinePrefix(region: string): string {
  return region === "us-east-1" ? "" : usagePrefix(region);
}

function usagePrefix(region: string): string {
  return USAGE_PREFIX[region] ?? `${region.replaceAll("-", "").toUpperCase()}-`;
}

/**
 * A machine type is many products: with Windows, dedicated, reserved and unused. Only one is what a Linux node costs, and the
 * reservations' own price is zero. The one comes last: whoever filters too little, finds out.
 */
function machineItems(price: EmulatedMachinePrice): readonly PricedItem[] {
  if (price.onDemandPerHour === undefined) return [];
  const linux = price.onDemandPerHour;
  // Without a hypervisor there is nothing to share.
  if (price.instanceType.includes(".metal")) return [machineItem(price, linux, { tenancy: "Dedicated" })];
  const unused = { capacitystatus: "UnusedCapacityReservation", usage: "UnusedBox" };
  const allocated = { capacitystatus: "AllocatedCapacityReservation", usage: "Reservation" };
  return [
    // Who brings a licence pays for the machine alone.
    machineItem(price, linux, {
      operatingSystem: "Windows",
      licenseModel: "Bring your own license",
      operation: "RunInstances:0800",
    }),
    machineItem(price, linux * 2, { operatingSystem: "Windows", operation: "RunInstances:0002" }),
    machineItem(price, Math.round(linux * 1.06), { tenancy: "Dedicated", usage: "DedicatedUsage" }),
    machineItem(price, linux * 3, { preInstalledSw: "SQL Ent", operation: "RunInstances:0100" }),
    machineItem(price, linux * 4, unused),
    machineItem(price, 0, allocated),
    machineItem(price, Math.round(linux * 0.7), { marketoption: "CapacityBlock", usage: "CapacityBlock" }),
    machineItem(price, linux, {}),
  ];
}

function machineItem(
  price: EmulatedMachinePrice,
  perUnit: MicroUsd,
  variant: Readonly<Record<string, string>>,
): PricedItem {
  const { region, instanceType, cores, memoryGib } = price;
  const { usage = "BoxUsage", ...different } = variant;
  const attributes = {
    servicecode: "AmazonEC2",
    servicename: "Amazon Elastic Compute Cloud",
    location: region,
    locationType: "AWS Region",
    regionCode: region,
    instanceType,
    currentGeneration: "Yes",
    vcpu: String(cores),
    memory: `${memoryGib} GiB`,
    storage: "EBS only",
    tenancy: "Shared",
    operatingSystem: "Linux",
    licenseModel: "No License required",
    preInstalledSw: "NA",
    capacitystatus: "Used",
    marketoption: "OnDemand",
    operation: "RunInstances",
    availabilityzone: "NA",
    usagetype: `${machinePrefix(region)}${usage}:${instanceType}`,
    ...different,
  };
  const description = `$${amount(perUnit)} per On Demand ${attributes.operatingSystem} ${instanceType} Instance Hour`;
  const family = instanceType.includes(".metal") ? "Compute Instance (bare metal)" : "Compute Instance";
  return { family, attributes, unit: "Hrs", perUnit, description };
}

const EXTENDED = "AmazonEKS-Hours:extendedSupport";

/** Extended support is billed on top of the cluster hour, as a usage of its own. */
function controlPlaneItems({ controlPlanes = [] }: EmulatedCloud): readonly PricedItem[] {
  return controlPlanes.map(({ region, tier = "standard", perHour }) => {
    const standard = controlPlanes.find((one) => one.region === region && (one.tier ?? "standard") === "standard");
    const isExtended = tier === "extended";
    const perUnit = isExtended ? perHour - (standard?.perHour ?? 0) : perHour;
    const attributes = {
      servicecode: "AmazonEKS",
      servicename: "Amazon Elastic Container Service for Kubernetes",
      location: region,
      locationType: "AWS Region",
      regionCode: region,
      operation: isExtended ? "ExtendedSupport" : "CreateOperation",
      tiertype: isExtended ? "ExtendedSupport" : "HAStandard",
      usagetype: `${usagePrefix(region)}${isExtended ? EXTENDED : "AmazonEKS-Hours:perCluster"}`,
    };
    const description = `$${amount(perUnit)} per Amazon EKS cluster per hour`;
    return { family: "Compute", attributes, unit: "Hours", perUnit, description };
  });
}

/** What the price list names the on-demand term and the hourly rate, for every product. */
const ON_DEMAND = "JRTCKXETXF";
const HOURLY = "6YS6EN2CT7";

function toProduct(item: PricedItem, serviceCode: string, nowMs: number): PriceListProduct {
  const sku = stableHex(16, serviceCode, JSON.stringify(item.attributes)).toUpperCase();
  const month = new Date(nowMs).toISOString().slice(0, 7);
  const rateCode = `${sku}.${ON_DEMAND}.${HOURLY}`;
  const dimension = {
    unit: item.unit,
    endRange: "Inf",
    description: item.description,
    appliesTo: [],
    rateCode,
    beginRange: "0",
    pricePerUnit: { [partitionOf(item.attributes["regionCode"] ?? "").currency]: amount(item.perUnit) },
  };
  const term = {
    priceDimensions: { [rateCode]: dimension },
    sku,
    effectiveDate: `${month}-01T00:00:00Z`,
    offerTermCode: ON_DEMAND,
    termAttributes: {},
  };
  return {
    product: { productFamily: item.family, attributes: item.attributes, sku },
    serviceCode,
    terms: { OnDemand: { [`${sku}.${ON_DEMAND}`]: term } },
    version: `${month.replace("-", "")}01000000`,
    publicationDate: `${month}-01T00:00:00Z`,
  };
}

/** Ten decimals, as the price list writes. */
function amount(microUsd: MicroUsd): string {
  const digits = String(microUsd).padStart(7, "0");
  return `${digits.slice(0, -6)}.${digits.slice(-6)}0000`;
}
