import type { Evaluation } from "../engine/evaluate.ts";

/** One score of all candidates of a workload. Arrays are parallel to `Evaluation.candidates`. */
export interface ScoreColumn {
  /** In the score's own unit (see the score); NaN where unknown. */
  readonly raw: Float64Array;
  /** 0..`SCORE_MAX` */
  readonly normalized: Float64Array;
  /** `false`: the policy says nothing that this score could go by, so it does not count. */
  readonly applies: boolean;
  /** What to tell about single candidates: an unknown operand, a plugin's misbehaviour. By position. */
  readonly notes: ReadonlyMap<number, string>;
}

/** A score over all candidates at once. Pure. */
export interface Score {
  readonly name: string;
  score(evaluation: Evaluation): ScoreColumn;
}
