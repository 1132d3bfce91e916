/** A decision told per cluster: JSON as `plan -o json` prints it (docs/schemas). */
export interface Explanation {
  /** One line: where and why, or `0/N clusters fit: …` with counts per reason. */
  readonly summary: string;
  readonly candidates: readonly CandidateExplanation[];
}

/** `fits` and has replicas = chosen; `unfit` may change; `never` cannot change by itself. */
export type CandidateVerdict = "chosen" | "fits" | "unfit" | "never" | "held";

export interface CandidateExplanation {
  readonly cluster: string;
  readonly verdict: CandidateVerdict;
  readonly filters: readonly FilterExplanation[];
  readonly scores: readonly ScoreExplanation[];
  /** Σ weight·normalised / Σ weight, 0..100; `null` where not scored. */
  readonly score: number | null;
  readonly replicas: number;
  /** Of one replica here, USD per month of 730 h; `null` where unknown. */
  readonly pricePerMonthUsd: number | null;
  /** What would have changed the answer: "would fit with 3 GiB more memory"; `null` where nothing simple would. */
  readonly counterfactual: string | null;
}

export interface FilterExplanation {
  readonly name: string;
  readonly verdict: "fits" | "unfit" | "never";
  readonly reason: string;
}

export interface ScoreExplanation {
  readonly name: string;
  /** In the score's own unit; `null` where unknown. */
  readonly raw: number | null;
  /** 0..100 */
  readonly normalized: number;
  readonly weight: number;
  readonly weighted: number;
}
