import { createSeededRandom, type Document } from "@flotilla/core";
import { expect, test } from "vitest";
import { aDocument, startEmbeddedFleet } from "../../test-support/embedded-fleet.ts";
import { aConfigMap, anOverride, aPlacement, aService, aWeb } from "../../test-support/some-manifests.ts";
import type { Plan } from "./plan.ts";

/** Each workload's replicas by member. */
function sharesOf({ workloads }: Plan): Readonly<Record<string, object>> {
  return Object.fromEntries(
    workloads.map(({ ref, placements }) => [
      ref.name,
      Object.fromEntries(placements.map(({ cluster, replicas }) => [cluster.slice(-1), replicas])),
    ]),
  );
}

function aDaemon(name: string, cpu: string): Document {
  const containers = [{ name: "agent", image: "agent", resources: { requests: { cpu } } }];
  const template = { metadata: { labels: { app: name } }, spec: { containers } };
  const spec = { selector: { matchLabels: { app: name } }, template };
  return aDocument({ apiVersion: "apps/v1", kind: "DaemonSet", metadata: { name, namespace: "shop" }, spec });
}

test("the order of the documents changes neither a placement nor the plan's id", async () => {
  await using fleet = await startEmbeddedFleet();
  const documents = [
    aWeb({ name: "small", replicas: 9, cpu: "300m", configMap: "shared" }),
    aWeb({ name: "large", replicas: 3, cpu: "3" }),
    aWeb({ name: "middle", replicas: 5, cpu: "1" }),
    aWeb({ name: "apart", replicas: 4, cpu: "2" }),
    aPlacement("apart", { priority: 5, spread: [{ by: "cluster", maxGroups: 2 }] }),
    aConfigMap("shared"),
    aService("small"),
    aDaemon("agent", "700m"),
    anOverride("small", [{ labels: { add: { one: "1" } } }]),
    anOverride("large", [{ labels: { add: { two: "2" } } }]),
  ];
  const first = await fleet.scheduler.plan({ documents }, fleet.ctx);
  expect(Object.keys(sharesOf(first)).sort()).toEqual(["agent", "apart", "large", "middle", "small"]);
  for (let seed = 1; seed <= 8; seed += 1) {
    const random = createSeededRandom(seed);
    const shuffled = documents
      .map((document) => ({ document, key: random.next() }))
      .toSorted((a, b) => a.key - b.key)
      .map(({ document }) => document);
    const plan = await fleet.scheduler.plan({ documents: shuffled }, fleet.ctx);
    expect([seed, sharesOf(plan), plan.planId]).toEqual([seed, sharesOf(first), first.planId]);
  }
});

test("a scale-down while a member is away leaves the service where it can be seen", async () => {
  await using fleet = await startEmbeddedFleet();
  const web = (replicas: number): readonly Document[] => [aWeb({ replicas })];
  const apply = async (replicas: number): Promise<Plan> => {
    const plan = await fleet.scheduler.plan({ documents: web(replicas) }, fleet.ctx);
    await fleet.scheduler.apply(plan, { timeoutMs: 10_000 }, fleet.ctx);
    return plan;
  };
  expect(sharesOf(await apply(6))).toEqual({ web: { a: 2, b: 2, c: 2 } });
  await fleet.member("a").server.kill();
  const plan = await apply(2);
  expect(sharesOf(plan)).toEqual({ web: { b: 1, c: 1 } });
  const again = await apply(2);
  expect([sharesOf(again), again.removals]).toEqual([sharesOf(plan), []]);
});
