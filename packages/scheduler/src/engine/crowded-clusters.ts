import { DEFAULT_FILTERS } from "../framework/default-filters.ts";
import { fitsOneReplicaFilter } from "../plugins/fits-one-replica-filter.ts";
import type { DivideTask } from "./divide-task.ts";
import type { Evaluation } from "./evaluate.ts";
import { shortNodes } from "./short-nodes.ts";
import { spreadColumn } from "./spread-column.ts";

// A line that names more clusters than this is not read.
const NAMED_MAX = 3;

/**
 * The clusters that are meant to have what runs on every node, and are left out for want of room alone, in words. One that has
 * no node for it, or that the policy's greatest number of groups would leave out, is not meant to.
 */
export function formatCrowded(evaluation: Evaluation, task: DivideTask, replicas: Float64Array): string | undefined {
  const { columns, pod, reserved, workload } = evaluation.context;
  if (workload.division !== "PerCluster") return undefined;
  const filter = DEFAULT_FILTERS.indexOf(fitsOneReplicaFilter);
  const admits = createAdmission(evaluation, task, replicas);
  const names: string[] = [];
  let count = 0;
  for (let cluster = 0; cluster < columns.count; cluster += 1) {
    if (evaluation.stoppedBy[cluster] !== filter || !admits(cluster)) continue;
    if (shortNodes(columns, pod, reserved, cluster).suitable === 0) continue;
    count += 1;
    if (names.length < NAMED_MAX) names.push(columns.clusters[cluster]?.cluster.id ?? "");
  }
  if (count === 0) return undefined;
  const more = count > names.length ? ` and ${count - names.length} more` : "";
  return `not on ${names.join(", ")}${more}, where nodes that suit have no room`;
}

/** Whether the greatest numbers of groups would leave a cluster in, beside what was chosen. */
function createAdmission(
  { candidates, context }: Evaluation,
  task: DivideTask,
  replicas: Float64Array,
): (cluster: number) => boolean {
  const full = task.spread.flatMap(({ constraint, heldByGroup, opened }) => {
    if (constraint.maxGroups === undefined) return [];
    const { codes } = spreadColumn(context.columns, constraint.by);
    const used = new Set<number>();
    for (const [group, held] of heldByGroup.entries()) if (held > 0 || opened[group] === 1) used.add(group);
    for (const [position, cluster] of candidates.entries()) {
      if ((replicas[position] ?? 0) > 0) used.add(codes[cluster] ?? -1);
    }
    return used.size < constraint.maxGroups ? [] : [{ codes, used }];
  });
  return (cluster) => full.every(({ codes, used }) => used.has(codes[cluster] ?? -1));
}
