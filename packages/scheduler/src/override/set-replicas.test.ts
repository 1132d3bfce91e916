import type { KubeObject } from "@flotilla/core";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { divideCompletions, setReplicas, withoutReplicas } from "./set-replicas.ts";

function aJob(completions?: number): KubeObject {
  const spec = completions === undefined ? { parallelism: 4 } : { parallelism: 4, completions };
  return { apiVersion: "batch/v1", kind: "Job", metadata: { name: "j" }, spec };
}

test("completions add up to the Job's own number and follow the parallelism", () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.array(fc.nat(50), { minLength: 1, maxLength: 8 }), (completions, shares) => {
      const total = shares.reduce((sum, share) => sum + share, 0);
      fc.pre(total > 0);
      const divided = divideCompletions(aJob(completions), shares);
      expect(divided.reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBe(completions);
      for (const [index, part] of divided.entries()) {
        const exact = (completions * (shares[index] ?? 0)) / total;
        expect(Math.abs((part ?? 0) - exact)).toBeLessThan(1);
      }
    }),
  );
});

test("a Job without completions is a queue of work: nothing is divided", () => {
  expect(divideCompletions(aJob(), [2, 2])).toEqual([undefined, undefined]);
  expect(divideCompletions(aJob(10), [0])).toEqual([undefined]);
});

test("a Job's share is its parallelism and its completions", () => {
  expect(setReplicas(aJob(10), { replicas: 1, completions: 3 })["spec"]).toEqual({ parallelism: 1, completions: 3 });
});

test("a kind whose pods are not counted in its spec stays as it is", () => {
  const daemon: KubeObject = { apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name: "d" }, spec: {} };
  expect(setReplicas(daemon, { replicas: 5 })).toBe(daemon);
  expect(withoutReplicas(daemon)).toBe(daemon);
});

test("replicas can be left to someone else", () => {
  const deployment: KubeObject = {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "d" },
    spec: { replicas: 3, paused: true },
  };
  expect(withoutReplicas(deployment)["spec"]).toEqual({ paused: true });
});
