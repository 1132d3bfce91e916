/** What a rolling update looks at. Counts are of replicas. */
export interface RolloutState {
  readonly wanted: number;
  readonly maxSurge: number;
  readonly maxUnavailable: number;
  readonly current: ReplicaCount;
  readonly old: readonly ReplicaCount[];
}

export interface ReplicaCount {
  readonly wanted: number;
  readonly available: number;
}

/** Sizes to give the sets: the current one, and the old ones in their order. */
export interface RolloutSizes {
  readonly current: number;
  readonly old: readonly number[];
}

/**
 * One step of a rolling update: the new set grows as far as the surge lets it, the old ones shrink as far as enough replicas
 * stay available; what is not available goes first. Source: pkg/controller/deployment/rolling.go of Kubernetes 1.36.
 */
export function nextRolloutSizes(state: RolloutState): RolloutSizes {
  const total = state.current.wanted + sum(state.old.map((set) => set.wanted));
  const current = grow(state, total);
  if (current > state.current.wanted) return { current, old: state.old.map((set) => set.wanted) };
  const minAvailable = state.wanted - state.maxUnavailable;
  const notYetAvailable = Math.max(0, state.current.wanted - state.current.available);
  let room = Math.max(0, total - minAvailable - notYetAvailable);
  const old = state.old.map((set) => {
    const unhealthy = Math.min(room, Math.max(0, set.wanted - set.available));
    room -= unhealthy;
    return set.wanted - unhealthy;
  });
  const available = state.current.available + sum(state.old.map((set) => set.available));
  let spare = Math.min(room, Math.max(0, available - minAvailable));
  return {
    current,
    old: old.map((size) => {
      const less = Math.min(spare, size);
      spare -= less;
      return size - less;
    }),
  };
}

function grow(state: RolloutState, total: number): number {
  if (state.current.wanted >= state.wanted) return state.wanted;
  const room = state.wanted + state.maxSurge - total;
  return Math.min(state.wanted, state.current.wanted + Math.max(0, room));
}

/** A count or a share of the wanted replicas; shares of the surge round up, others down. */
export function resolveCount(value: unknown, wanted: number, roundsUp: boolean): number {
  if (typeof value === "number") return value;
  const percent = Number(/^(\d+)%$/.exec(String(value))?.[1] ?? 0);
  const exact = (percent * wanted) / 100;
  return roundsUp ? Math.ceil(exact) : Math.floor(exact);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
