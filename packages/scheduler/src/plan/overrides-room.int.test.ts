import type { Document } from "@flotilla/core";
import { expect, test } from "vitest";
import { type EmbeddedFleet, startEmbeddedFleet } from "../../test-support/embedded-fleet.ts";
import { anOverride, aPlacement, aWeb } from "../../test-support/some-manifests.ts";
import type { ApplyReport } from "../rollout/apply-report.ts";
import type { Plan } from "./plan.ts";

const CPU = "/spec/template/spec/containers/0/resources/requests/cpu";

function asking(cpu: string, name = "web"): Document {
  return anOverride(name, [{ patch: [{ op: "replace", path: CPU, value: cpu }] }]);
}

function shortfallsOf({ workloads }: Plan): readonly unknown[] {
  return workloads.map(({ ref, shortfall }) => [ref.name, shortfall?.code, shortfall?.isAllowed]);
}

/** What the plan's id gives on the fleet it was made for. Nothing gets ready, so that nobody waits for it. */
async function verified(fleet: EmbeddedFleet, plan: Plan, documents: readonly Document[]): Promise<ApplyReport> {
  return fleet.scheduler.applyStored(plan, { documents }, { timeoutMs: 0 }, fleet.ctx);
}

test("where overrides leave room for a part, the plan tells the number that waits, and its id runs", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], cpus: 11, readyAfterMs: 60_000 });
  const documents = [aWeb({ replicas: 8 }), asking("3500m")];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  expect(shortfallsOf(plan)).toEqual([["web", "overrides", true]]);
  expect(plan.warnings.join("\n")).toMatch(
    /OverridePolicy shop\/web, rule 1: its pods ask for 3.5 CPU and .*2 replicas have no room and will wait: .*\/a takes 3 of 4, and 1 more/,
  );
  expect((await verified(fleet, plan, documents)).refusals).toEqual([]);
  expect((await verified(fleet, plan, documents)).refusals).toEqual([]);
});

test("partial: false is all of them as they are rendered", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], cpus: 11 });
  const documents = [aWeb({ replicas: 8 }), asking("3500m"), aPlacement("web", { replicas: { partial: false } })];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  expect(shortfallsOf(plan)).toEqual([["web", "overrides", false]]);
  expect((await fleet.scheduler.apply(plan, {}, fleet.ctx)).outcome).toBe("refused");
  const enough = [aWeb({ replicas: 6 }), ...documents.slice(1)];
  const fits = await fleet.scheduler.plan({ documents: enough }, fleet.ctx);
  expect(shortfallsOf(fits)).toEqual([["web", undefined, undefined]]);
  expect((await verified(fleet, fits, enough)).outcome).not.toBe("refused");
});

test("what overrides make larger leaves less to what comes after, larger itself or not", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"], cpus: 11, readyAfterMs: 60_000 });
  const both = [aWeb({ replicas: 2 }), aWeb({ name: "b", replicas: 2 })];
  const documents = [...both, asking("3500m"), asking("3500m", "b")];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  // Three of four have room; the first by name takes its own.
  expect(shortfallsOf(plan)).toEqual([
    ["web", "overrides", true],
    ["b", undefined, undefined],
  ]);
  const beside = [aWeb({ replicas: 3, cpu: "200m" }), aWeb({ name: "b", replicas: 8 }), asking("3500m")];
  const squeezed = await fleet.scheduler.plan({ documents: beside }, fleet.ctx);
  expect(shortfallsOf(squeezed)).toEqual([
    ["web", undefined, undefined],
    ["b", "overrides", true],
  ]);
  expect(squeezed.warnings.join("\n")).toMatch(
    /shop\/b: beside the pods that overrides make larger 3 replicas have no room and will wait: .*\/a takes 5 of 8/,
  );
  expect((await verified(fleet, squeezed, beside)).refusals).toEqual([]);
});

test("a plan that knows of a part is refused where even that has no room any more", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a", "b"], cpus: 11, readyAfterMs: 60_000 });
  const documents = [aWeb({ replicas: 8 }), asking("3500m")];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  const other = await fleet.scheduler.plan({ documents: [aWeb({ name: "other", replicas: 2, cpu: "3" })] }, fleet.ctx);
  await fleet.scheduler.apply(other, { timeoutMs: 0 }, fleet.ctx);
  expect((await verified(fleet, plan, documents)).refusals.map(({ message }) => message)).toEqual([
    "Deployment shop/web: kubeconfig/test/-/a has room for 2 of its 4 replicas now, for 3 when it was planned; plan again",
    "Deployment shop/web: kubeconfig/test/-/b has room for 2 of its 4 replicas now, for 3 when it was planned; plan again",
  ]);
});

test("what a plan has brought itself is not held against it when its id runs again", async () => {
  await using fleet = await startEmbeddedFleet({ names: ["a"], cpus: 11 });
  const all = aPlacement("web", { replicas: { partial: false } });
  const documents = [aWeb({ replicas: 2 }), asking("3500m"), all, aWeb({ name: "b", replicas: 3, cpu: "900m" })];
  const plan = await fleet.scheduler.plan({ documents }, fleet.ctx);
  const first = await fleet.scheduler.applyStored(plan, { documents }, { timeoutMs: 10_000 }, fleet.ctx);
  const again = await fleet.scheduler.applyStored(plan, { documents }, { timeoutMs: 10_000 }, fleet.ctx);
  expect([first, again].map(({ outcome, refusals }) => [outcome, refusals])).toEqual([
    ["done", []],
    ["done", []],
  ]);
});
