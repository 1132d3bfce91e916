import { CloudError, type CloudProvider, type RecordStore } from "@flotilla/core";
import { expect, test } from "vitest";
import { aCluster } from "../builders/a-cluster.ts";
import { createVirtualClock } from "../clock/virtual-clock.ts";
import { createMemoryStore } from "../store/memory-store.ts";
import { createChaos } from "./chaos.ts";
import { withChaos } from "./with-chaos.ts";

const broken = new CloudError("transient", "the wire broke");

function aStore() {
  const clock = createVirtualClock(0);
  const chaos = createChaos<RecordStore>(clock);
  const real = createMemoryStore(clock);
  return { clock, chaos, real, store: withChaos(real, chaos) };
}

function aProvider() {
  const clock = createVirtualClock(0);
  const chaos = createChaos<CloudProvider>(clock);
  const real: CloudProvider = {
    id: "toy",
    name: "toy",
    discovery: {
      async *discover() {
        for (const name of ["a", "b", "c"]) yield { type: "cluster", cluster: aCluster({ name }) };
      },
    },
    credentials: { connect: async () => ({ server: "https://toy.example", auth: { kind: "none" } }) },
  };
  return { clock, chaos, provider: withChaos(real, chaos) };
}

test("a fault hits `times` calls after letting `after` pass", async () => {
  const { store, chaos } = aStore();
  chaos.on("put", { kind: "fail", error: broken }, { after: 1, times: 2 });
  const outcomes: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    outcomes.push(
      await store.put("k", index).then(
        () => "stored",
        () => "failed",
      ),
    );
  }
  expect(outcomes).toEqual(["stored", "failed", "failed", "stored", "stored"]);
  expect(chaos.calls("put")).toBe(5);
});

test("fail leaves nothing behind, failAfter leaves the effect", async () => {
  const { store, real, chaos } = aStore();
  chaos.on("put", { kind: "fail", error: broken }, { times: 1 });
  await expect(store.put("k", 1)).rejects.toBe(broken);
  expect(await real.get("k")).toBeUndefined();
  chaos.on("put", { kind: "failAfter", error: broken }, { times: 1 });
  await expect(store.put("k", 1)).rejects.toBe(broken);
  expect((await real.get("k"))?.value).toBe(1);
});

test("a call that is awaited twice happens once", async () => {
  const { store, clock, chaos } = aStore();
  chaos.on("put", { kind: "delay", durationMs: 10 });
  const putting = store.put("k", 1);
  await clock.run(Promise.all([putting, putting]));
  expect(await clock.run(putting)).toEqual({ stored: true, version: 1 });
});

test("a delay takes virtual time, a hang ends with the caller's signal", async () => {
  const { provider, clock, chaos } = aProvider();
  chaos.on("credentials.connect", { kind: "delay", durationMs: 5_000 }, { times: 1 });
  const { signal } = new AbortController();
  await clock.run(provider.credentials.connect({ id: "toy" }, { signal }));
  expect(clock.nowMs()).toBe(5_000);
  chaos.on("credentials.connect", { kind: "hang" }, { times: 1 });
  const hanging = new AbortController();
  const waiting = provider.credentials.connect({ id: "toy" }, { signal: hanging.signal });
  setTimeout(() => hanging.abort(broken), 5);
  await expect(waiting).rejects.toBe(broken);
});

test("a stream breaks after the items it was given", async () => {
  const { provider, chaos } = aProvider();
  chaos.on("discovery.discover", { kind: "failAfter", error: broken, items: 2 }, { times: 1 });
  const ctx = { signal: new AbortController().signal };
  const seen: string[] = [];
  const reading = (async () => {
    for await (const event of provider.discovery.discover({}, ctx)) {
      if (event.type === "cluster") seen.push(event.cluster.name);
    }
  })();
  await expect(reading).rejects.toBe(broken);
  expect(seen).toEqual(["a", "b"]);
  chaos.calm();
  expect(await Array.fromAsync(provider.discovery.discover({}, ctx))).toHaveLength(3);
});
