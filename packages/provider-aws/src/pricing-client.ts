import { type Ctx, isJsonObject } from "@flotilla/core";
import { allPages } from "./all-pages.ts";
import { type AwsSession, sdkConfig, send } from "./aws-session.ts";
import { requiredPart } from "./required-part.ts";

/** The one call of the price list API. */
export interface PricingClient {
  /** Hourly on-demand prices of the products that match all filters, as decimal text in USD. */
  hourlyPrices(service: string, filters: Readonly<Record<string, string>>, ctx: Ctx): Promise<readonly ListedPrice[]>;
}

export interface ListedPrice {
  readonly usdPerHour: string;
  readonly usageType: string;
}

export async function openPricingClient(session: AwsSession, region: string): Promise<PricingClient> {
  const sdk = await import("@aws-sdk/client-pricing");
  const place = { region };
  const client = new sdk.PricingClient(sdkConfig(session, "pricing", place));
  return {
    async hourlyPrices(service, filters, ctx) {
      const terms = Object.entries(filters).map(([Field, Value]) => ({ Type: "TERM_MATCH" as const, Field, Value }));
      const products = await allPages(`aws pricing GetProducts of ${service}`, async (token) => {
        const command = new sdk.GetProductsCommand({
          ServiceCode: service,
          Filters: terms,
          ...(token === undefined ? {} : { NextToken: token }),
        });
        const page = await send(
          session,
          { service: "pricing", action: "GetProducts", place },
          (abortSignal) => client.send(command, { abortSignal }),
          ctx,
        );
        return { items: requiredPart(page.PriceList, "pricing GetProducts", "PriceList"), nextToken: page.NextToken };
      });
      return products.flatMap((text) => readProduct(String(text)));
    },
  };
}

/** Each product is a JSON text of its own. One that cannot be read is left out: a price is either there or unknown. */
function readProduct(text: string): readonly ListedPrice[] {
  const product = parse(text);
  const usageType = textAt(product, ["product", "attributes", "usagetype"]) ?? "";
  const terms = objectAt(product, ["terms", "OnDemand"]);
  return Object.values(terms).flatMap((term) => {
    return Object.values(objectAt(term, ["priceDimensions"])).flatMap((dimension) => {
      const usdPerHour = textAt(dimension, ["pricePerUnit", "USD"]);
      const isHourly = /^(hrs|hours)$/i.test(textAt(dimension, ["unit"]) ?? "");
      if (usdPerHour === undefined || !isHourly) return [];
      return [{ usdPerHour, usageType }];
    });
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function objectAt(value: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  const found = at(value, path);
  return isJsonObject(found) ? found : {};
}

function textAt(value: unknown, path: readonly string[]): string | undefined {
  const found = at(value, path);
  return typeof found === "string" ? found : undefined;
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isJsonObject(inner) ? inner[key] : undefined), value);
}
