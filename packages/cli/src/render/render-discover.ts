import { describeCpu, describeMemory } from "@flotilla/core";
import type { AmountsView, ClusterView, DiscoverView } from "../output/discover-view.ts";
import { createClusterNames, type ClusterNames } from "./cluster-names.ts";
import { dollars } from "./money.ts";
import type { Page } from "./page.ts";
import { count } from "./plain.ts";
import type { Column } from "./table.ts";
import { renderGaps } from "./render-gaps.ts";

const COLUMNS: readonly Column[] = [
  { title: "CLUSTER", shrinkTo: 16 },
  { title: "CLOUD" },
  { title: "REGION", shrinkTo: 8 },
  { title: "PHASE" },
  { title: "VERSION", shrinkTo: 7 },
  { title: "NODES", align: "right" },
  { title: "CPU FREE", align: "right" },
  { title: "MEMORY FREE", align: "right" },
  { title: "PODS FREE", align: "right" },
  { title: "PRICE/H", align: "right" },
];

const UNKNOWN = "?";

/** The fleet as a table, what could not be seen below it. */
export function renderDiscover(page: Page, view: DiscoverView): void {
  const { style } = page;
  const names = createClusterNames(view.clusters.map(({ id }) => id));
  page.table(
    COLUMNS,
    view.clusters.map((cluster) => row(page, cluster, names)),
  );
  page.line();
  page.line(summary(view));
  const notes = view.clusters.flatMap((cluster) =>
    notesOf(cluster).map((note) => names.inText(`${cluster.id}: ${note}`)),
  );
  for (const note of notes) page.line(style.warn(`! ${note}`));
  renderGaps(page, view.gaps, names);
}

function row(page: Page, cluster: ClusterView, names: ClusterNames) {
  const { style } = page;
  const paint =
    cluster.problem !== undefined || cluster.phase === "failed"
      ? style.bad
      : cluster.phase === "ready"
        ? style.good
        : style.warn;
  return [
    names.of(cluster.id),
    cluster.provider,
    cluster.region ?? UNKNOWN,
    { text: cluster.phase, paint },
    cluster.kubernetesVersion ?? UNKNOWN,
    cluster.nodes === null ? UNKNOWN : String(cluster.nodes),
    free(cluster, "cpuMilli", describeCpu),
    free(cluster, "memoryBytes", describeMemory),
    free(cluster, "pods", String),
    cluster.pricePerHourUsd === null ? UNKNOWN : dollars(cluster.pricePerHourUsd),
  ];
}

function free(cluster: ClusterView, amount: keyof AmountsView, describe: (value: number) => string): string {
  if (cluster.capacity === null || cluster.requested === null) return UNKNOWN;
  return describe(Math.max(0, cluster.capacity[amount] - cluster.requested[amount]));
}

function summary({ clusters, gaps }: DiscoverView): string {
  const readable = clusters.filter(({ problem }) => problem === undefined).length;
  const unread = clusters.length - readable;
  const parts = [
    count(clusters.length, "cluster"),
    unread > 0 ? `${unread} of them cannot be read` : "",
    gaps.length > 0 ? count(gaps.length, "gap") : "",
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function notesOf({ problem, capacityProblem, priceProblem, warnings, aliasIds }: ClusterView): readonly string[] {
  if (problem !== undefined) return [`cannot be read: ${problem.message} (${problem.kind})`];
  return [
    ...(capacityProblem === undefined ? [] : [`capacity unknown: ${capacityProblem}`]),
    ...(priceProblem === null || capacityProblem !== undefined ? [] : [`price unknown: ${priceProblem}`]),
    ...(aliasIds.length === 0 ? [] : [`also known as ${aliasIds.join(", ")}`]),
    ...warnings,
  ];
}
