import type { Ctx } from "@flotilla/core";
import { type AwsPlace, type AwsSession, sdkConfig, send } from "./aws-session.ts";
import { requiredPart } from "./required-part.ts";

/** The one call of Service Quotas. */
export interface QuotasClient {
  listServiceQuotas(service: string, nextToken: string | undefined, ctx: Ctx): Promise<QuotaPage>;
}

interface QuotaPage {
  readonly quotas: readonly { readonly metric: string; readonly unit: string; readonly limit: number }[];
  readonly nextToken: string | undefined;
}

/** The API's own maximum. */
const PAGE_SIZE = 100;

export async function openQuotasClient(session: AwsSession, place: AwsPlace): Promise<QuotasClient> {
  const sdk = await import("@aws-sdk/client-service-quotas");
  const client = new sdk.ServiceQuotasClient(sdkConfig(session, "serviceQuotas", place));
  return {
    async listServiceQuotas(service, nextToken, ctx) {
      const command = new sdk.ListServiceQuotasCommand({
        ServiceCode: service,
        MaxResults: PAGE_SIZE,
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      });
      const page = await send(
        session,
        { service: "serviceQuotas", action: "ListServiceQuotas", place },
        (abortSignal) => client.send(command, { abortSignal }),
        ctx,
      );
      const quotas = requiredPart(page.Quotas, "servicequotas ListServiceQuotas", "Quotas").flatMap(
        ({ QuotaCode, QuotaName, Unit, Value }) =>
          Value === undefined
            ? []
            : [{ metric: `${QuotaCode ?? "?"} ${QuotaName ?? ""}`.trim(), unit: Unit ?? "None", limit: Value }],
      );
      return { quotas, nextToken: page.NextToken };
    },
  };
}
