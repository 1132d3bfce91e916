/** What the commands print with `-o json`, as far as the demo reads it. The whole is in docs/schemas. */
export interface DiscoverFacts {
  readonly clusters: readonly {
    readonly id: string;
    readonly name: string;
    readonly phase: string;
    readonly pricePerHourUsd: number | null;
    readonly problem?: { readonly message: string };
  }[];
  readonly gaps: readonly { readonly provider: string; readonly region: string | null; readonly kind: string }[];
}

export interface PlanFacts {
  readonly planId: string;
  readonly workloads: readonly {
    readonly replicas: number;
    readonly unplaced: number;
    readonly placements: readonly { readonly cluster: string; readonly replicas: number; readonly held?: boolean }[];
  }[];
  readonly cost: { readonly perMonthUsd: number; readonly evenSplitPerMonthUsd: number };
}

export interface StatusFacts {
  readonly workloads: readonly {
    readonly replicas: { readonly desired: number; readonly ready: number };
    readonly health: string;
  }[];
}

/** Everything the demo found out, in the order of its story: what `demo -o json` prints. */
export interface DemoFacts {
  readonly clusters: DiscoverFacts["clusters"];
  /** What of the clouds could not be looked at. */
  readonly gaps: DiscoverFacts["gaps"];
  readonly plan: PlanFacts;
  readonly apply: unknown;
  readonly status: StatusFacts;
  readonly scaled: { readonly plan: PlanFacts; readonly apply: unknown; readonly status: StatusFacts };
  readonly explain: unknown;
  readonly lost: { readonly cluster: string; readonly plan: PlanFacts; readonly status: StatusFacts };
  readonly healed: { readonly plan: PlanFacts; readonly apply: unknown; readonly status: StatusFacts };
  readonly returned: { readonly apply: unknown; readonly status: StatusFacts };
  readonly durationMs: number;
  readonly next: readonly string[];
}
