import fc from "fast-check";
import { expect, test } from "vitest";
import { nextRolloutSizes, resolveCount, type ReplicaCount, type RolloutState } from "./deployment-rollout.ts";

const counts = fc
  .tuple(fc.nat(8), fc.nat(8))
  .map(([wanted, available]): ReplicaCount => ({ wanted, available: Math.min(wanted, available) }));
const states = fc
  .record({
    wanted: fc.nat(8),
    limits: fc.tuple(fc.nat(4), fc.nat(4)).filter(([surge, unavailable]) => surge + unavailable > 0),
    current: counts,
    old: fc.array(counts, { maxLength: 3 }),
  })
  .map(({ wanted, limits: [maxSurge, maxUnavailable], current, old }): RolloutState => ({
    wanted,
    maxSurge,
    maxUnavailable,
    current,
    old,
  }));
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

test("a step never grows beyond the surge, and never takes an available replica that is needed", () => {
  fc.assert(
    fc.property(states, (state) => {
      const next = nextRolloutSizes(state);
      const total = state.current.wanted + sum(state.old.map((set) => set.wanted));
      const nextTotal = next.current + sum(next.old);
      expect(nextTotal).toBeLessThanOrEqual(Math.max(total, state.wanted + state.maxSurge));
      const available =
        Math.min(next.current, state.current.available) +
        sum(next.old.map((size, index) => Math.min(size, state.old[index]?.available ?? 0)));
      const before = state.current.available + sum(state.old.map((set) => set.available));
      const floor = Math.min(before, state.wanted - state.maxUnavailable);
      // A set that shrinks because fewer are wanted is no rollout.
      fc.pre(state.current.wanted <= state.wanted);
      expect(available).toBeGreaterThanOrEqual(floor);
    }),
  );
});

test("with replicas that become available, a rollout comes to its end", () => {
  fc.assert(
    fc.property(states, (start) => {
      let state = start;
      for (let step = 0; step < 100; step += 1) {
        const next = nextRolloutSizes(state);
        const ready = (wanted: number): ReplicaCount => ({ wanted, available: wanted });
        state = { ...state, current: ready(next.current), old: next.old.map(ready) };
      }
      expect({ current: state.current.wanted, old: sum(state.old.map((set) => set.wanted)) }).toEqual({
        current: start.wanted,
        old: 0,
      });
    }),
  );
});

test("percentages of the surge round up, of the unavailable down", () => {
  expect([
    resolveCount("25%", 3, true),
    resolveCount("25%", 3, false),
    resolveCount(2, 3, true),
    resolveCount("100%", 3, false),
  ]).toEqual([1, 0, 2, 3]);
});
