import { createPriceList, parseUsd, type Document, type PriceListItem, type Prices } from "@flotilla/core";
import type { NamedCluster } from "@flotilla/scheduler";
import { namedClusters } from "./named-clusters.ts";
import { onlyDocument, parseDocument } from "./parse-document.ts";
import { priceListJsonSchema, priceListSchema, type PriceItem } from "./price-list-schema.ts";

export interface PriceFile {
  readonly prices: Prices;
  readonly namedClusters: readonly NamedCluster[];
}

/** A price file's prices, and the clusters it names. `file` is what each price names as its source. @throws InputError */
export function readPriceFile(file: string, documents: readonly Document[]): PriceFile {
  const document = onlyDocument(file, documents, "PriceList");
  const kind = { schema: priceListSchema(), jsonSchema: priceListJsonSchema() };
  const { items } = parseDocument(document, kind);
  return {
    prices: createPriceList(items.map(toItem), file),
    namedClusters: items.flatMap(({ clusters }, index) =>
      namedClusters(clusters, document, ["items", index, "clusters"]),
    ),
  };
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
