/** Which clusters: all given parts are ANDed, `exclude` wins, an absent or empty part says nothing, `none` means nowhere. */
export interface ClusterSelector {
  /** Whole ids or bare names. */
  readonly names?: readonly string[];
  readonly exclude?: readonly string[];
  readonly labelSelector?: LabelSelector;
  readonly fields?: readonly FieldRequirement[];
  readonly none?: boolean;
}

/** A Kubernetes label selector. */
export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly LabelRequirement[];
}

/** One requirement on one label. `In` and `NotIn` have values, the others have none. */
export interface LabelRequirement {
  readonly key: string;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist";
  readonly values?: readonly string[];
}

/** What of a cluster can be selected on, beside its labels. */
export type ClusterField = "provider" | "scope" | "region" | "zone" | "name" | "kubernetesVersion";

/**
 * `NotIn` and `DoesNotExist` match a cluster without the field, as Kubernetes selectors do; `zone` matches if any of the
 * cluster's zones does (`NotIn`: none of them). `Gt` and `Lt` compare numbers, and versions part by part.
 */
export interface FieldRequirement {
  readonly key: ClusterField;
  readonly operator: "In" | "NotIn" | "Exists" | "DoesNotExist" | "Gt" | "Lt";
  readonly values?: readonly string[];
}
