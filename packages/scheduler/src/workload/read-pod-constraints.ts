import type { Toleration } from "@flotilla/core";
import type { JsonReader } from "./json-reader.ts";
import type { LabelSelectorTerm } from "./workload.ts";

/** The terms of `requiredDuringSchedulingIgnoredDuringExecution` node affinity. Preferences do not keep a pod off a node. */
export function readNodeTerms(podSpec: JsonReader): readonly LabelSelectorTerm[] {
  const required = podSpec.at([
    "affinity",
    "nodeAffinity",
    "requiredDuringSchedulingIgnoredDuringExecution",
    "nodeSelectorTerms",
  ]);
  return required
    .items()
    .filter((term) => !namesNodes(term))
    .map((term) => ({ matchExpressions: term.at(["matchExpressions"]).items().map(readRequirement) }));
}

// `matchFields` knows one field, a node's name. Which nodes a cluster has is not for a policy over clusters to know.
function namesNodes(term: JsonReader): boolean {
  return term.at(["matchExpressions"]).items().length === 0 && term.at(["matchFields"]).items().length > 0;
}

function readRequirement(place: JsonReader): LabelSelectorTerm["matchExpressions"][number] {
  return {
    key: place.at(["key"]).text() ?? "",
    operator: place.at(["operator"]).oneOf(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"], "Exists"),
    values: place
      .at(["values"])
      .items()
      .map((value) => value.text() ?? ""),
  };
}

/** The pod's own tolerations, against taints of nodes. */
export function readTolerations(podSpec: JsonReader): readonly Toleration[] {
  return podSpec.at(["tolerations"]).items().map(readToleration);
}

function readToleration(place: JsonReader): Toleration {
  const key = place.at(["key"]).text();
  const value = place.at(["value"]).text();
  const effect = place.at(["effect"]);
  return {
    operator: place.at(["operator"]).oneOf(["Equal", "Exists"], "Equal"),
    ...(key === undefined ? {} : { key }),
    ...(value === undefined ? {} : { value }),
    ...(effect.value === undefined || effect.value === ""
      ? {}
      : { effect: effect.oneOf(["NoSchedule", "PreferNoSchedule", "NoExecute"], "NoSchedule") }),
  };
}
