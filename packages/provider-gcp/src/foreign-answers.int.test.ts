import { createCallPolicy, type DiscoveryEvent, isCloudError } from "@flotilla/core";
import { expect, test } from "vitest";
import { createGcpProvider } from "./provider.ts";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./testing/index.ts";

const { shared } = SAMPLE_GCP_PROJECTS;
const ctx = () => ({ signal: AbortSignal.timeout(20_000) });
const NODE = { kind: "node", provider: "gcp", region: "europe-west1", purchase: "onDemand" } as const;

/** Fine by their status, and no answer of Google's: what gateways and captive portals say. */
const FOREIGN = [
  '{"message":"Unauthorized by gateway"}',
  '{"error":"login_required"}',
  "[]",
  "null",
  '"fine"',
] as const;

function providerOf(on: GcpEmulator, projects: readonly string[] = [shared]) {
  const clock = { nowMs: () => Date.now(), sleep: async () => {} };
  const policy = createCallPolicy({ clock, random: { next: () => 0 } });
  const options = { endpoint: on.url, credentials: { tokenEnv: "TOKEN" }, projects };
  return createGcpProvider({ name: "test", options }, { env: { TOKEN: on.token }, policy });
}

/** An emulated cloud with somebody in front of it who answers this. */
async function answering(body: string, action: string): Promise<GcpEmulator> {
  const own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  own.faults.add({ match: { action }, times: 100, action: { kind: "status", status: 200, body } });
  return own;
}

async function told(events: AsyncIterable<DiscoveryEvent>): Promise<readonly string[]> {
  const all = await Array.fromAsync(events);
  return all.map((event) => (event.type === "gap" ? `gap ${event.error.kind}` : event.type));
}

function isForeign(thrown: unknown): boolean {
  return isCloudError(thrown, "transient") && thrown.message.includes("proxy");
}

test.for(FOREIGN)("%s in the place of clusters is a gap, and no empty project", async (body) => {
  await using own = await answering(body, "container.clusters.list");
  expect(await told(providerOf(own).discovery.discover({}, ctx()))).toEqual(["gap transient"]);
});

test("{} is an answer of a project without clusters", async () => {
  await using own = await answering("{}", "container.clusters.list");
  expect(await told(providerOf(own).discovery.discover({}, ctx()))).toEqual(["scopeDone"]);
});

test.for(FOREIGN)("%s in the place of projects fails, and is no right that is missing", async (body) => {
  await using own = await answering(body, "resourcemanager.projects.get");
  await expect(told(providerOf(own, []).discovery.discover({}, ctx()))).rejects.toSatisfy(isForeign);
});

test.for([...FOREIGN, "{}"])("%s in the place of a cluster does not say that it is gone", async (body) => {
  await using own = await answering(body, "container.clusters.get");
  const connecting = providerOf(own).credentials.connect({ id: `gcp/${shared}/europe-west1/auto` }, ctx());
  await expect(connecting).rejects.toSatisfy(isForeign);
});

test.for([...FOREIGN, "{}"].flatMap((body) => [[body, "regions"] as const, [body, "projects"] as const]))(
  "%s in the place of the quotas of %s is no empty list of them",
  async ([body, of]) => {
    await using own = await answering(body, `compute.${of}.get`);
    const listing = providerOf(own).quotas?.list({ scope: shared, region: "europe-west1" }, ctx());
    await expect(listing).rejects.toSatisfy(isForeign);
  },
);

test("a region whose quotas Google could not read is no region without limits, and nobody's proxy", async () => {
  const body = '{"name":"europe-west1","quotaStatusWarning":{"code":"QUOTA_INFO_UNAVAILABLE"}}';
  await using own = await answering(body, "compute.regions.get");
  const listing = providerOf(own).quotas?.list({ scope: shared, region: "europe-west1" }, ctx());
  await expect(listing).rejects.toThrow("Google could not read the quotas of europe-west1");
});

test.for(FOREIGN)(
  "%s in the place of prices is a catalogue that could not be read, not one without prices",
  async (body) => {
    await using own = await answering(body, "cloudbilling.services.skus.list");
    const price = await providerOf(own).prices?.quote({ ...NODE, instanceType: "n2-standard-4" }, ctx());
    expect(price).toMatchObject({ known: false, reason: expect.stringContaining("proxy") as unknown });
  },
);

test.for(FOREIGN)("%s in the place of sizes and ranges hides no cluster", async (body) => {
  await using own = await answering(body, "compute.subnetworks.get");
  own.faults.add({
    match: { action: "compute.instanceGroupManagers.list" },
    times: 100,
    action: { kind: "status", status: 200, body },
  });
  expect(await told(providerOf(own).discovery.discover({}, ctx()))).toEqual(["cluster", "scopeDone"]);
});

/** JSON with the members of an answer, and nothing in them that Google would say. */
const MISSHAPEN = [
  ["container.clusters.list", '{"clusters":"none"}'],
  ["container.clusters.list", '{"clusters":[null]}'],
  ["container.clusters.list", '{"clusters":[{"name":"a","nodePools":"none"}]}'],
  ["resourcemanager.projects.get", '{"projects":"none"}'],
  ["resourcemanager.projects.get", '{"projects":[{"projectId":"../../evil","state":"ACTIVE"}]}'],
  ["resourcemanager.projects.get", '{"projects":[{"projectId":"a b","state":"ACTIVE"}]}'],
] as const;

test.for(MISSHAPEN)("%s: %s is an answer of somebody else, and no bug", async ([action, body]) => {
  await using own = await answering(body, action);
  const provider = providerOf(own, action.startsWith("container") ? [shared] : []);
  const [gap] = await Array.fromAsync(provider.discovery.discover({}, ctx())).catch((error: unknown) => [{ error }]);
  expect(gap).toMatchObject({ error: { kind: "transient", message: expect.stringContaining("proxy") as unknown } });
});

test.for(['{"quotas":"none"}', '{"quotas":7}'])(
  "%s in the place of quotas is an answer of somebody else",
  async (body) => {
    await using own = await answering(body, "compute.regions.get");
    const listing = providerOf(own).quotas?.list({ scope: shared, region: "europe-west1" }, ctx());
    await expect(listing).rejects.toSatisfy(isForeign);
  },
);

test.for([
  '{"items":"none"}',
  '{"items":{"zones/a":null}}',
  '{"items":{"zones/a":{"instanceGroupManagers":[null]}}}',
  '{"items":{"zones/a":{"instanceGroupManagers":[{"selfLink":7}]}}}',
])("%s in the place of sizes hides no cluster", async (body) => {
  await using own = await answering(body, "compute.instanceGroupManagers.list");
  expect(await told(providerOf(own).discovery.discover({}, ctx()))).toEqual(["cluster", "scopeDone"]);
});

test.for([403, 404, 400, 412])("a page with status %s is a proxy's, and no refusal of Google's", async (status) => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  own.faults.add({ match: { action: "container.clusters.list" }, times: 100, action: { kind: "html", status } });
  const [gap] = await Array.fromAsync(providerOf(own).discovery.discover({}, ctx()));
  expect(gap).toMatchObject({ error: { kind: "transient", message: expect.stringContaining("proxy") as unknown } });
});
