import type { CandidateExplanation } from "@flotilla/scheduler";
import { isRefused, type PlacementView, type PlannedWorkloadView, type PlanView } from "../output/plan-view.ts";
import { createClusterNames, type ClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import { dollars } from "./money.ts";
import type { Page } from "./page.ts";
import { count, fewOf, plain } from "./plain.ts";
import type { Column } from "./table.ts";

const COLUMNS: readonly Column[] = [
  { title: "CLUSTER", shrinkTo: 16 },
  { title: "REPLICAS", align: "right" },
  { title: "NOW", align: "right" },
  { title: "SCORE", align: "right" },
  { title: "$/MONTH", align: "right" },
  { title: "WHY", shrinkTo: 20 },
];

/** Where everything goes, why, what it costs, and the command that does it. */
export function renderPlan(page: Page, view: PlanView, nextCommand: string): void {
  const { style } = page;
  const names = createClusterNames(clustersOf(view));
  for (const workload of [...view.workloads, ...view.standalone]) {
    renderWorkload(page, workload, names, view.lost);
    page.line();
  }
  renderCost(page, view, names);
  renderChanges(page, view, names);
  for (const each of view.assumed) page.line(style.dim(`taken for there: ${plain(each)}`));
  for (const warning of view.warnings) page.line(style.warn(`! ${names.inText(warning)}`));
  page.line();
  page.line(
    isRefused(view)
      ? style.bad(
          `${whyRefused(view)}: this plan would be refused. The reasons are above, what would change them beside.`,
        )
      : `Plan ${style.bold(view.planId)}. To run exactly this: ${style.bold(plain(nextCommand))}`,
  );
}

function whyRefused({ workloads, standalone }: PlanView): string {
  const short = [...workloads, ...standalone].filter(({ shortfall }) => shortfall?.allowed === false);
  return short.every(({ placements }) => placements.length === 0) ? "Nothing fits" : "Not all of it fits";
}

function clustersOf({ workloads, standalone, objects, removals }: PlanView): Set<string> {
  const explained = [...workloads, ...standalone].flatMap(({ explanation, placements, previous }) => [
    ...explanation.candidates,
    ...placements,
    ...previous,
  ]);
  return new Set([...explained, ...objects, ...removals].map(({ cluster }) => cluster));
}

function renderWorkload(page: Page, workload: PlannedWorkloadView, names: ClusterNames, lost: readonly string[]): void {
  const { style } = page;
  const policy = workload.policy === null ? "no policy" : `policy ${workload.policy}`;
  page.line(`${style.bold(plain(refText(workload.ref)))} ${style.dim(`(${plain(policy)})`)}`);
  page.line(`  ${names.inText(workload.explanation.summary)}`);
  const rows = rowsOf(workload).map(({ cluster, now, placed, candidate }) => [
    names.of(cluster),
    placed.held === true ? `${placed.replicas} held` : String(placed.replicas),
    change(page, placed.replicas, now),
    candidate?.score === null || candidate === undefined ? "" : candidate.score.toFixed(1),
    cost(placed.copies ?? placed.replicas, candidate),
    lost.includes(cluster) ? "given up (--lose)" : names.inText(why(candidate, placed)),
  ]);
  if (rows.length > 0) page.table(COLUMNS, rows, "  ");
  if (workload.unplaced > 0) page.line(`  ${style.bad(`${count(workload.unplaced, "replica")} not placed`)}`);
  if (workload.unplaced > 0 || rows.length === 0) renderReasons(page, workload.explanation.candidates, names);
}

interface Row {
  readonly cluster: string;
  readonly now: number;
  readonly placed: PlacementView;
  readonly candidate: CandidateExplanation | undefined;
}

/** Clusters with replicas, and those that lose what they have. */
function rowsOf({ placements, previous, explanation }: PlannedWorkloadView): readonly Row[] {
  const left = previous.filter(({ cluster }) => !placements.some((placed) => placed.cluster === cluster));
  const gone = left.filter(({ replicas }) => replicas > 0).map(({ cluster }) => ({ cluster, replicas: 0 }));
  return [...placements, ...gone].map((placed) => ({
    cluster: placed.cluster,
    placed,
    now: previous.find(({ cluster }) => cluster === placed.cluster)?.replicas ?? 0,
    candidate: explanation.candidates.find(({ cluster }) => cluster === placed.cluster),
  }));
}

function change(page: Page, replicas: number, now: number) {
  const difference = replicas - now;
  if (difference === 0) return String(now);
  const { good, warn } = page.style;
  return { text: `${now} ${difference > 0 ? "+" : "-"}${Math.abs(difference)}`, paint: difference > 0 ? good : warn };
}

function cost(replicas: number, candidate: CandidateExplanation | undefined): string {
  if (replicas === 0) return "";
  const price = candidate?.pricePerMonthUsd ?? null;
  return price === null ? "?" : dollars(price * replicas);
}

/** The scores that count most, or why it has none. */
function why(candidate: CandidateExplanation | undefined, placed: PlacementView): string {
  if (placed.held === true) return "cannot be reached: keeps what it has";
  if (candidate === undefined) return "";
  const no = candidate.filters.find(({ verdict }) => verdict !== "fits");
  if (no !== undefined) return no.reason;
  const scores = candidate.scores.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weighted - a.weighted);
  return scores.map(({ name, normalized }) => `${name} ${normalized.toFixed(0)}`).join(", ");
}

