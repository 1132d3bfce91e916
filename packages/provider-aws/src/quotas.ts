import type { Ctx, Quota, Quotas } from "@flotilla/core";
import { accountOf } from "./accounts.ts";
import { allPages } from "./all-pages.ts";
import type { AwsSession } from "./aws-session.ts";
import { openQuotasClient } from "./quotas-client.ts";

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

type Client = Awaited<ReturnType<typeof openQuotasClient>>;

async function readService(client: Client, service: string, ctx: Ctx): Promise<readonly Quota[]> {
  return allPages(`aws service-quotas ListServiceQuotas of ${service}`, async (token) => {
    const page = await client.listServiceQuotas(service, token, ctx);
    return {
      items: page.quotas.map((quota): Quota => ({ ...quota, family: service, used: null })),
      nextToken: page.nextToken,
    };
  });
}
