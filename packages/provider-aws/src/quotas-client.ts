import type * as QuotasSdk from "@aws-sdk/client-service-quotas";
import type { Ctx } from "@flotilla/core";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import { requiredPart } from "./required-part.ts";

/** The calls of Service Quotas, page by page. */
export interface QuotasClient {
  /** The account's own limits; a quota that was never set for the account may be missing. */
  listServiceQuotas(service: string, nextToken: string | undefined, ctx: Ctx): Promise<QuotaPage>;
  /** What AWS gives to every account. */
  listDefaultQuotas(service: string, nextToken: string | undefined, ctx: Ctx): Promise<QuotaPage>;
}

/** The limit of one quota, under its code. */
export interface AwsQuota {
  readonly code: string;
  readonly name: string;
  readonly unit: string;
  readonly limit: number;
}

interface QuotaPage {
  readonly quotas: readonly AwsQuota[];
  readonly nextToken: string | undefined;
}

/** The API's own maximum. */
const PAGE_SIZE = 100;

export async function openQuotasClient(session: AwsSession, place: AwsPlace): Promise<QuotasClient> {
  const sdk = await import("@aws-sdk/client-service-quotas");
  const client = new sdk.ServiceQuotasClient(sdkConfig(session, "serviceQuotas", place));
  const call = <T>(action: string, fn: (abortSignal: AbortSignal) => Promise<T>, ctx: Ctx): Promise<T> =>
    send(session, { service: "serviceQuotas", action, place }, fn, ctx);
  return {
    async listServiceQuotas(service, nextToken, ctx) {
      const command = new sdk.ListServiceQuotasCommand(page(service, nextToken));
      return toPage(
        "ListServiceQuotas",
        await call("ListServiceQuotas", (abortSignal) => client.send(command, { abortSignal }), ctx),
      );
    },
    async listDefaultQuotas(service, nextToken, ctx) {
      const command = new sdk.ListAWSDefaultServiceQuotasCommand(page(service, nextToken));
      return toPage(
        "ListAWSDefaultServiceQuotas",
        await call("ListAWSDefaultServiceQuotas", (abortSignal) => client.send(command, { abortSignal }), ctx),
      );
    },
  };
}

function page(service: string, nextToken: string | undefined): QuotasSdk.ListServiceQuotasCommandInput {
  return { ServiceCode: service, MaxResults: PAGE_SIZE, ...(nextToken === undefined ? {} : { NextToken: nextToken }) };
}

/** Both lists answer alike. */
function toPage(action: string, answer: QuotasSdk.ListServiceQuotasCommandOutput): QuotaPage {
  const quotas = requiredPart(answer.Quotas, `servicequotas ${action}`, "Quotas").flatMap(
    ({ QuotaCode: code, QuotaName: name = "", Unit: unit = "None", Value: limit }) =>
      code === undefined || limit === undefined ? [] : [{ code, name, unit, limit }],
  );
  return { quotas, nextToken: answer.NextToken };
}
