import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { isCloudError, type CloudErrorKind, type Ctx, type KubeCluster } from "@flotilla/core";
import type { ConformanceCase } from "../conformance-case.ts";
import type { KubeClusterHarness } from "./kube-cluster-harness.ts";

/** What a case of the KubeCluster kit works with: a connection with every right and a namespace of its own. */
export interface KubeBench {
  readonly cluster: KubeCluster;
  readonly namespace: string;
  readonly ctx: Ctx;
  readonly harness: KubeClusterHarness;
  /** Asks again and again until `ask` gives something other than `undefined`, for as long as the harness is patient. */
  readonly eventually: <T>(what: string, ask: () => Promise<T | undefined>) => Promise<T>;
}

export type KubeCheck = readonly [name: string, check: (bench: KubeBench) => Promise<void>];

/** Far more than any request takes: a case that hits it hangs. */
const CASE_DEADLINE_MS = 60_000;
const PATIENCE_MS = 15_000;
const ASK_AGAIN_MS = 50;
export const MANAGER = "conformance";

export function kubeCase(harness: KubeClusterHarness, [name, check]: KubeCheck): ConformanceCase {
  return {
    name,
    async run({ signal }) {
      const ctx: Ctx = { signal, deadlineMs: Date.now() + CASE_DEADLINE_MS };
      await using cluster = await harness.connect("admin");
      const namespace = `conformance-${randomUUID().slice(0, 8)}`;
      const home = { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } };
      await cluster.create(home, { fieldManager: MANAGER }, ctx);
      const eventually: KubeBench["eventually"] = (what, ask) => askUntil(what, ask, harness.patienceMs ?? PATIENCE_MS);
      try {
        await check({ cluster, namespace, ctx, harness, eventually });
      } finally {
        // The namespace may take its time to go: nothing waits for it.
        await cluster.delete({ apiVersion: "v1", kind: "Namespace", name: namespace }, {}, { signal });
      }
    },
  };
}

/** Asserts that the call fails with a CloudError of one of the kinds; hands back its message. */
export async function assertFails(work: Promise<unknown>, ...kinds: readonly CloudErrorKind[]): Promise<string> {
  try {
    await work;
  } catch (error) {
    assert.ok(isCloudError(error), `a CloudError, not ${String(error)}`);
    assert.ok(kinds.includes(error.kind), `${kinds.join(" or ")}, not ${error.kind}: ${error.message}`);
    return error.message;
  }
  return assert.fail(`should fail as ${kinds.join(" or ")}`);
}

async function askUntil<T>(what: string, ask: () => Promise<T | undefined>, patienceMs: number): Promise<T> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > deadlineMs) assert.fail(`waited ${patienceMs} ms for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}
