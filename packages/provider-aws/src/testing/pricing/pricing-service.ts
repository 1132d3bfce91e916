import { isJsonObject } from "@flotilla/core";
import { pageOf } from "@flotilla/testing";
import { partitionOf } from "../../partition.ts";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { json11Reply, type JsonMembers, pageSizeOf, readJsonBody, targetAction, textOf } from "../json-body.ts";
import { type PriceListProduct, priceListOf } from "./price-list.ts";

/** The price list has an endpoint in these regions only; the last one tells of China alone. */
const REGIONS: readonly string[] = ["us-east-1", "eu-central-1", "ap-south-1", "cn-northwest-1"];
const PAGE_SIZE_MAX = 100;
const FILTER_TYPES: readonly string[] = ["TERM_MATCH", "EQUALS", "CONTAINS", "ANY_OF", "NONE_OF"];

type Filter = { readonly type: string; readonly field: string; readonly value: string };

/** The price list API over JSON 1.1: every product is a JSON text of its own. */
export const pricingService: AwsService = {
  protocol: "json",
  iamPrefix: "pricing",
  throttled: { code: "ThrottlingException", message: "Rate exceeded" },
  actionOf: (request) => targetAction(request, "AWSPriceListService"),
  resourceOf: () => "*",
  answer(call, action) {
    if (!REGIONS.includes(call.region)) {
      const message = "Credential should be scoped to a valid region. ";
      return fail(call, "json", { code: "InvalidSignatureException", message });
    }
    if (action === "GetProducts") return json11Reply(call, getProducts(call));
    if (action === "DescribeServices") return json11Reply(call, describeServices(call));
    return fail(call, "json", { code: "UnknownOperationException", message: "Unknown operation" });
  },
};

function getProducts(call: AwsCall): unknown {
  const members = readJsonBody(call, {
    ServiceCode: "text",
    Filters: "list",
    FormatVersion: "text",
    NextToken: "text",
    MaxResults: "count",
  });
  checkFormat(call, members);
  const service = serviceOf(call, members) ?? fail(call, "json", validation("Value at 'serviceCode' must not be null"));
  const filters = filtersOf(call, members);
  const products = productsOf(call, service).filter((product) => filters.every((filter) => fits(product, filter)));
  const list = JSON.stringify([service, filters]);
  const page = readPage(call, members, products, list);
  return {
    FormatVersion: "aws_v1",
    PriceList: page.items.map((product) => JSON.stringify(product)),
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

const SERVICES: readonly string[] = ["AmazonEC2", "AmazonEKS"];

function describeServices(call: AwsCall): unknown {
  const members = readJsonBody(call, {
    ServiceCode: "text",
    FormatVersion: "text",
    NextToken: "text",
    MaxResults: "count",
  });
  checkFormat(call, members);
  const one = serviceOf(call, members);
  const services = (one === undefined ? SERVICES : [one]).map((ServiceCode) => {
    const names = productsOf(call, ServiceCode).flatMap(({ product }) => Object.keys(product.attributes));
    return { ServiceCode, AttributeNames: [...new Set(["productFamily", ...names])].sort() };
  });
  const page = readPage(call, members, services, "services");
  return {
    FormatVersion: "aws_v1",
    Services: page.items,
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
  };
}

/** A partition's endpoint lists what is sold in the partition. */
function productsOf({ world, region }: AwsCall, service: string): readonly PriceListProduct[] {
  const { id } = partitionOf(region);
  return priceListOf(world.fleet.cloud, service, world.nowMs()).filter(
    ({ product }) => partitionOf(product.attributes["regionCode"] ?? "").id === id,
  );
}

function serviceOf(call: AwsCall, members: JsonMembers): string | undefined {
  const service = textOf(members, "ServiceCode");
  if (service === undefined || SERVICES.includes(service)) return service;
  return fail(call, "json", { code: "InvalidParameterException", message: `Invalid ServiceCode: ${service}` });
}

function checkFormat(call: AwsCall, members: JsonMembers): void {
  const format = textOf(members, "FormatVersion");
  if (format === undefined || format === "aws_v1") return;
  fail(call, "json", { code: "InvalidParameterException", message: `Invalid FormatVersion: ${format}` });
}

function filtersOf(call: AwsCall, members: JsonMembers): readonly Filter[] {
  const list = (members["Filters"] ?? []) as readonly unknown[];
  return list.map((filter) => {
    if (!isJsonObject(filter))
      return fail(call, "json", { code: "SerializationException", message: "a filter is no object" });
    const { Type: type, Field: field, Value: value, ...more } = filter;
    const unknown = Object.keys(more)[0];
    if (unknown !== undefined) {
      return fail(call, "json", { code: "SerializationException", message: `Unknown member: Filters.${unknown}` });
    }
    if (
      typeof type !== "string" ||
      !FILTER_TYPES.includes(type) ||
      typeof field !== "string" ||
      typeof value !== "string"
    ) {
      return fail(call, "json", validation(`Value at 'filters' failed to satisfy constraint: ${String(type)}`));
    }
    return { type, field, value };
  });
}

function fits({ product }: PriceListProduct, { type, field, value }: Filter): boolean {
  const own = field === "productFamily" ? product.productFamily : product.attributes[field];
  if (own === undefined) return type === "NONE_OF";
  const all = value.split(",").map((part) => part.trim());
  switch (type) {
    case "CONTAINS":
      return own.includes(value);
    case "ANY_OF":
      return all.includes(own);
    case "NONE_OF":
      return !all.includes(own);
    default:
      return own === value;
  }
}

function readPage<T>(
  call: AwsCall,
  members: JsonMembers,
  items: readonly T[],
  list: string,
): { readonly items: readonly T[]; readonly nextToken?: string } {
  const size = pageSizeOf(call, members, PAGE_SIZE_MAX, "InvalidParameterException");
  const page = pageOf(items, { token: textOf(members, "NextToken"), size, list, loops: call.context.loopsPages });
  return page ?? fail(call, "json", { code: "InvalidNextTokenException", message: "The pagination token is invalid." });
}

function validation(message: string): { readonly code: string; readonly message: string } {
  return { code: "ValidationException", message: `1 validation error detected: ${message}` };
}
