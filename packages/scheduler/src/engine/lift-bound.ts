import type { PlacementSpec, ReplicaRules } from "../policy/placement-policy.ts";
import type { WorkloadTrace } from "./decide-workload.ts";
import type { Decision } from "./decision.ts";
import type { DivisionBound } from "./division-reasons.ts";

interface Lift {
  readonly text: string;
  readonly spec: PlacementSpec;
}

/** The policy without what gives a cluster nothing, in words; `null` where the cluster has nothing without it either. */
export function liftBound(
  decision: Decision,
  { evaluation }: WorkloadTrace,
  cluster: number,
  bound: DivisionBound,
  trial: (changed: Pick<Decision, "request" | "snapshot" | "scores">, cluster: number) => boolean,
): string | null {
  const id = evaluation.context.columns.clusters[cluster]?.cluster.id ?? "";
  const { text, spec } = lift(decision.request.spec, id, bound);
  const changed = { ...decision, request: { ...decision.request, spec } };
  return trial(changed, cluster) ? `would get a replica ${text}` : null;
}

function lift(spec: PlacementSpec, id: string, bound: DivisionBound): Lift {
  const { weights, limits } = spec.replicas;
  switch (bound) {
    case "Weights": {
      const weight = weights.reduce((most, rule) => Math.max(most, rule.weight), 1);
      const added = [...weights, { clusters: { names: [id] }, weight }];
      return withRules(`with a weight of ${weight}`, spec, { weights: added });
    }
    case "Limits":
      return withRules("without its limit", spec, { limits: limits.flatMap((limit) => without(limit, id, "max")) });
    case "Minimum":
      return withRules("without its minimum", spec, { limits: limits.flatMap((limit) => without(limit, id, "min")) });
    case "AllOrNothing":
      return withRules("under partial: true", spec, { partial: true });
    case "UnknownPrice":
      return { text: "under unknownPrice: Worst", spec: { ...spec, unknownPrice: "Worst" } };
    case "Spread":
      return { text: "without the policy's spread", spec: { ...spec, spread: [] } };
    default:
      return bound satisfies never;
  }
}

function withRules(text: string, spec: PlacementSpec, rules: Partial<ReplicaRules>): Lift {
  return { text, spec: { ...spec, replicas: { ...spec.replicas, ...rules } } };
}

type Limit = ReplicaRules["limits"][number];

/** The limit as it is for all other clusters, and for this one without one of its ends. */
function without(limit: Limit, id: string, end: "min" | "max"): readonly Limit[] {
  const { [end]: _lifted, ...rest } = limit;
  const others = { ...limit, clusters: { ...limit.clusters, exclude: [...(limit.clusters.exclude ?? []), id] } };
  const names = limit.clusters.names ?? [];
  return [others, { ...rest, clusters: { ...limit.clusters, names: names.length === 0 ? [id] : names } }];
}
