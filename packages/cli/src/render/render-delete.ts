import type { DeleteView } from "../output/delete-view.ts";
import { createClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import type { Page } from "./page.ts";
import { count, plain } from "./plain.ts";

/** What was deleted where, what was left and why. */
export function renderDelete(page: Page, view: DeleteView, nextCommand: string): void {
  const { style } = page;
  const names = createClusterNames([...view.clusters, ...view.removals].map(({ cluster }) => cluster));
  const rows = view.clusters.map(({ cluster, outcome, message }) => {
    const deleted = view.removals.filter((removal) => removal.cluster === cluster && removal.outcome === "deleted");
    const paint = outcome === "done" ? style.good : style.bad;
    return [names.of(cluster), { text: outcome, paint }, String(deleted.length), names.inText(message ?? "")];
  });
  const columns = [
    { title: "CLUSTER", shrinkTo: 16 },
    { title: "OUTCOME" },
    { title: "DELETED", align: "right" as const },
    { title: "MESSAGE", shrinkTo: 20 },
  ];
  if (rows.length > 0) page.table(columns, rows);
  for (const removal of view.removals.filter(({ outcome }) => outcome !== "deleted" && outcome !== "absent")) {
    const text = `${refText(removal)} on ${names.of(removal.cluster)}: ${removal.outcome}`;
    page.line(style.warn(names.inText(removal.message === undefined ? text : `${text}: ${removal.message}`)));
  }
  for (const missing of view.notFound)
    page.line(style.dim(`${plain(missing)}: nothing of this name was placed by this fleet`));
  page.line(closing(page, view, nextCommand));
}

function closing(page: Page, { outcome, workloads }: DeleteView, nextCommand: string): string {
  if (outcome === "done") return page.style.good(`Done: ${count(workloads.length, "workload")} deleted.`);
  return page.style.warn(
    `${outcome === "interrupted" ? "Interrupted" : "Partly done"}. Run it again to finish: ${plain(nextCommand)}`,
  );
}
