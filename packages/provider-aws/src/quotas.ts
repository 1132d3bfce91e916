import { type Ctx, isCloudError, type Quota, type Quotas } from "@flotilla/core";
import { accountOf } from "./accounts.ts";
import { allPages } from "./all-pages.ts";
import type { AwsSession } from "./aws-session.ts";
import { type AwsQuota, openQuotasClient, type QuotasClient } from "./quotas-client.ts";

/** What limits a fleet: nodes are vCPU quotas of EC2, clusters and pools are quotas of EKS, networks of VPC. */
const SERVICES: readonly string[] = ["ec2", "eks", "vpc"];

/** Limits from Service Quotas. The API does not tell the use: `used` is `null`, never zero. */
export function createAwsQuotas(open: () => Promise<AwsSession>): Quotas {
  return {
    async list({ scope, region }, ctx) {
      const session = await open();
      const client = await openQuotasClient(session, { region, account: await accountOf(session, scope, ctx) });
      const lists = await Promise.all(SERVICES.map((service) => readService(client, service, ctx)));
      return lists.flat();
    },
  };
}

/** The account's own limit goes before the default: what was never changed may be among the defaults alone. */
async function readService(client: QuotasClient, service: string, ctx: Ctx): Promise<readonly Quota[]> {
  const [defaults, applied] = await Promise.all([
    readAll("ListAWSDefaultServiceQuotas", (token) => client.listDefaultQuotas(service, token, ctx)).catch(
      noneIfRefused,
    ),
    readAll("ListServiceQuotas", (token) => client.listServiceQuotas(service, token, ctx)),
  ]);
  const byCode = new Map([...defaults, ...applied].map((quota) => [quota.code, quota]));
  return [...byCode.values()].map(({ code, name, unit, limit }) => ({
    metric: `${code} ${name}`.trim(),
    family: service,
    unit,
    limit,
    used: null,
  }));
}

/** Rights that were granted before the defaults were asked for still tell the account's own limits. */
function noneIfRefused(error: unknown): readonly AwsQuota[] {
  if (isCloudError(error, "denied") || isCloudError(error, "policy")) return [];
  throw error;
}

type ReadPage = (token: string | undefined) => ReturnType<QuotasClient["listServiceQuotas"]>;

function readAll(action: string, read: ReadPage): Promise<readonly AwsQuota[]> {
  return allPages(`aws service-quotas ${action}`, async (token) => {
    const { quotas, nextToken } = await read(token);
    return { items: quotas, nextToken };
  });
}
