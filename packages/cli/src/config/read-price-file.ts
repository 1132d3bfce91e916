import { createPriceList, parseUsd, type Document, type PriceListItem, type Prices } from "@flotilla/core";
import { onlyDocument, parseDocument } from "./parse-document.ts";
import { priceListJsonSchema, priceListSchema, type PriceItem } from "./price-list-schema.ts";

/** A price file's prices. `file` is what each price names as its source. @throws InputError */
export function readPriceFile(file: string, documents: readonly Document[]): Prices {
  const document = onlyDocument(file, documents, "PriceList");
  const kind = { schema: priceListSchema(), jsonSchema: priceListJsonSchema() };
  return createPriceList(parseDocument(document, kind).items.map(toItem), file);
}

function toItem({ nodePerHour, controlPlanePerHour, asOf, ...conditions }: PriceItem): PriceListItem {
  const node = parseUsd(nodePerHour ?? "");
  const controlPlane = parseUsd(controlPlanePerHour ?? "");
  return {
    ...conditions,
    ...(node === undefined ? {} : { nodePerHour: node }),
    ...(controlPlane === undefined ? {} : { controlPlanePerHour: controlPlane }),
    asOfMs: Date.parse(asOf),
  };
}
