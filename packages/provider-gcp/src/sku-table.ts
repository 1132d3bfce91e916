import type { Purchase } from "@flotilla/core";

/** What one SKU of the catalogue is the price of. */
export interface SkuMeaning {
  /** As `machineSize` names it. */
  readonly family: string;
  readonly resource: "core" | "memory";
  readonly purchase: Purchase;
}

const AMERICAS: readonly (readonly [family: string, core: string, memory: string])[] = [
  ["n1", "2E27-4F75-95CD", "6C71-E844-38BC"],
  ["n2", "BB77-5FDA-69D9", "5B01-D157-A097"],
  ["n2d", "A03E-E620-7389", "5535-6D2D-4B50"],
  ["e2", "CF4E-A0C7-E3BF", "F449-33EC-A5EF"],
  ["c3", "E4AE-E326-889C", "071C-145A-16E0"],
  ["t2d", "EFE6-E23C-19CB", "FB05-036A-8982"],
];

/**
 * Ids that are known by themselves; their description does not count. Source: published SKU lists of Compute Engine, read
 * September 2026. Ids are per group of regions, so most regions' are not here: see `meaningOf` for those.
 */
export const SKU_TABLE: ReadonlyMap<string, SkuMeaning> = new Map([
  ...AMERICAS.flatMap(([family, core, memory]) => pair(family, core, memory, "onDemand")),
  ...pair("t2d", "E7FF-A0FB-FA82", "48AB-89F5-9112", "spot"),
  ...pair("e2", "F362-BA10-04D7", "699E-FF84-4093", "onDemand"), // Montreal
]);

/** The management fee of a cluster: service and SKUs of Google Kubernetes Engine, regional and zonal. */
export const GKE_SERVICE_ID = "CCD8-9BF1-090E";
export const GKE_FEE_SKUS: readonly string[] = ["B561-BFBD-1264", "6B92-A835-08AB"];
export const COMPUTE_SERVICE_ID = "6F81-5844-456A";

function pair(
  family: string,
  core: string,
  memory: string,
  purchase: Purchase,
): readonly (readonly [string, SkuMeaning])[] {
  return [
    [core, { family, resource: "core", purchase }],
    [memory, { family, resource: "memory", purchase }],
  ];
}
