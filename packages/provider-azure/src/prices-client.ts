import { type Ctx, isJsonObject } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";
import type { AzureSession } from "./azure-session.ts";
import { PRICES_ORIGIN } from "./hosts.ts";
import { type PageFormat, readPage } from "./read-page.ts";

/** The one call of the retail price API. It takes no credentials and gets none. */
export interface PricesClient {
  /** Every item that matches all terms (exactly, with case), over all pages. */
  listItems(terms: Readonly<Record<string, string>>, region: string, ctx: Ctx): Promise<readonly RetailItem[]>;
}

/** What we read of an item. */
export interface RetailItem {
  readonly armSkuName: string;
  readonly skuName: string;
  readonly productName: string;
  readonly meterName: string;
  readonly type: string;
  readonly unitOfMeasure: string;
  readonly currencyCode: string;
  /** USD. A JSON number: at most six digits behind the point are meant. */
  readonly retailPrice: number;
  readonly effectiveAtMs: number | null;
  /** From how many units on the price holds: 0 but for the later bands of a tiered one. */
  readonly fromUnits: number;
}

const API_VERSION = "2023-01-01-preview";
const FORMAT: PageFormat = { items: "Items", nextLink: "NextPageLink", withToken: false };

/** Opens the client; nothing is asked before the first call. */
export async function openPricesClient(session: AzureSession): Promise<PricesClient> {
  return {
    async listItems(terms, region, ctx) {
      const filter = Object.entries(terms)
        .map(([name, value]) => `${name} eq '${value.replaceAll("'", "''")}'`)
        .join(" and ");
      const query = new URLSearchParams({ "api-version": API_VERSION, $filter: filter });
      const items: RetailItem[] = [];
      await eachPage("azure retailPrices.list", async (link) => {
        const url = link ?? `${PRICES_ORIGIN}/api/retail/prices?${query.toString()}`;
        const call = { action: "retailPrices.list", subscription: "", region };
        const page = await readPage(session, call, { url, format: FORMAT }, ctx);
        items.push(...page.items.flatMap(toItem));
        return page.nextLink;
      });
      return items;
    },
  };
}

/** An item that cannot be read is left out: a price is either there or unknown. */
function toItem(item: unknown): readonly RetailItem[] {
  if (!isJsonObject(item) || typeof item["retailPrice"] !== "number") return [];
  const text = (name: string): string => (typeof item[name] === "string" ? item[name] : "");
  const effectiveAtMs = Date.parse(text("effectiveStartDate"));
  return [
    {
      armSkuName: text("armSkuName"),
      skuName: text("skuName"),
      productName: text("productName"),
      meterName: text("meterName"),
      type: text("type"),
      unitOfMeasure: text("unitOfMeasure"),
      currencyCode: text("currencyCode"),
      retailPrice: item["retailPrice"],
      effectiveAtMs: Number.isNaN(effectiveAtMs) ? null : effectiveAtMs,
      fromUnits: typeof item["tierMinimumUnits"] === "number" ? item["tierMinimumUnits"] : 0,
    },
  ];
}
