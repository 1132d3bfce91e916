import {
  type Clock,
  type Ctx,
  isCloudError,
  known,
  type Offering,
  type Price,
  type Prices,
  unknownPrice,
  withDeadline,
} from "@flotilla/core";
import { beyondMachine } from "./beyond-machine.ts";
import { openBillingClient } from "./billing-client.ts";
import type { GcpSession } from "./gcp-session.ts";
import { createKept, type Kept } from "./kept.ts";
import { machineSize } from "./machine-type.ts";
import { indexCatalogue, type PriceCatalogue, priceOf } from "./price-catalogue.ts";
import { CONTROL_PLANE_PER_HOUR, FALLBACK_AS_OF_MS, FALLBACK_SOURCE, fallbackNodePrice } from "./price-fallback.ts";
import { rateOf } from "./rate-of.ts";
import { COMPUTE_SERVICE_ID, GKE_FEE_SKUS, GKE_SERVICE_ID } from "./sku-table.ts";

/** List prices and spot prices change at most once a day (Google: spot up to once every 30 days). */
const KEPT_MS = 12 * 60 * 60_000;
const SOURCE = "gcp-billing";
/** Left of the caller's time to say that there is no answer yet: whoever hears nothing asks this source no more. */
const TO_ANSWER_MS = 500;

/** Prices of Compute Engine nodes and GKE clusters: the public catalogue, else the dated table. */
export function createGcpPrices(open: () => GcpSession): Prices {
  let sources: Sources | undefined;
  return {
    perCluster: true, // whether it is Autopilot
    async quote(offering, ctx) {
      if (offering.provider !== "gcp") return unknownPrice(`gcp has no price for ${offering.provider}`);
      const { region } = offering;
      if (region === null) return unknownPrice("the region is unknown");
      sources ??= openSources(open());
      if (offering.kind === "controlPlane") return controlPlanePrice(sources, ctx);
      return nodePrice(sources, { ...offering, region }, ctx);
    },
  };
}

interface Sources {
  readonly clock: Clock;
  readonly catalogue: Kept<{ readonly prices: PriceCatalogue; readonly atMs: number }>;
  readonly fee: Kept<{ readonly microUsd: number | undefined; readonly atMs: number }>;
}

function openSources(session: GcpSession): Sources {
  const { clock } = session;
  const read = async (serviceId: string, ctx: Ctx) => (await openBillingClient(session)).listSkus(serviceId, ctx);
  return {
    clock,
    catalogue: createKept(clock, KEPT_MS, async (ctx) => ({
      prices: indexCatalogue(await read(COMPUTE_SERVICE_ID, ctx)),
      atMs: clock.nowMs(),
    })),
    fee: createKept(clock, KEPT_MS, async (ctx) => {
      const skus = await read(GKE_SERVICE_ID, ctx);
      const sku = GKE_FEE_SKUS.map((id) => skus.find(({ skuId }) => skuId === id)).find((found) => found !== undefined);
      const nanos = sku === undefined ? undefined : rateOf(sku);
      return { microUsd: nanos === undefined ? undefined : Math.round(nanos / 1000), atMs: clock.nowMs() };
    }),
  };
}

type NodeOffering = Extract<Offering, { kind: "node" }> & { readonly region: string };

async function nodePrice(sources: Sources, offering: NodeOffering, ctx: Ctx): Promise<Price> {
  const { instanceType, purchase, region } = offering;
  const missing = beyondMachine(offering);
  if (missing !== undefined) return unknownPrice(`gcp: ${missing}; a price file can tell the whole`);
  if (instanceType === null) return unknownPrice("the machine type is unknown");
  if (purchase === "unknown") return unknownPrice("how the machine is paid for is unknown");
  const size = machineSize(instanceType);
  if (size === undefined)
    return unknownPrice(`gcp: ${instanceType} is priced by more than vCPU and memory, or is not known`);
  const fallback = purchase === "onDemand" ? fallbackNodePrice(region, size) : undefined;
  const { clock, catalogue: kept } = sources;
  return orFallback({ clock, kept, fallback }, ctx, ({ prices, atMs }) => {
    const microUsd = priceOf(prices, size, region, purchase);
    if (microUsd !== undefined) return known(microUsd, SOURCE, atMs);
    return unknownPrice(`the price catalogue has no ${instanceType} (${purchase}) in ${region}`);
  });
}

/** One fee everywhere: zonal, regional and Autopilot clusters cost the same. */
async function controlPlanePrice(sources: Sources, ctx: Ctx): Promise<Price> {
  const { clock, fee: kept } = sources;
  return orFallback({ clock, kept, fallback: CONTROL_PLANE_PER_HOUR }, ctx, ({ microUsd, atMs }) =>
    microUsd === undefined ? unknownPrice("the price catalogue has no GKE fee") : known(microUsd, SOURCE, atMs),
  );
}

/** The dated price where the catalogue has none, refuses, or is not read by the time the caller needs an answer. */
async function orFallback<T>(
  { fallback, ...source }: Source<T> & { readonly fallback: number | undefined },
  ctx: Ctx,
  priceIn: (catalogue: T) => Price,
): Promise<Price> {
  const price = await inTime(source, ctx, priceIn);
  if (price.known || fallback === undefined) return price;
  return known(fallback, FALLBACK_SOURCE, FALLBACK_AS_OF_MS);
}

interface Source<T> {
  readonly clock: Clock;
  readonly kept: Kept<T>;
}

async function inTime<T>({ clock, kept }: Source<T>, ctx: Ctx, priceIn: (catalogue: T) => Price): Promise<Price> {
  const { deadlineMs } = ctx;
  using patient = deadlineMs === undefined ? undefined : withDeadline(ctx, clock, deadlineMs - TO_ANSWER_MS);
  try {
    return priceIn(await kept.get(patient ?? ctx));
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (patient?.signal.aborted === true) {
      const last = kept.last();
      return last === undefined ? unknownPrice("the price catalogue is still being read; ask again") : priceIn(last);
    }
    if (!isCloudError(error)) throw error;
    return unknownPrice(error.message);
  }
}
