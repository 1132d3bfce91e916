import { nearestName, parseClusterId } from "@flotilla/core";
import type { ExplainView } from "../output/explain-view.ts";
import { UsageError } from "./usage-error.ts";

/** The whole id of the candidate that `--cluster` names by id or bare name. @throws UsageError */
export function findCandidate({ workloads }: ExplainView, name: string): string {
  const ids = [
    ...new Set(workloads.flatMap(({ explanation }) => explanation.candidates.map(({ cluster }) => cluster))),
  ];
  const bareName = (id: string): string => parseClusterId(id)?.name ?? id;
  const matches = ids.filter((id) => id === name || bareName(id) === name);
  const [only] = matches;
  if (only !== undefined && matches.length === 1) return only;
  if (matches.length > 1)
    throw new UsageError(`--cluster ${name}: several clusters have this name: ${matches.join(", ")}`);
  const nearest = nearestName(name, [...ids, ...ids.map(bareName)]);
  throw new UsageError(
    `--cluster ${name}: no such cluster was looked at${nearest === undefined ? "" : ` (did you mean "${nearest}"?)`}`,
  );
}

/** The same explanations with this one candidate. */
export function onlyCandidate(view: ExplainView, cluster: string): ExplainView {
  return {
    workloads: view.workloads.map((workload) => {
      const { summary, candidates } = workload.explanation;
      return {
        ...workload,
        explanation: { summary, candidates: candidates.filter((candidate) => candidate.cluster === cluster) },
      };
    }),
  };
}
