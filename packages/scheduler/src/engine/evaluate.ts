import { DEFAULT_FILTERS } from "../framework/default-filters.ts";
import { KEEP, UNFIT, type Admission } from "../framework/filter.ts";
import type { DecisionContext } from "./decision-context.ts";

/** What the filters said of every cluster, and the ones left. */
export interface Evaluation {
  readonly context: DecisionContext;
  /** Position in `DEFAULT_FILTERS` of the filter that left the cluster out; -1 where none did. */
  readonly stoppedBy: Int8Array;
  /** The strictest answer that the cluster got, up to the filter that stopped it. */
  readonly admission: Uint8Array;
  /** Clusters that passed, in the order of ids. */
  readonly candidates: Int32Array;
}

/** Runs the filters, each over the clusters that the earlier ones left. */
export function evaluate(context: DecisionContext): Evaluation {
  const { count } = context.columns;
  const stoppedBy = new Int8Array(count).fill(-1);
  const admission = new Uint8Array(count);
  const left = new Int32Array(count).map((_, index) => index);
  let size = count;
  for (const [position, filter] of DEFAULT_FILTERS.entries()) {
    const test = filter.prepare(context);
    if (test !== null) size = sieve(left, size, test, position, stoppedBy, admission);
  }
  return { context, stoppedBy, admission, candidates: left.slice(0, size) };
}

/** Keeps the clusters that pass at the front of `left`, in order; says how many there are. */
function sieve(
  left: Int32Array,
  size: number,
  test: (cluster: number) => Admission,
  position: number,
  stoppedBy: Int8Array,
  admission: Uint8Array,
): number {
  let kept = 0;
  for (let at = 0; at < size; at += 1) {
    const cluster = left[at] ?? 0;
    const answer = test(cluster);
    if (answer > (admission[cluster] ?? 0)) admission[cluster] = answer;
    if (answer >= UNFIT) {
      stoppedBy[cluster] = position;
    } else {
      left[kept] = cluster;
      kept += 1;
    }
  }
  return kept;
}

/** Whether a candidate may only keep what it has. */
export function isKeepOnly(evaluation: Evaluation, cluster: number): boolean {
  return evaluation.admission[cluster] === KEEP;
}
