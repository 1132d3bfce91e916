import * as fc from "fast-check";
import { expect, test } from "vitest";
import { divide } from "./divide.ts";
import type { DivideTask } from "./divide-task.ts";
import { selectCandidates } from "./select-candidates.ts";
import type { SpreadGroups } from "./spread-groups.ts";

interface Candidate {
  readonly cap: number;
  readonly score: number;
  readonly provider: number;
  readonly region: number;
}

/** Regions belong to providers, as they do in the world. */
const candidates = fc.array(fc.record({ cap: fc.nat(9), score: fc.nat(100), provider: fc.nat(2), region: fc.nat(2) }), {
  minLength: 1,
  maxLength: 7,
});

interface Maxima {
  readonly provider?: number;
  readonly region?: number;
  readonly cluster?: number;
}

function aTask(drawn: readonly Candidate[], replicas: number, maxima: Maxima): DivideTask {
  const size = drawn.length;
  const score = Float64Array.from(drawn, (each) => each.score);
  const groups = (by: keyof Maxima, codes: readonly number[], groupCount: number): readonly SpreadGroups[] =>
    maxima[by] === undefined
      ? []
      : [
          {
            constraint: { by, maxGroups: maxima[by] },
            codes: Int32Array.from(codes),
            groupCount,
            heldByGroup: new Float64Array(groupCount),
            away: new Uint8Array(groupCount),
            opened: new Uint8Array(groupCount),
          },
        ];
  return {
    size,
    replicas,
    held: 0,
    own: new Float64Array(size),
    cap: Float64Array.from(drawn, (each) => Math.min(each.cap, replicas)),
    floor: new Float64Array(size),
    score,
    stays: true,
    method: "Weighted",
    keys: score.map((points) => points + 1),
    spread: [
      ...groups(
        "provider",
        drawn.map((each) => each.provider),
        3,
      ),
      ...groups(
        "region",
        drawn.map((each) => each.provider * 3 + each.region),
        9,
      ),
      ...groups(
        "cluster",
        drawn.map((_, at) => at),
        size,
      ),
    ],
  };
}

function placedWithin(task: DivideTask): number {
  const chosen = selectCandidates(task);
  const cap = task.cap.map((most, at) => (chosen?.[at] === 0 ? 0 : most));
  return sum(divide({ ...task, cap }).replicas);
}

/** Tries every set of candidates that keeps the maxima. */
function mostPossible(task: DivideTask): number {
  let best = 0;
  for (let set = 0; set < 2 ** task.size; set += 1) {
    const members = Array.from(task.cap, (_, at) => at).filter((at) => (set >> at) % 2 === 1);
    const kept = task.spread.every(
      ({ codes, constraint }) => new Set(members.map((at) => codes[at])).size <= (constraint.maxGroups ?? Infinity),
    );
    if (kept)
      best = Math.max(
        best,
        members.reduce((room, at) => room + (task.cap[at] ?? 0), 0),
      );
  }
  return Math.min(best, task.replicas);
}

test.each<readonly (keyof Maxima)[]>([["provider"], ["region"], ["cluster"]])(
  "with one maximum (%s) it holds as many replicas as any choice could",
  (by) => {
    fc.assert(
      fc.property(candidates, fc.nat(30), fc.integer({ min: 1, max: 3 }), (drawn, replicas, max) => {
        const task = aTask(drawn, replicas, { [by]: max });
        expect(placedWithin(task)).toBe(mostPossible(task));
      }),
      { numRuns: 500 },
    );
  },
);

test("with maxima at every level it holds as many replicas as any choice could, but for one case in a thousand", () => {
  const maximum = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
  const drawn = fc.sample(fc.tuple(candidates, fc.nat(30), maximum, maximum, maximum), { numRuns: 4_000, seed: 7 });
  const short = drawn.filter(([members, replicas, provider, region, cluster]) => {
    const task = aTask(members, replicas, {
      ...(provider === undefined ? {} : { provider }),
      ...(region === undefined ? {} : { region }),
      ...(cluster === undefined ? {} : { cluster }),
    });
    return placedWithin(task) < mostPossible(task);
  });

  expect(short.length).toBeLessThanOrEqual(4);
});

test("a better score decides where several choices hold everything", () => {
  const drawn = [
    { cap: 9, score: 10, provider: 0, region: 0 },
    { cap: 9, score: 90, provider: 1, region: 0 },
    { cap: 1, score: 99, provider: 2, region: 0 },
  ];
  const chosen = selectCandidates(aTask(drawn, 6, { provider: 1 }));
  expect([...(chosen ?? [])]).toEqual([0, 1, 0]);
});

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
