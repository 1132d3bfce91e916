import type { Clock } from "../async/clock.ts";
import { untilAborted } from "../async/until-aborted.ts";
import { withTimeout } from "../async/with-timeout.ts";
import type { NodeShape } from "../cluster/cluster-capacity.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { failureOf } from "../errors/failure-of.ts";
import { canonicalJson } from "../json/canonical-json.ts";
import type { ClusterPrices } from "../money/cluster-prices.ts";
import type { Price } from "../money/price.ts";
import { unknownPrice } from "../money/usd.ts";
import type { Ctx } from "../provider/ctx.ts";
import type { Offering, Prices } from "../provider/prices.ts";
import type { ObservedCluster } from "./observe-cluster.ts";

/** Answers each question once: a fleet has few kinds of machines and many clusters. */
export type PriceBook = (offering: Offering) => Promise<Price>;

/** Prices every node shape of a cluster and its control plane. */
export async function priceCluster({ cluster, capacity }: ObservedCluster, book: PriceBook): Promise<ClusterPrices> {
  const shapes = capacity?.shapes ?? [];
  const [controlPlanePerHour, ...nodePerHour] = await Promise.all([
    book(controlPlaneOffering(cluster)),
    ...shapes.map((shape) => book(nodeOffering(cluster, shape))),
  ]);
  return { controlPlanePerHour, nodePerHour };
}

function nodeOffering(cluster: Cluster, shape: NodeShape): Offering {
  return {
    kind: "node",
    provider: shape.provider ?? cluster.provider,
    region: shape.region ?? cluster.region,
    zone: shape.zone,
    instanceType: shape.instanceType,
    purchase: shape.purchase,
    nodeLabels: shape.labels,
    ...member(cluster),
  };
}

function controlPlaneOffering(cluster: Cluster): Offering {
  const { provider, region, supportTier } = cluster;
  const tier = supportTier === undefined ? {} : { supportTier };
  return { kind: "controlPlane", provider, region, ...tier, ...member(cluster) };
}

function member(cluster: Cluster): Pick<Offering, "clusterId" | "clusterName" | "labels" | "cluster"> {
  return { clusterId: cluster.id, clusterName: cluster.name, labels: cluster.labels, cluster };
}

/**
 * Asks the sources in order until one knows. An answer is kept for the rest of the call: per member where the source says
 * that it matters, else per offering. A source that lets a question time out is not asked again: the rest must not wait for it.
 */
export function createPriceBook(
  deps: { readonly prices: readonly Prices[]; readonly clock: Clock },
  timeoutMs: number,
  ctx: Ctx,
): PriceBook {
  const pages = deps.prices.map((prices) => createPage(prices, deps.clock, timeoutMs, ctx));
  return async (offering) => {
    const reasons: string[] = [];
    for (const page of pages) {
      const price = await page(offering);
      if (price.known) return price;
      reasons.push(price.reason);
    }
    return unknownPrice(reasons.length === 0 ? "no price source is configured" : [...new Set(reasons)].join("; "));
  };
}

function createPage(prices: Prices, clock: Clock, timeoutMs: number, ctx: Ctx): PriceBook {
  const answers = new Map<string, Promise<Price>>();
  const state: { silence?: string } = {};
  return (offering) => {
    if (state.silence !== undefined) return Promise.resolve(unknownPrice(state.silence));
    const key = questionKey(offering, prices.perCluster === true);
    const kept = answers.get(key);
    if (kept !== undefined) return kept;
    const answer = ask(prices, offering, { clock, timeoutMs, state }, ctx);
    answers.set(key, answer);
    return answer;
  };
}

async function ask(
  prices: Prices,
  offering: Offering,
  {
    clock,
    timeoutMs,
    state,
  }: { readonly clock: Clock; readonly timeoutMs: number; readonly state: { silence?: string } },
  ctx: Ctx,
): Promise<Price> {
  using timed = withTimeout(ctx, clock, timeoutMs);
  try {
    // Called inside the try and through a promise: a source that throws at once is a source without an answer.
    return checked(
      await untilAborted(
        Promise.try(() => prices.quote(offering, timed)),
        timed.signal,
      ),
    );
  } catch (error) {
    if (ctx.signal.aborted) throw ctx.signal.reason;
    const reason = `a price source failed: ${failureOf(error).message}`;
    if (timed.signal.aborted) state.silence = reason;
    return unknownPrice(reason);
  }
}

/** A price that cannot be one would win every comparison by cost. */
function checked(price: Price): Price {
  if (!price.known || (Number.isSafeInteger(price.microUsd) && price.microUsd >= 0)) return price;
  return unknownPrice(`${price.source} gave an impossible price of ${price.microUsd} micro-USD`);
}

function questionKey(offering: Offering, perCluster: boolean): string {
  const { clusterId, clusterName: _name, labels: _labels, cluster: _cluster, ...machine } = offering;
  return canonicalJson(perCluster ? { clusterId, ...machine } : machine);
}
