import type { GapView } from "../output/gap-view.ts";
import type { ClusterNames } from "./cluster-names.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";

/** What could not be looked at and why, a line each, so that nobody takes it for gone. */
export function renderGaps(page: Page, gaps: readonly GapView[], names: ClusterNames): void {
  for (const gap of gaps) {
    page.line(page.style.warn(`! could not look at ${placeOf(gap)}: ${names.inText(gap.message)} (${gap.kind})`));
  }
}

/** The places alone, where they are not what was asked about. */
export function renderGapPlaces(page: Page, gaps: readonly GapView[]): void {
  for (const gap of gaps) {
    page.line(page.style.warn(`! could not look at ${placeOf(gap)} (${gap.kind}); flotilla discover says why`));
  }
}

function placeOf({ provider, scope, region, cluster }: GapView): string {
  return plain(cluster ?? [provider, scope, region].filter((part) => part !== null && part !== "").join(" "));
}
