import {
  type GcpEmulator,
  SAMPLE_GCP_CLOUD,
  SAMPLE_GCP_PROJECTS,
  startGcpEmulator,
} from "@flotilla/provider-gcp/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientCall } from "../clouds/client-calls.ts";
import { describeWithClients } from "../clouds/describe-with-clients.ts";

const { main, off } = SAMPLE_GCP_PROJECTS;

// google-cloud-container for Python parses strictly: a member it does not know, or of the wrong type, is an error of its own.
await describeWithClients("Google's own client on the emulated Google Cloud", (clients) => {
  let gcp: GcpEmulator;
  let calls: ReadonlyMap<string, ClientCall>;
  beforeAll(async () => {
    gcp = await startGcpEmulator(SAMPLE_GCP_CLOUD);
    calls = await clients().script("gcp_calls.py", {
      endpoint: gcp.url,
      token: gcp.token,
      user: {
        client_id: gcp.authorizedUser.client_id,
        client_secret: gcp.authorizedUser.client_secret,
        refresh_token: gcp.authorizedUser.refresh_token,
      },
      project: main,
      offProject: off,
      location: "europe-west1",
      zone: "us-central1-a",
      cluster: "prod",
      zonal: "dev",
      pool: "general",
    });
  });
  afterAll(() => gcp.close());
  const answer = (name: string): unknown => calls.get(name)?.answer ?? calls.get(name)?.error;

  test("no call fails", () => {
    expect([...calls.values()].filter(({ ok }) => !ok)).toEqual([]);
    expect(calls.size).toBe(12);
  });

  test("lists everywhere, with the zones that did not answer, and in one region", () => {
    expect(answer("list_clusters, everywhere")).toMatchObject({ names: ["dev", "new", "prod"] });
    const { missingZones } = answer("list_clusters, everywhere") as { readonly missingZones: readonly string[] };
    expect(missingZones.some((zone) => zone.startsWith("asia-east1"))).toBe(true);
    expect(answer("list_clusters, in a region")).toEqual({ names: ["prod"], missingZones: [] });
  });

  test("reads clusters and pools as typed messages", () => {
    expect(answer("get_cluster, regional")).toMatchObject({
      name: "prod",
      location: "europe-west1",
      status: "RUNNING",
      resource_labels: { tier: "gold" },
      services_ipv4_cidr: "34.118.224.0/20",
      release_channel: { channel: "STABLE" },
    });
    expect(answer("get_cluster, zonal and degraded")).toMatchObject({ location: "us-central1-a", status: "DEGRADED" });
    expect(answer("list_node_pools")).toMatchObject([{ name: "general" }, { name: "batch", config: { spot: true } }]);
    // Three a zone, in three zones.
    expect(answer("get_node_pool")).toMatchObject({ initial_node_count: 3, config: { machine_type: "n2-standard-4" } });
    expect(answer("get_server_config")).toMatchObject({ default_cluster_version: expect.any(String) as unknown });
    expect(answer("list_operations")).toEqual(expect.any(Array));
  });

  test("takes a 401 for what it is and mints a token at the emulated endpoint", () => {
    expect(answer("list_clusters, after a refused token is renewed")).toEqual(["prod"]);
  });

  test("errors arrive as the classes and reasons the client knows", () => {
    expect(answer("get_cluster, absent")).toMatchObject({ type: "NotFound", status: 404 });
    expect(answer("list_clusters, service off")).toMatchObject({ type: "Forbidden", reason: "SERVICE_DISABLED" });
    expect(answer("get_operation, absent")).toMatchObject({ type: "NotFound", status: 404 });
  });
});
