import type { ScheduleRequest, Share } from "../src/engine/decision.ts";
import { DEFAULT_PLACEMENT } from "../src/policy/default-placement.ts";
import type { PlacementSpec, ReplicaRules } from "../src/policy/placement-policy.ts";
import type { PodNeeds, Workload } from "../src/workload/workload.ts";

export const GIB: number = 1024 ** 3;

/** A Deployment `default/web` of one replica with 1 CPU and 1 GiB. Give what the test is about. */
export function aWorkload(given: Partial<Workload> = {}, pod: Partial<PodNeeds> = {}): Workload {
  return {
    ref: { apiVersion: "apps/v1", kind: "Deployment", namespace: "default", name: "web" },
    labels: {},
    replicas: 1,
    pod: {
      requests: { cpuMilli: 1000, memoryBytes: GIB, pods: 1 },
      nodeSelector: {},
      nodeTerms: [],
      tolerations: [],
      ...pod,
    },
    ...given,
  };
}

export interface RequestOptions {
  readonly replicas?: number;
  readonly workloads?: readonly Workload[];
  readonly spec?: Partial<Omit<PlacementSpec, "replicas">>;
  readonly rules?: Partial<ReplicaRules>;
  /** Where the first workload's replicas are now. */
  readonly current?: Readonly<Record<string, number>>;
  readonly unreachable?: readonly string[];
  readonly lost?: readonly string[];
  readonly reserved?: ScheduleRequest["reserved"];
  readonly requiredKinds?: readonly string[];
}

/** A request as the facade makes it: the default policy, one workload. */
export function aRequest(options: RequestOptions = {}): ScheduleRequest {
  const workloads = options.workloads ?? [aWorkload({ replicas: options.replicas ?? 1 })];
  return {
    spec: { ...DEFAULT_PLACEMENT, ...options.spec, replicas: { ...DEFAULT_PLACEMENT.replicas, ...options.rules } },
    workloads,
    current: [toShares(options.current ?? {}), ...workloads.slice(1).map(() => [])],
    unreachable: new Set(options.unreachable),
    lost: new Set(options.lost),
    reserved: options.reserved ?? [],
    requiredKinds: options.requiredKinds ?? [],
  };
}

function toShares(replicas: Readonly<Record<string, number>>): readonly Share[] {
  return Object.entries(replicas)
    .filter(([, count]) => count > 0)
    .map(([cluster, count]) => ({ cluster, replicas: count }));
}
