import type { KubeObject, ObjectRef } from "@flotilla/core";
import type { OverridePolicy } from "../policy/override-policy.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import type { Workload } from "../workload/workload.ts";
import type { Manifest } from "./manifest.ts";
import type { ObjectRole } from "./plan.ts";

/** One object of the stream, with everything that decides where it goes. */
export interface StreamItem {
  readonly manifest: Manifest;
  readonly object: KubeObject;
  readonly ref: ObjectRef;
  readonly role: ObjectRole;
  /** Present for what is placed by a decision of its own: workloads with pods, and objects that nothing brings along. */
  readonly unit?: StreamUnit;
  /** Indices of the items (units) it goes with; a unit goes with itself. */
  readonly goesWith: readonly number[];
}

export interface StreamUnit {
  readonly workload: Workload;
  /** `false`: an object that makes no pods, placed by itself. */
  readonly hasPods: boolean;
  readonly policy: PlacementPolicy | undefined;
  /** A HorizontalPodAutoscaler of the stream owns its number of replicas after creation. */
  readonly isAutoscaled: boolean;
}

/** The documents of one command, read and grouped. */
export interface Stream {
  readonly items: readonly StreamItem[];
  readonly placements: readonly PlacementPolicy[];
  readonly overrides: readonly OverridePolicy[];
  /** Names that objects of the stream mention and that are not in it: "ConfigMap default/web". */
  readonly assumed: readonly string[];
}
