import type { EksCluster, EksIssue, EksNodegroup } from "./eks-types.ts";

/** Why a cluster, or one of its node groups, is not well: in the service's own words, for people. */
export function warningsOf(
  cluster: EksCluster,
  groups: readonly (readonly [group: EksNodegroup, name: string])[],
): readonly string[] {
  return [
    ...(cluster.health?.issues ?? []).map(textOf),
    ...groups.flatMap(([{ health }, name]) =>
      (health?.issues ?? []).map((issue) => `node group ${name}: ${textOf(issue)}`),
    ),
  ];
}

function textOf({ code = "an issue without a code", message = "" }: EksIssue): string {
  return message === "" ? code : `${code}: ${message}`;
}
