import { type Ctx, isCloudError, known, parseUsd, type Price, type PriceQuestion, unknownPrice } from "@flotilla/core";
import { accountOf } from "./accounts.ts";
import type { AwsSession } from "./aws-session.ts";
import { openEc2Client } from "./ec2-client.ts";
import type { Machine } from "./machine.ts";

/** Where a spot machine would run. */
interface SpotPlace {
  readonly region: string;
  readonly zone: string | null;
  /** Whose name of the zone it is: `eu-west-1a` is another building in another account. `null`: the credentials' own. */
  readonly accountId: string | null;
}

/** The latest price of the zone; without a zone the dearest of the region, so that no bill surprises. */
export function spotQuestion(
  session: AwsSession,
  place: SpotPlace,
  machine: Machine,
): Pick<PriceQuestion, "key" | "ask"> {
  const { region, zone, accountId } = place;
  return {
    key: `spot ${accountId ?? ""} ${region} ${zone ?? ""} ${machine.instanceType} ${machine.os}`,
    async ask(ctx) {
      try {
        return await latestPrice(session, place, machine, ctx);
      } catch (error) {
        // Roles that find clusters need no right to prices: our own keys tell the region's, though not which zone is which.
        if (accountId === null || !(isCloudError(error, "denied") || isCloudError(error, "policy"))) throw error;
        return latestPrice(session, { region, zone: null, accountId: null }, machine, ctx);
      }
    },
  };
}

async function latestPrice(
  session: AwsSession,
  { region, zone, accountId }: SpotPlace,
  machine: Machine,
  ctx: Ctx,
): Promise<Price> {
  const account = accountId === null ? {} : { account: await accountOf(session, accountId, ctx) };
  const ec2 = await openEc2Client(session, { region, ...account });
  const all = await ec2.spotPrices(machine, new Date(session.clock.nowMs()), ctx);
  const [dearest] = all
    .filter((price) => zone === null || price.zone === zone)
    .map(({ usdPerHour, atMs }) => ({ microUsd: parseUsd(`${usdPerHour} USD`), atMs }))
    .filter((price): price is { microUsd: number; atMs: number } => price.microUsd !== undefined)
    .sort((a, b) => b.microUsd - a.microUsd);
  if (dearest !== undefined) return known(dearest.microUsd, "aws-spot-history", dearest.atMs);
  return unknownPrice(`no spot price of ${machine.instanceType} with ${machine.os} in ${zone ?? region}`);
}
