/** What the suites read of the command's JSON: the names that the product promises to keep. */
export interface DiscoverJson {
  readonly takenAt: string;
  readonly clusters: readonly ClusterJson[];
  readonly gaps: readonly unknown[];
}

export interface ClusterJson {
  readonly id: string;
  readonly provider: string;
  readonly scope: string;
  readonly region: string | null;
  readonly zones: readonly string[];
  readonly name: string;
  readonly phase: string;
  readonly kubernetesVersion: string | null;
  readonly nodes: number | null;
  readonly capacity: AmountsJson | null;
  readonly requested: AmountsJson | null;
  readonly pricePerHourUsd: number | null;
  readonly problem?: { readonly kind: string; readonly message: string };
}

export interface AmountsJson {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
  readonly pods: number;
}

export interface PlacementJson {
  readonly cluster: string;
  readonly replicas: number;
  readonly held?: boolean;
}

export interface PlanJson {
  readonly planId: string;
  readonly workloads: readonly PlannedJson[];
  readonly cost: { readonly perMonthUsd: number | null; readonly evenSplitPerMonthUsd: number | null };
  readonly objects: readonly { readonly cluster: string; readonly kind: string; readonly name: string }[];
}

export interface PlannedJson {
  readonly ref: RefJson;
  readonly replicas: number;
  readonly unplaced: number;
  readonly placements: readonly PlacementJson[];
  readonly explanation: { readonly summary: string; readonly candidates: readonly CandidateJson[] };
}

export interface CandidateJson {
  readonly cluster: string;
  readonly verdict: string;
  readonly filters: readonly { readonly name: string; readonly verdict: string; readonly reason?: string }[];
  readonly scores: readonly {
    readonly name: string;
    readonly raw: number | null;
    readonly normalized: number | null;
    readonly weight: number;
    readonly weighted: number | null;
  }[];
  readonly score: number | null;
  readonly replicas: number;
  readonly pricePerMonthUsd: number | null;
  readonly counterfactual?: string | null;
}

export interface RefJson {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

export interface StatusJson {
  readonly workloads: readonly {
    readonly ref: RefJson;
    readonly replicas: {
      readonly desired: number;
      readonly ready: number;
      readonly updated: number;
      readonly available: number;
    };
    readonly health: string;
    readonly clusters: readonly {
      readonly cluster: string;
      readonly health: string;
      readonly replicas: number;
      readonly ready: number;
      readonly message?: string;
    }[];
  }[];
}

export interface ApplyJson {
  readonly planId: string;
  readonly outcome: string;
  readonly objects: readonly {
    readonly cluster: string;
    readonly kind: string;
    readonly name: string;
    readonly outcome: string;
    readonly message?: string;
    readonly conflicts?: readonly { readonly field: string; readonly manager: string }[];
  }[];
}

export interface DiffJson {
  readonly different: boolean;
  readonly objects: readonly {
    readonly cluster: string;
    readonly kind: string;
    readonly name: string;
    readonly change: string;
  }[];
}
