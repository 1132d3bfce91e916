import { pageOf } from "@flotilla/testing";
import { type AwsCall, type AwsService, fail } from "../aws-call.ts";
import { json11Reply, type JsonMembers, pageSizeOf, readJsonBody, targetAction, textOf } from "../json-body.ts";
import { DEFAULT_QUOTAS, type DefaultQuota, QUOTA_SERVICES } from "./default-quotas.ts";

const PAGE_SIZE_MAX = 100;

/** Service Quotas over JSON 1.1. */
export const serviceQuotasService: AwsService = {
  protocol: "json",
  iamPrefix: "servicequotas",
  throttled: { code: "TooManyRequestsException", message: "Rate exceeded" },
  actionOf: (request) => targetAction(request, "ServiceQuotasV20190624"),
  resourceOf: ({ account, region }) => `arn:aws:servicequotas:${region}:${account}:*`,
  answer(call, action) {
    switch (action) {
      case "ListServiceQuotas":
        return json11Reply(call, list(call, { QuotaCode: "text", QuotaAppliedAtLevel: "text" }, appliedQuotas));
      case "ListAWSDefaultServiceQuotas":
        return json11Reply(
          call,
          list(call, {}, (_call, service) => quotasOf(service)),
        );
      case "GetServiceQuota":
        return json11Reply(call, getQuota(call));
      default:
        return fail(call, "json", { code: "UnknownOperationException", message: "Unknown operation" });
    }
  },
};

function list(
  call: AwsCall,
  more: Readonly<Record<string, "text">>,
  read: (call: AwsCall, service: string) => readonly DefaultQuota[],
): unknown {
  const members = readJsonBody(call, { ServiceCode: "text", NextToken: "text", MaxResults: "count", ...more });
  const service = serviceOf(call, members);
  const code = textOf(members, "QuotaCode");
  const quotas = read(call, service).filter((quota) => code === undefined || quota.code === code);
  const size = pageSizeOf(call, members, PAGE_SIZE_MAX, "IllegalArgumentException");
  const token = textOf(members, "NextToken");
  const page =
    pageOf(quotas, { token, size, list: `${call.context.action} ${service}`, loops: call.context.loopsPages }) ??
    fail(call, "json", { code: "InvalidPaginationTokenException", message: "Invalid NextToken" });
  return {
    ...(page.nextToken === undefined ? {} : { NextToken: page.nextToken }),
    Quotas: page.items.map((quota) => rendered(call, service, quota)),
  };
}

function getQuota(call: AwsCall): unknown {
  const members = readJsonBody(call, { ServiceCode: "text", QuotaCode: "text", ContextId: "text" });
  const service = serviceOf(call, members);
  const quota = appliedQuotas(call, service).find(({ code }) => code === textOf(members, "QuotaCode"));
  if (quota !== undefined) return { Quota: rendered(call, service, quota) };
  const message = "The request failed because the specified quota does not exist.";
  return fail(call, "json", { code: "NoSuchResourceException", message });
}

function serviceOf(call: AwsCall, members: JsonMembers): string {
  const service = textOf(members, "ServiceCode");
  if (service === undefined) {
    const message = "1 validation error detected: Value at 'serviceCode' must not be null";
    return fail(call, "json", { code: "ValidationException", message });
  }
  if (QUOTA_SERVICES[service] !== undefined) return service;
  const message = "The request failed because the specified service does not exist.";
  return fail(call, "json", { code: "NoSuchResourceException", message });
}

function quotasOf(service: string): readonly DefaultQuota[] {
  return DEFAULT_QUOTAS.filter((quota) => quota.service === service);
}

/** The account's own limits; what has a default alone is left out, until somebody asks for another value. */
function appliedQuotas(call: AwsCall, service: string): readonly DefaultQuota[] {
  const own = (call.world.fleet.cloud.quotas ?? []).filter(
    (quota) => quota.scope === call.account && quota.region === call.region && (quota.service ?? "ec2") === service,
  );
  const defaults = quotasOf(service);
  const changed = defaults.flatMap((quota) => {
    const limit = own.find(({ metric }) => metric === quota.code)?.limit;
    return limit === undefined && !quota.isApplied ? [] : [{ ...quota, value: limit ?? quota.value }];
  });
  const added = own
    .filter(({ metric }) => !defaults.some(({ code }) => code === metric))
    .map(({ metric, name = metric, limit }) => ({
      service,
      code: metric,
      name,
      value: limit,
      isAdjustable: true,
      isApplied: true,
    }));
  return [...changed, ...added].sort((a, b) => (a.code < b.code ? -1 : 1));
}

function rendered(call: AwsCall, service: string, quota: DefaultQuota): unknown {
  return {
    ServiceCode: service,
    ServiceName: QUOTA_SERVICES[service],
    QuotaArn: `arn:aws:servicequotas:${call.region}:${call.account}:${service}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: quota.value,
    Unit: "None",
    Adjustable: quota.isAdjustable,
    GlobalQuota: false,
    QuotaAppliedAtLevel: "ACCOUNT",
  };
}
