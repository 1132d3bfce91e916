import type { ClusterSelector } from "@flotilla/core";
import type { OverridePolicy } from "./override-policy.ts";
import type { PlacementPolicy } from "./placement-policy.ts";

/** A cluster that a person wrote down, by its id or bare name. */
export interface NamedCluster {
  readonly name: string;
  /** Where it stands, for messages: `PlacementPolicy default/web`, `flotilla.yaml:7:30`. */
  readonly where: string;
}

/** Every cluster that the policies name. */
export function namedByPolicies({
  placements,
  overrides,
}: {
  readonly placements: readonly PlacementPolicy[];
  readonly overrides: readonly OverridePolicy[];
}): readonly NamedCluster[] {
  return [
    ...placements.flatMap((policy) => {
      const { clusters, replicas } = policy.spec;
      const selectors = [clusters, ...[...replicas.weights, ...replicas.limits].map((rule) => rule.clusters)];
      return namedBy(selectors, nameOf(policy));
    }),
    ...overrides.flatMap((policy) =>
      policy.rules.flatMap(({ clusters = {} }, index) => namedBy([clusters], `${nameOf(policy)}, rule ${index + 1}`)),
    ),
  ];
}

function namedBy(selectors: readonly ClusterSelector[], where: string): readonly NamedCluster[] {
  const names = selectors.flatMap(({ names = [], exclude = [] }) => [...names, ...exclude]);
  return [...new Set(names)].map((name) => ({ name, where }));
}

function nameOf({ kind, name, namespace }: PlacementPolicy | OverridePolicy): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}
