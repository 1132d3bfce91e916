import type { DocumentPath, KubeObject } from "@flotilla/core";
import { podSpecPath, podTemplatePath } from "../workload/pod-template.ts";
import { valueAt } from "./json-access.ts";

/** The pod template itself (`metadata` and `spec`), or `undefined` for a kind without pods. */
export function podTemplateOf(object: KubeObject): unknown {
  const path = podTemplatePath(object);
  return path === undefined ? undefined : valueAt(object, ...path);
}

/** Paths of every list of containers under a workload: the ordinary ones first, then init containers. */
export function containerListPaths(object: KubeObject): readonly DocumentPath[] {
  const path = podSpecPath(object);
  return path === undefined
    ? []
    : [
        [...path, "containers"],
        [...path, "initContainers"],
      ];
}
