import type { CandidateExplanation } from "@flotilla/scheduler";
import type { PlannedWorkloadView } from "../output/plan-view.ts";
import { createClusterNames, type ClusterNames } from "./cluster-names.ts";
import { refText } from "./format-ref.ts";
import { dollars } from "./money.ts";
import type { Page } from "./page.ts";
import { plain } from "./plain.ts";

/** Why each cluster got what it got; with `only`, everything about one of them. */
export function renderExplain(page: Page, workload: PlannedWorkloadView, only?: string): void {
  const { style } = page;
  const { candidates, summary } = workload.explanation;
  const names = createClusterNames(candidates.map(({ cluster }) => cluster));
  page.line(`${style.bold(plain(refText(workload.ref)))}: ${names.inText(summary)}`);
  page.line();
  const shown = only === undefined ? candidates : candidates.filter(({ cluster }) => cluster === only);
  if (only === undefined) {
    renderCandidates(page, candidates, names);
    page.line();
  }
  for (const candidate of shown) if (only !== undefined) renderCandidate(page, candidate);
  if (only === undefined)
    page.line(style.dim("flotilla explain … --cluster ID tells every filter and score of one cluster"));
}

function renderCandidates(page: Page, candidates: readonly CandidateExplanation[], names: ClusterNames): void {
  const scores = [...new Set(candidates.flatMap((candidate) => candidate.scores.map((score) => score.name)))];
  page.table(
    [
      { title: "CLUSTER", shrinkTo: 16 },
      { title: "VERDICT" },
      { title: "REPLICAS", align: "right" },
      { title: "SCORE", align: "right" },
      ...scores.map((score) => ({ title: score.toUpperCase(), align: "right" as const })),
      { title: "$/MONTH", align: "right" },
      { title: "REASON", shrinkTo: 20 },
    ],
    candidates.map((candidate) => [
      names.of(candidate.cluster),
      { text: candidate.verdict, paint: paintVerdict(page, candidate) },
      candidate.replicas === 0 ? "" : String(candidate.replicas),
      candidate.score?.toFixed(1) ?? "",
      ...scores.map((each) => candidate.scores.find((score) => score.name === each)?.normalized.toFixed(0) ?? ""),
      candidate.pricePerMonthUsd === null ? "?" : dollars(candidate.pricePerMonthUsd),
      reasonOf(candidate),
    ]),
  );
}

function reasonOf({ filters, counterfactual }: CandidateExplanation): string {
  const no = filters.find(({ verdict }) => verdict !== "fits")?.reason;
  return [no, counterfactual].filter((part) => part !== undefined && part !== null).join("; ");
}

function renderCandidate(page: Page, candidate: CandidateExplanation): void {
  const { style } = page;
  const { cluster, verdict, replicas, score, filters, scores, pricePerMonthUsd, counterfactual } = candidate;
  page.line(`${style.bold(plain(cluster))}: ${paintVerdict(page, candidate)(verdict)}, ${replicas} replicas`);
  page.table(
    [{ title: "FILTER" }, { title: "VERDICT" }, { title: "REASON", shrinkTo: 20 }],
    filters.map((filter) => [
      filter.name,
      { text: filter.verdict, paint: filter.verdict === "fits" ? style.good : style.bad },
      filter.reason,
    ]),
    "  ",
  );
  if (scores.length > 0) {
    page.line();
    page.table(
      [
        { title: "SCORE" },
        { title: "RAW", align: "right" },
        { title: "0..100", align: "right" },
        { title: "WEIGHT", align: "right" },
        { title: "WEIGHTED", align: "right" },
      ],
      scores.map(({ name, raw, normalized, weight, weighted }) => [
        name,
        raw === null ? "?" : String(Number(raw.toPrecision(6))),
        normalized.toFixed(1),
        String(weight),
        weighted.toFixed(1),
      ]),
      "  ",
    );
  }
  page.line();
  if (score !== null) page.line(`  total score ${score.toFixed(1)} of 100`);
  page.line(
    `  a replica here costs ${pricePerMonthUsd === null ? "an unknown amount" : `${dollars(pricePerMonthUsd)} a month`}`,
  );
  if (counterfactual !== null) page.line(`  ${plain(counterfactual)}`);
}

function paintVerdict(page: Page, { verdict }: CandidateExplanation): (text: string) => string {
  const { good, warn, bad, dim } = page.style;
  if (verdict === "chosen") return good;
  if (verdict === "held") return warn;
  return verdict === "fits" ? dim : bad;
}
