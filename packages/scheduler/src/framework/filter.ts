import type { FilterExplanation } from "../engine/explanation.ts";
import type { DecisionContext } from "../engine/decision-context.ts";

/** What a filter says of a cluster, as a number so that a fleet's answers are one byte each. Greater is stricter. */
export type Admission = typeof ADMIT | typeof KEEP | typeof UNFIT | typeof NEVER;
/** Replicas may come. */
export const ADMIT = 0;
/** Replicas that run there stay, none come: a `NoSchedule` taint, a price or capacity that cannot be read any more. */
export const KEEP = 1;
/** No, and some change of the fleet could make it yes. */
export const UNFIT = 2;
/** No, as long as the policy says what it says. */
export const NEVER = 3;

/** One reason for which a cluster can be left out. Pure; reads the context and nothing else. */
export interface Filter {
  readonly name: string;
  /** Called once per workload. `null`: nothing to look at, every cluster is admitted. */
  prepare(context: DecisionContext): ((cluster: number) => Admission) | null;
  /** The same answer in words, with what was compared. Called only when somebody asks. */
  explain(context: DecisionContext, cluster: number): FilterExplanation;
}
