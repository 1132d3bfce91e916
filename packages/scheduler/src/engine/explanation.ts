/** A decision told per cluster: JSON as `plan -o json` prints it (docs/schemas). */
export interface Explanation {
  /** One line: where and why, or `0/N clusters fit: …` with counts per reason. */
  readonly summary: string;
  readonly candidates: readonly CandidateExplanation[];
  /** What custom scores did wrong; absent when nothing. */
  readonly warnings?: readonly string[];
}

/**
 * What the filters say: `fits` and has replicas = chosen; `unfit` may change; `never` cannot change by itself. A cluster that
 * fits and has nothing because of the policy is told so by one more row after the filters: `Weights`, `Limits`, `Minimum`,
 * `UnknownPrice`, `AllOrNothing` or `Spread`.
 */
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
  /** With its operands: "needs 2 CPU, the best node has 1.4 CPU free". */
  readonly reason: string;
  /** Without them, for counting: "insufficient cpu". Absent where the verdict is `fits`, and in a row after the filters. */
  readonly brief?: string;
}

export interface ScoreExplanation {
  readonly name: string;
  /** In the score's own unit; `null` where unknown. */
  readonly raw: number | null;
  /** 0..100 */
  readonly normalized: number;
  /** As the policy says; 0 where the policy gives this score nothing to go by. */
  readonly weight: number;
  /** weight · normalized: the candidate's score is their sum over the sum of the weights. */
  readonly weighted: number;
  /** An unknown operand, or what a custom score did wrong. */
  readonly note?: string;
}
