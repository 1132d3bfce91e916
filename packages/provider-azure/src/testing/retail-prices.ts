import { type EmulatorReply, jsonReply, stableUuid } from "@flotilla/testing";
import { type AzureRequest, baseUrl } from "./azure-request.ts";

/** What one page of the real service holds. */
const PAGE_SIZE = 1000;

/** The public price list: no token is asked for. Filters are `name eq 'value'` joined by `and`, with case. */
export function listRetailPrices(asked: AzureRequest): EmulatorReply {
  const { request, world, context } = asked;
  const terms = readFilter(request.query.get("$filter") ?? "");
  if (terms === undefined || !terms.every(([name]) => FILTERS.has(name))) return unreadable("filter");
  const skip = request.query.get("$skip") ?? "0";
  if (!/^\d+$/.test(skip)) return unreadable("$skip");
  const currency = (request.query.get("currencyCode") ?? "USD").replace(/^'(.*)'$/, "$1");
  const perDollar = PER_DOLLAR.get(currency);
  if (perDollar === undefined) return unreadable("currencyCode");
  const matching = priceItems(asked)
    .map((item) => inCurrency(item, currency, perDollar))
    .filter((item) => terms.every(([name, value]) => item[memberOf(name)] === value));
  const from = context.loopsPages ? 0 : Number(skip);
  const page = matching.slice(from, from + Math.min(PAGE_SIZE, world.pageSizeMax));
  const next = from + page.length;
  const hasMore = context.loopsPages || next < matching.length;
  const query = new URLSearchParams(request.query);
  query.set("$skip", String(context.loopsPages ? 0 : next));
  return jsonReply(200, {
    BillingCurrency: currency,
    CustomerEntityId: "Default",
    CustomerEntityType: "Retail",
    Items: page,
    NextPageLink: hasMore ? `${baseUrl(asked)}${request.path}?${query.toString()}` : null,
    Count: page.length,
  });
}

function unreadable(what: string): EmulatorReply {
  return jsonReply(400, { Error: { Code: "InvalidParameter", Message: `The ${what} cannot be read.` } });
}

interface Item extends Readonly<Record<string, unknown>> {
  readonly retailPrice: number;
}

/** Some of the real list's currencies, and what a dollar is in each, about. */
const PER_DOLLAR: ReadonlyMap<string, number> = new Map([
  ["USD", 1],
  ["EUR", 0.9],
  ["GBP", 0.75],
]);

function inCurrency(item: Item, currencyCode: string, perDollar: number): Item {
  const price = Math.round(item.retailPrice * perDollar * 1_000_000) / 1_000_000;
  return { ...item, currencyCode, retailPrice: price, unitPrice: price };
}

/** What may be filtered by. Source: Azure retail prices API. */
const FILTERS: ReadonlySet<string> = new Set([
  "armRegionName",
  "armSkuName",
  "currencyCode",
  "location",
  "meterId",
  "meterName",
  "priceType",
  "productId",
  "productName",
  "serviceFamily",
  "serviceId",
  "serviceName",
  "skuId",
  "skuName",
]);

const TERM = /^\s*(\w+)\s+eq\s+'((?:[^']|'')*)'\s*$/;

function readFilter(filter: string): readonly (readonly [string, string])[] | undefined {
  if (filter.trim() === "") return [];
  const terms = filter.split(/\s+and\s+/).map((term) => TERM.exec(term));
  return terms.every((term) => term !== null)
    ? terms.map(([, name = "", value = ""]) => [name, value.replaceAll("''", "'")] as const)
    : undefined;
}

/** Filters say `priceType` where items say `type`. */
function memberOf(name: string): string {
  return name === "priceType" ? "type" : name;
}

/** What the licence makes of a machine's price, about. */
const WINDOWS = 1.9;

/** Each machine with everything the real list has beside it: Windows, spot and low-priority lines, and reservations. */
function priceItems({ world }: AzureRequest): readonly Item[] {
  const { prices = [], controlPlanes = [] } = world.fleet.cloud;
  const machines = prices.flatMap((price): readonly Item[] => {
    const { region, instanceType, onDemandPerHour, spotPerHour } = price;
    const short = instanceType.replace(/^Standard_/, "").replaceAll("_", " ");
    const product = `Virtual Machines ${short.replace(/\d+/, "")} Series`;
    const machine = { serviceName: "Virtual Machines", armRegionName: region, armSkuName: instanceType };
    const line = (sku: string, microUsd: number, productName = product): Item =>
      item({ ...machine, skuName: sku, meterName: sku, productName }, microUsd);
    return [
      ...(onDemandPerHour === undefined
        ? []
        : [
            line(short, Math.round(onDemandPerHour * WINDOWS), `${product} Windows`),
            line(`${short} Low Priority`, Math.round(onDemandPerHour / 5)),
            { ...line(short, onDemandPerHour * 5000), type: "Reservation", reservationTerm: "1 Year" },
            line(short, onDemandPerHour),
          ]),
      ...(spotPerHour === undefined
        ? []
        : [
            line(`${short} Spot`, Math.round(spotPerHour * WINDOWS), `${product} Windows`),
            line(`${short} Spot`, spotPerHour),
          ]),
    ];
  });
  const planes = controlPlanes
    .filter(({ perHour }) => perHour > 0)
    .flatMap(({ region, tier = "standard", perHour }) =>
      tierMeters(tier, perHour).map(([sku, meterName, microUsd]) => {
        const productName = `Azure Kubernetes Service${sku === "Automatic" ? " - Automatic" : ""}`;
        const aks = { serviceName: "Azure Kubernetes Service", productName, armSkuName: "", armRegionName: region };
        return item({ ...aks, skuName: sku, meterName }, microUsd);
      }),
    );
  return [...machines, ...planes];
}

/** AKS Automatic has a meter per class of machines beside that of its control plane: by vCPU, in the same unit. */
function tierMeters(
  tier: string,
  perHour: number,
): readonly (readonly [sku: string, meter: string, perHour: number])[] {
  switch (tier.toLowerCase()) {
    case "automatic":
      return [
        ["Automatic", "Automatic General Purpose", Math.round(perHour / 16)],
        ["Automatic", "Automatic Hosted Control Plane", perHour],
      ];
    case "premium":
      return [["Standard", "Standard Long Term Support", perHour]];
    default:
      return [["Standard", "Standard Uptime SLA", perHour]];
  }
}

function item(members: Readonly<Record<string, string>>, microUsd: number): Item {
  const price = microUsd / 1_000_000;
  return {
    currencyCode: "USD",
    tierMinimumUnits: 0,
    retailPrice: price,
    unitPrice: price,
    location: members["armRegionName"],
    effectiveStartDate: "2026-01-01T00:00:00Z",
    meterId: stableUuid("meter", JSON.stringify(members)),
    unitOfMeasure: "1 Hour",
    type: "Consumption",
    isPrimaryMeterRegion: true,
    serviceFamily: "Compute",
    ...members,
  };
}
