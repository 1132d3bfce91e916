import type { Purchase } from "@flotilla/core";
import type { BillingSku } from "./billing-client.ts";
import { SKU_TABLE, type SkuMeaning } from "./sku-table.ts";

/** How the catalogue writes the families, word for word; a custom type's is written apart and dearer. */
const PHRASES: Readonly<Record<string, string>> = {
  "N1 Predefined Instance": "n1",
  "Custom Instance": "n1-custom",
  "E2 Instance": "e2",
  "E2 Custom Instance": "e2-custom",
  "N2 Instance": "n2",
  "N2 Custom Instance": "n2-custom",
  "N2D AMD Instance": "n2d",
  "N2D AMD Custom Instance": "n2d-custom",
  "N4 Instance": "n4",
  "N4 Custom Instance": "n4-custom",
  "T2D AMD Instance": "t2d",
  "T2A Arm Instance": "t2a",
  "Compute optimized": "c2",
  "C2D AMD Instance": "c2d",
  "C3 Instance": "c3",
  "C3D Instance": "c3d",
  "C4 Instance": "c4",
  "C4A Arm Instance": "c4a",
  "C4D Instance": "c4d",
  "H3 Instance": "h3",
};

const USAGE: Readonly<Record<string, Purchase>> = { OnDemand: "onDemand", Preemptible: "spot" };
const UNITS = { core: "h", memory: "GiBy.h" } as const;

/**
 * What a SKU prices. By its id where that is known. Else by its structured fields (family Compute, usage type, unit), and only
 * then by the whole description, which must say exactly a family, Core or Ram, and a place: the catalogue has no field for the
 * machine family. Sole tenancy, commitments, GPUs, DWS and whatever else is there say more than that, and are left out.
 */
export function meaningOf(sku: BillingSku): SkuMeaning | undefined {
  const known = SKU_TABLE.get(sku.skuId ?? "");
  if (known !== undefined) return known;
  const { resourceFamily, usageType } = sku.category ?? {};
  const purchase = USAGE[usageType ?? ""];
  if (resourceFamily !== "Compute" || purchase === undefined) return undefined;
  const [, spot, phrase = "", part] =
    /^((?:Spot )?Preemptible )?(.+) (Core|Ram) running in [A-Z][\p{L}'(). -]+$/u.exec(sku.description ?? "") ?? [];
  const family = PHRASES[phrase];
  const resource = part === "Core" ? "core" : "memory";
  if (family === undefined || (spot !== undefined) !== (purchase === "spot") || !hasUnit(sku, UNITS[resource]))
    return undefined;
  return { family, resource, purchase };
}

function hasUnit(sku: BillingSku, unit: string): boolean {
  const told = sku.pricingInfo?.[0]?.pricingExpression?.usageUnit ?? "";
  return told === "" || told === unit;
}
