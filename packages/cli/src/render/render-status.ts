import type { Health } from "@flotilla/scheduler";
import type { StatusView, WorkloadStatusView } from "../output/status-view.ts";
import { createClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";
import { renderGapPlaces } from "./render-gaps.ts";
import type { Style } from "./style.ts";
import type { Column } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { title: "CLUSTER", shrinkTo: 16 },
  { title: "HEALTH" },
  { title: "READY", align: "right" },
  { title: "MESSAGE", shrinkTo: 20 },
];

/** How each workload is doing, as a whole and cluster by cluster. */
export function renderStatus(page: Page, view: StatusView): void {
  if (view.workloads.length === 0) page.line("Nothing placed by this fleet was found.");
  for (const [index, workload] of view.workloads.entries()) {
    if (index > 0) page.line();
    renderWorkloadStatus(page, workload);
  }
  renderGapPlaces(page, view.gaps);
}

export function renderWorkloadStatus(
  page: Page,
  { ref, replicas, health, clusters, objects }: WorkloadStatusView,
): void {
  const { style } = page;
  const { desired, ready, updated, available } = replicas;
  const counts =
    desired === 0 && ready === 0 ? "" : `, ${ready} of ${desired} ready, ${updated} updated, ${available} available`;
  page.line(`${style.bold(plain(refText(ref)))}: ${paintHealth(style, health)(health)}${counts}`);
  const names = createClusterNames(clusters.map(({ cluster }) => cluster));
  const rows = clusters.map((each) => [
    names.of(each.cluster),
    { text: each.health, paint: paintHealth(style, each.health) },
    `${each.ready}/${each.replicas}`,
    names.inText(each.message),
  ]);
  if (rows.length > 0) page.table(COLUMNS, rows, "  ");
  for (const object of objects.filter((each) => each.health !== "healthy")) {
    const where = object.clusters.filter((each) => each.health !== "healthy");
    const text = where.map((each) => names.inText(`${each.cluster}: ${each.message}`)).join("; ");
    page.line(
      `  ${paintHealth(style, object.health)(`${plain(refText(object.ref))} ${object.health}`)} ${style.dim(text)}`,
    );
  }
}

function paintHealth(style: Style, health: Health): (text: string) => string {
  if (health === "healthy") return style.good;
  return health === "failed" || health === "missing" ? style.bad : style.warn;
}
