import type { ApplyView, ObjectResultView } from "../output/apply-view.ts";
import { createClusterNames, type ClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import type { Page } from "./page.ts";
import { count, plain } from "./plain.ts";
import { renderWorkloadStatus } from "./render-status.ts";

/** What an apply did, what it could not do, and what to do about it. */
export function renderApply(page: Page, view: ApplyView, nextCommand: string): void {
  const { style } = page;
  if (view.refusals.length > 0) {
    page.line(style.bad("Nothing was changed:"));
    for (const { message } of view.refusals) page.line(`  - ${plain(message)}`);
    return;
  }
  const names = createClusterNames([...view.clusters, ...view.objects, ...view.removals].map(({ cluster }) => cluster));
  renderClusters(page, view, names);
  for (const { cluster, message } of view.clusters) {
    if (message !== undefined) page.line(style.warn(`! ${names.inText(`${cluster}: ${message}`)}`));
  }
  for (const object of view.objects) renderTrouble(page, object, names);
  for (const removal of view.removals) {
    if (removal.message !== undefined) {
      page.line(
        style.dim(names.inText(`${refText(removal)} on ${removal.cluster} ${removal.outcome}: ${removal.message}`)),
      );
    }
  }
  for (const workload of view.workloads) {
    page.line();
    renderWorkloadStatus(page, workload);
  }
  for (const warning of view.warnings) page.line(style.warn(`! ${names.inText(warning)}`));
  for (const each of view.running) page.line(style.warn(`goes on by itself: ${names.inText(each)}`));
  page.line();
  page.line(closing(page, view, nextCommand));
}

const OUTCOMES = [
  "created",
  "changed",
  "unchanged",
  "conflict",
  "foreign",
  "invalid",
  "failed",
  "skipped",
  "pending",
] as const;

/** One line per cluster, one column per outcome that there is. */
function renderClusters(page: Page, view: ApplyView, names: ClusterNames): void {
  const outcomes = OUTCOMES.filter((outcome) => view.objects.some((object) => object.outcome === outcome));
  const hasRemovals = view.removals.length > 0;
  page.table(
    [
      { title: "CLUSTER", shrinkTo: 16 },
      { title: "OUTCOME" },
      ...outcomes.map((outcome) => ({ title: outcome.toUpperCase(), align: "right" as const })),
      ...(hasRemovals ? [{ title: "REMOVED", align: "right" as const }] : []),
    ],
    view.clusters.map(({ cluster, outcome }) => {
      const here = view.objects.filter((object) => object.cluster === cluster);
      const gone = view.removals.filter((removal) => removal.cluster === cluster && removal.outcome === "deleted");
      return [
        names.of(cluster),
        { text: outcome, paint: outcome === "done" ? page.style.good : page.style.bad },
        ...outcomes.map((each) => String(here.filter((object) => object.outcome === each).length)),
        ...(hasRemovals ? [String(gone.length)] : []),
      ];
    }),
  );
}

function renderTrouble(page: Page, object: ObjectResultView, names: ClusterNames): void {
  if (object.outcome === "created" || object.outcome === "changed" || object.outcome === "unchanged") return;
  const what = `${refText(object)} on ${object.cluster}: ${object.outcome}`;
  page.line(page.style.bad(`! ${names.inText(object.message === undefined ? what : `${what}: ${object.message}`)}`));
}

function closing(page: Page, view: ApplyView, nextCommand: string): string {
  const { style } = page;
  const writes = view.objects.filter(({ outcome }) => outcome === "created" || outcome === "changed").length;
  const removals = view.removals.filter(({ outcome }) => outcome === "deleted").length;
  const done = [
    writes === 0 ? "" : `${count(writes, "object")} written`,
    removals === 0 ? "" : `${count(removals, "object")} taken away`,
  ].filter((part) => part !== "");
  const hasConflict = view.objects.some(({ outcome }) => outcome === "conflict");
  const hasForeign = view.objects.some(({ outcome }) => outcome === "foreign");
  const hasInvalid = view.objects.some(({ outcome }) => outcome === "invalid");
  const hints = [
    hasConflict ? "--force-conflicts takes the fields over" : "",
    hasForeign ? "--adopt takes the objects over" : "",
    hasInvalid ? "what is invalid has to be corrected in the manifests" : "",
  ].filter((hint) => hint !== "");
  switch (view.outcome) {
    case "done":
      return style.good(
        writes + removals === 0 ? "Everything is as planned; nothing had to be written." : `Done: ${done.join(", ")}.`,
      );
    case "refused": {
      const first = done.length === 0 ? "Refused." : `Refused in part; done: ${done.join(", ")}.`;
      return style.bad([first, ...hints.map((hint) => `${hint}.`)].join(" "));
    }
    case "partial":
      return style.warn(
        `Partly done${hints.length === 0 ? "" : ` (${hints.join("; ")})`}. Run it again to continue: ${plain(nextCommand)}`,
      );
    case "interrupted":
      return style.warn(`Interrupted. Run it again to continue: ${plain(nextCommand)}`);
  }
}
