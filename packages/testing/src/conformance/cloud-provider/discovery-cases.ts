import assert from "node:assert/strict";
import { isCloudError, parseClusterId, type Cluster, type CloudProvider } from "@flotilla/core";
import { clustersOf, discover, type ProviderCheck } from "./provider-case.ts";

const PHASES = ["creating", "ready", "updating", "deleting", "degraded", "failed", "stopped", "unknown"];
const EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];
const PROMPT_MS = 5_000;

export const DISCOVERY_CASES: readonly ProviderCheck[] = [
  [
    "discovery ends, and every scope it found something in is done or a gap",
    async ({ provider, ctx }) => {
      const events = await discover(provider, ctx);
      const closed = new Set(events.flatMap((event) => (event.type === "cluster" ? [] : [event.scope])));
      assert.ok(clustersOf(events).length > 0, "the harness promised a cluster");
      assert.ok(closed.size > 0, "an end without a scope that is done or a gap says nothing");
      if (provider.id === "kubeconfig") return; // its scope is its name, and clusters tell their cloud's
      assert.deepEqual(
        clustersOf(events).filter(({ scope }) => !closed.has(scope)),
        [],
      );
    },
  ],
  [
    "every id parses, begins with the provider's id, ends with the name and comes once",
    async ({ provider, ctx }) => {
      const clusters = clustersOf(await discover(provider, ctx));
      for (const { id, name } of clusters) {
        const parts = parseClusterId(id);
        assert.equal(parts?.provider, provider.id, id);
        // Azure ids are lower case; the name keeps what the user wrote.
        assert.equal(parts.name.toLowerCase(), name.toLowerCase());
      }
      assert.equal(new Set(clusters.map(({ id }) => id)).size, clusters.length);
    },
  ],
  [
    "facts are well-formed, sorted, and never guessed",
    async ({ provider, ctx }) => {
      for (const cluster of clustersOf(await discover(provider, ctx))) assertFacts(cluster);
    },
  ],
  [
    "discovering again gives the same, also at the same time",
    async ({ provider, ctx }) => {
      const [first, second] = await Promise.all([discover(provider, ctx), discover(provider, ctx)]);
      const third = await discover(provider, ctx);
      assert.deepEqual(comparable(second), comparable(first));
      assert.deepEqual(comparable(third), comparable(first));
    },
  ],
  [
    "discovery can be left after its first event and begun anew",
    async ({ provider, ctx }) => {
      for await (const event of provider.discovery.discover({}, ctx)) {
        assert.ok(event.type.length > 0);
        break;
      }
      assert.ok(clustersOf(await discover(provider, ctx)).length > 0);
    },
  ],
  [
    "a scope that is asked for is the only one looked at",
    async ({ provider, ctx }) => {
      const all = await discover(provider, ctx);
      const scope = all.flatMap((event) => (event.type === "scopeDone" ? [event.scope] : []))[0];
      assert.ok(scope !== undefined, "at least one scope is done");
      const only = await Array.fromAsync(provider.discovery.discover({ scopes: [scope] }, ctx));
      assert.deepEqual(
        new Set(only.flatMap((event) => (event.type === "cluster" ? [] : [event.scope]))),
        new Set([scope]),
      );
      const none = await Array.fromAsync(provider.discovery.discover({ scopes: [] }, ctx));
      assert.deepEqual(clustersOf(none), []);
    },
  ],
  [
    "an aborted signal ends discovery with its reason, promptly",
    async ({ provider }) => {
      const reason = new Error("had enough");
      const startedAtMs = Date.now();
      await assert.rejects(discover(provider, { signal: AbortSignal.abort(reason) }), (error: Error) =>
        isReason(error, reason),
      );
      await abortMidway(provider, reason);
      assert.ok(Date.now() - startedAtMs < PROMPT_MS);
    },
  ],
];

/** Needs a provider with a gap. */
export const GAP_CASES: readonly ProviderCheck[] = [
  [
    "what cannot be listed is a gap that says where and why, and the rest is found",
    async ({ ctx, harness }) => {
      const provider = await harness.createWithGap?.();
      assert.ok(provider !== undefined);
      const events = await discover(provider, ctx);
      const gaps = events.flatMap((event) => (event.type === "gap" ? [event] : []));
      assert.ok(gaps.length > 0, "a gap");
      assert.ok(clustersOf(events).length > 0, "and clusters");
      for (const { scope, error } of gaps) {
        assert.ok(scope.length > 0 && isCloudError(error) && error.message.length > 0);
      }
    },
  ],
];

async function abortMidway(provider: CloudProvider, reason: Error): Promise<void> {
  const controller = new AbortController();
  const reading = (async () => {
    for await (const _event of provider.discovery.discover({}, { signal: controller.signal })) controller.abort(reason);
  })();
  // It may have been at its end already.
  await reading.catch((error: unknown) => assert.ok(isReason(error, reason), String(error)));
}

function isReason(error: unknown, reason: Error): boolean {
  return error === reason || isCloudError(error, "cancelled");
}

function comparable(events: Awaited<ReturnType<typeof discover>>): unknown {
  return clustersOf(events).map(({ raw: _raw, problem, ...facts }) => ({ ...facts, problem: problem?.kind }));
}

function assertFacts(cluster: Cluster): void {
  const { id, region, zones, phase, kubernetesVersion, endpoint, network, labels, taints, nodePools } = cluster;
  assert.deepEqual(zones, [...new Set(zones)].toSorted(), `${id}: zones are sorted and unique`);
  assert.ok(region === null || region.length > 0, `${id}: an absent region is null`);
  assert.ok(PHASES.includes(phase), `${id}: phase ${phase}`);
  assert.ok(kubernetesVersion === null || /^v?\d+\.\d+/.test(kubernetesVersion), `${id}: ${kubernetesVersion}`);
  assert.ok(endpoint === null || URL.canParse(endpoint.url), `${id}: ${endpoint?.url}`);
  const cidrs = [...network.cidrs, ...network.podCidrs, ...network.serviceCidrs];
  assert.ok(
    cidrs.every((cidr) => /^[0-9a-f.:]+\/\d+$/i.test(cidr)),
    `${id}: ${cidrs.join(" ")}`,
  );
  assert.ok(
    Object.values(labels).every((value) => typeof value === "string"),
    `${id}: labels`,
  );
  const allTaints = [...taints, ...nodePools.flatMap((pool) => pool.taints)];
  assert.ok(
    allTaints.every(({ key, effect }) => key.length > 0 && EFFECTS.includes(effect)),
    `${id}: taints`,
  );
  for (const { name, nodes, phase: poolPhase } of nodePools) {
    assert.ok(name.length > 0 && PHASES.includes(poolPhase), `${id}: pool ${name}`);
    assert.ok(nodes === null || (Number.isSafeInteger(nodes) && nodes >= 0), `${id}: pool ${name} has ${nodes} nodes`);
  }
  const { raw: _raw, ...facts } = cluster;
  assert.deepEqual(JSON.parse(JSON.stringify(facts)), facts, `${id}: facts are plain JSON`);
}
