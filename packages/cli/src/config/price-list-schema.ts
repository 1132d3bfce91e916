import { parseUsd, type ClusterSelector } from "@flotilla/core";
import * as z from "zod";
import { CONFIG_API_VERSION } from "./config.ts";
import { clusterSelectorSchema } from "./selector-schema.ts";

/** `prices.yaml` as written. */
export interface PriceListDocument {
  readonly apiVersion: typeof CONFIG_API_VERSION;
  readonly kind: "PriceList";
  readonly metadata?: { readonly name?: string };
  readonly items: readonly PriceItem[];
}

export interface PriceItem {
  readonly clusters?: ClusterSelector;
  readonly instanceType?: string;
  readonly region?: string;
  readonly purchase?: "onDemand" | "spot";
  readonly nodePerHour?: string;
  readonly controlPlanePerHour?: string;
  readonly asOf: string;
}

export function priceListSchema(): z.ZodType<PriceListDocument> {
  const usd = z.string().refine((text) => parseUsd(text) !== undefined, 'expected an amount such as "0.192 USD"');
  return z.strictObject({
    apiVersion: z.literal(CONFIG_API_VERSION),
    kind: z.literal("PriceList"),
    metadata: z.exactOptional(z.strictObject({ name: z.exactOptional(z.string()) })),
    items: z.array(
      z
        .strictObject({
          clusters: z.exactOptional(clusterSelectorSchema()),
          instanceType: z.exactOptional(z.string().min(1)),
          region: z.exactOptional(z.string().min(1)),
          purchase: z.exactOptional(z.enum(["onDemand", "spot"])),
          nodePerHour: z.exactOptional(usd).describe('Of one node, for example "0.192 USD".'),
          controlPlanePerHour: z.exactOptional(usd).describe("Of one cluster's control plane."),
          asOf: z.iso.date("expected a date such as 2026-11-01").describe("The day the price was true."),
        })
        .refine(
          (item) => item.nodePerHour !== undefined || item.controlPlanePerHour !== undefined,
          "expected nodePerHour, controlPlanePerHour or both",
        ),
    ),
  });
}

export function priceListJsonSchema(): unknown {
  return z.toJSONSchema(priceListSchema());
}
