import type { ClusterSelector } from "@flotilla/core";
import type { WorkloadSelector } from "./workload-selector.ts";

/** `OverridePolicy` (own namespace) and `ClusterOverridePolicy` (everywhere): what differs per cluster. */
export interface OverridePolicy {
  readonly kind: "OverridePolicy" | "ClusterOverridePolicy";
  readonly name: string;
  readonly namespace?: string;
  readonly workloads: readonly WorkloadSelector[];
  readonly rules: readonly OverrideRule[];
}

/** Every rule whose clusters match applies, in order; the parts of a rule apply in the order of these fields. */
export interface OverrideRule {
  /** Absent: every cluster. */
  readonly clusters?: ClusterSelector;
  readonly image?: readonly ImageOverride[];
  readonly command?: readonly { readonly container: string; readonly value: readonly string[] }[];
  readonly args?: readonly {
    readonly container: string;
    readonly add?: readonly string[];
    readonly remove?: readonly string[];
  }[];
  readonly env?: readonly { readonly container: string; readonly name: string; readonly value: string }[];
  readonly labels?: KeyValueOverride;
  readonly annotations?: KeyValueOverride;
  /** RFC 7396. */
  readonly mergePatch?: Readonly<Record<string, unknown>>;
  /** RFC 6902. */
  readonly patch?: readonly PatchOverride[];
}

export interface ImageOverride {
  /** A container or init container; absent: all of them. */
  readonly container?: string;
  readonly registry?: string;
  readonly repository?: string;
  readonly tag?: string;
  readonly digest?: string;
}

export interface KeyValueOverride {
  readonly add?: Readonly<Record<string, string>>;
  readonly remove?: readonly string[];
}

export interface PatchOverride {
  readonly op: "add" | "remove" | "replace" | "move" | "copy" | "test";
  readonly path: string;
  readonly from?: string;
  readonly value?: unknown;
  /** What `replace` and `remove` do where the path is missing. Default `error`. */
  readonly missing?: "error" | "add" | "ignore";
}
