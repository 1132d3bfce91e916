import type { DivideTask } from "./divide-task.ts";
import type { Evaluation } from "./evaluate.ts";

// A line that names more clusters than this is not read.
const NAMED_MAX = 3;

/** The candidates that have less than the policy's minimum, in words; `undefined` where every minimum is met. */
export function formatUnmetMinima(
  { candidates, context }: Evaluation,
  task: DivideTask,
  replicas: Float64Array,
): string | undefined {
  const unmet: string[] = [];
  let count = 0;
  for (let candidate = 0; candidate < task.size; candidate += 1) {
    const minimum = task.floor[candidate] ?? 0;
    if ((replicas[candidate] ?? 0) >= minimum) continue;
    count += 1;
    const id = context.columns.clusters[candidates[candidate] ?? -1]?.cluster.id ?? "";
    if (unmet.length < NAMED_MAX) unmet.push(`${minimum} on ${id}`);
  }
  // Nothing is asked for, so nothing is missing.
  if (count === 0 || task.replicas === 0) return undefined;
  const more = count > unmet.length ? ` and on ${count - unmet.length} more` : "";
  return `the minimum of ${unmet.join(", of ")}${more} is not met`;
}
