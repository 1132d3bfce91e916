import type { GapView } from "../output/gap-view.ts";
import type { ClusterNames } from "./cluster-names.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";

/** What could not be looked at, a line each, so that nobody takes it for gone. */
export function renderGaps(page: Page, gaps: readonly GapView[], names: ClusterNames): void {
  for (const gap of gaps) {
    const place = [gap.provider, gap.scope, gap.region].filter((part) => part !== null && part !== "").join(" ");
    page.line(page.style.warn(`! could not look at ${plain(place)}: ${names.inText(gap.message)} (${gap.kind})`));
  }
}
