/** Who asks, as authentication found out. */
export interface FakeUser {
  readonly name: string;
  readonly uid?: string;
  readonly groups?: readonly string[];
}

/** What a group or a user may do. `*` in a list stands for all. */
export interface FakeRule {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  /** Only in these namespaces; absent: everywhere. */
  readonly namespaces?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

/** Rules by `user:NAME` or `group:NAME`. The group `system:masters` may do everything without rules. */
export type FakeRoles = Readonly<Record<string, readonly FakeRule[]>>;