const REASONS_SHOWN = 10;

/** Why not elsewhere: the reason per cluster, and what would change it. */
function renderReasons(page: Page, candidates: readonly CandidateExplanation[], names: ClusterNames): void {
  const others = candidates.filter(({ verdict }) => verdict === "unfit" || verdict === "never");
  for (const candidate of others.slice(0, REASONS_SHOWN)) {
    const reason = candidate.filters.find(({ verdict }) => verdict !== "fits")?.reason ?? "has no room";
    const hint = candidate.counterfactual === null ? "" : `; ${candidate.counterfactual}`;
    page.line(`  ${page.style.dim(names.inText(`${candidate.cluster}: ${reason}${hint}`))}`);
  }
  if (others.length > REASONS_SHOWN)
    page.line(`  ${page.style.dim(`and ${others.length - REASONS_SHOWN} more: see explain`)}`);
}

function renderCost(page: Page, { cost, workloads }: PlanView, names: ClusterNames): void {
  const { perMonthUsd, unknown } = cost;
  const isPlaced = workloads.some(({ placements }) => placements.length > 0);
  if (isPlaced && perMonthUsd === 0 && unknown.length > 0) page.line(`Cost: ${page.style.bold("unknown")}.`);
  else if (isPlaced)
    page.line(`Cost: ${page.style.bold(`${dollars(perMonthUsd)} a month`)}; ${againstEvenSplit(cost)}.`);
  for (const each of unknown) page.line(page.style.warn(`! not in this sum: ${names.inText(each)}`));
}

function againstEvenSplit({ perMonthUsd, evenSplitPerMonthUsd }: PlanView["cost"]): string {
  const difference = evenSplitPerMonthUsd - perMonthUsd;
  const percent = evenSplitPerMonthUsd === 0 ? 0 : Math.round((Math.abs(difference) / evenSplitPerMonthUsd) * 100);
  const than = percent === 0 ? "about the same" : `${percent} % ${difference > 0 ? "less" : "more"}`;
  return `split evenly it would be ${dollars(evenSplitPerMonthUsd)} (this is ${than})`;
}

function renderChanges(page: Page, { objects, removals }: PlanView, names: ClusterNames): void {
  const clusters = new Set(objects.map(({ cluster }) => cluster));
  page.line(
    objects.length === 0
      ? "Objects: none."
      : `Objects: ${objects.length} on ${count(clusters.size, "cluster")} (${plain(fewOf(countByKind(objects)))}).`,
  );
  if (removals.length === 0) return;
  const gone = removals.map((removal) => `${refText(removal)} on ${names.of(removal.cluster)}`);
  page.line(page.style.warn(`Taken away, once the replacements are healthy: ${plain(fewOf(gone))}.`));
}

function countByKind(objects: readonly { readonly kind: string }[]): readonly string[] {
  const kinds = Map.groupBy(objects, ({ kind }) => kind);
  return [...kinds].map(([kind, members]) => `${members.length} ${kind}`);
}
