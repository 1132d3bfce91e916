import { createCallPolicy } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { createGcpProvider } from "./provider.ts";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, startGcpEmulator } from "./testing/index.ts";

const NODE = {
  kind: "node",
  provider: "gcp",
  region: "europe-west1",
  instanceType: "n2-standard-4",
  purchase: "onDemand",
} as const;
const HOURS_MS = 3_600_000;
const KEPT_MS = 12 * HOURS_MS;

/** Prices of an emulated cloud, at a time that moves when told to; failures are not repeated by the policy. */
function pricesOf(on: GcpEmulator) {
  const clock = createVirtualClock(Date.UTC(2026, 10, 1));
  const policy = createCallPolicy({ clock, random: { next: () => 0 } }, { attemptsMax: 1 });
  const options = { endpoint: on.url, credentials: { tokenEnv: "TOKEN" } };
  const { prices } = createGcpProvider({ name: "test", options }, { env: { TOKEN: on.token }, policy, clock });
  const quote = async (offering: Readonly<Record<string, unknown>> = {}, deadlineMs?: number) => {
    const ctx = { signal: AbortSignal.timeout(20_000), ...(deadlineMs === undefined ? {} : { deadlineMs }) };
    return prices?.quote({ ...NODE, ...offering }, ctx);
  };
  return { clock, prices, quote };
}

const CATALOGUE = { match: { action: "cloudbilling.services.skus.list" }, times: 1000 };

test("while the catalogue is refused its last prices hold, with their own age, and it is asked again every minute", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { clock, quote } = pricesOf(own);
  const inUsa = { region: "us-east1", instanceType: "e2-standard-2" };
  const first = await quote();
  expect(first).toMatchObject({ known: true, source: "gcp-billing", asOfMs: clock.nowMs() });
  await clock.advance(KEPT_MS);
  const fault = own.faults.add({ ...CATALOGUE, action: { kind: "throttle" } });
  expect(await quote()).toEqual(first);
  await clock.advance(59_000);
  expect(await quote()).toEqual(first);
  expect(fault.hits).toBe(1);
  await clock.advance(1000);
  expect(await quote()).toEqual(first);
  expect(fault.hits).toBe(2);
  await clock.advance(13 * KEPT_MS - 60_001);
  expect(await quote()).toEqual(first);
  await clock.advance(1);
  expect(await quote(inUsa)).toMatchObject({ known: true, source: "gcp-fallback-2026-09-23" });
  await clock.advance(60_000);
  expect(await quote()).toMatchObject({
    known: false,
    reason: expect.stringContaining("rateLimitExceeded") as unknown,
  });
  own.faults.clear();
  await clock.advance(60_000);
  expect(await quote()).toEqual({ ...first, asOfMs: clock.nowMs() });
});

test("a catalogue that is too slow to be read anew leaves its last prices standing", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { clock, quote } = pricesOf(own);
  const first = await quote();
  await clock.advance(KEPT_MS);
  const fault = own.faults.add({ ...CATALOGUE, action: { kind: "hang" } });
  const asked = quote({}, clock.nowMs() + 5000);
  await expect.poll(() => fault.hits).toBe(1);
  await clock.advance(4500);
  expect(await asked).toEqual(first);
});

const autopilot = (serverless: boolean) => ({
  cluster: { id: "gcp/p/europe-west1/c", name: "c", provider: "gcp", scope: "p", region: "europe-west1", serverless },
});

test.for([
  ["GPUs", { nodeLabels: { "cloud.google.com/gke-accelerator": "nvidia-tesla-t4" } }, /GPUs \(nvidia-tesla-t4\)/],
  ["a local SSD", { nodeLabels: { "cloud.google.com/gke-local-ssd": "true" } }, /local SSDs/],
  ["raw local SSDs", { nodeLabels: { "cloud.google.com/gke-local-nvme-ssd": "true" } }, /local SSDs/],
  ["ephemeral SSDs", { nodeLabels: { "cloud.google.com/gke-ephemeral-storage-local-ssd": "true" } }, /local SSDs/],
  ["Windows", { nodeLabels: { "kubernetes.io/os": "windows" } }, /Windows licence/],
  ["Autopilot", autopilot(true), /Autopilot.* pods/],
] as const)(
  "a node with %s is paid for by more than its machine: unknown, with the way out",
  async ([, part, reason]) => {
    await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
    const price = await pricesOf(own).quote(part);
    expect(price).toMatchObject({ known: false, reason: expect.stringMatching(reason) as unknown });
    expect(price).toMatchObject({ reason: expect.stringContaining("price file") as unknown });
    expect(own.requests).toEqual([]);
  },
);

test("what a node's labels and its cluster do not change is priced as before, and the member counts", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { prices, quote } = pricesOf(own);
  const nodeLabels = { "kubernetes.io/os": "linux", "cloud.google.com/gke-local-ssd": "false", pool: "general" };
  expect(await quote({ nodeLabels })).toEqual(await quote());
  expect(await quote(autopilot(false))).toMatchObject({ known: true });
  expect(await quote({ kind: "controlPlane", ...autopilot(true) })).toMatchObject({ known: true });
  expect(prices?.perCluster).toBe(true);
});
