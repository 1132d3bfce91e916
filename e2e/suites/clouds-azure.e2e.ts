import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type AzureEmulator,
  SAMPLE_AZURE_CLOUD,
  SAMPLE_AZURE_SUBSCRIPTIONS,
  startAzureEmulator,
} from "@flotilla/provider-azure/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientCall } from "../clouds/client-calls.ts";
import { describeWithClients } from "../clouds/describe-with-clients.ts";

const { main, disabled, denied } = SAMPLE_AZURE_SUBSCRIPTIONS;

await describeWithClients("Azure's own client on the emulated Azure", (clients) => {
  let azure: AzureEmulator;
  let folder: string;
  let calls: ReadonlyMap<string, ClientCall>;
  beforeAll(async () => {
    azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { tls: true, pageSizeMax: 2, operationMs: 1000 });
    folder = await mkdtemp(path.join(tmpdir(), "flotilla-azure-"));
    const caFile = path.join(folder, "ca.pem");
    await writeFile(caFile, azure.caPem ?? "");
    calls = await clients().script("azure_calls.py", {
      endpoint: azure.url,
      caFile,
      armToken: azure.tokens.arm,
      aksToken: azure.tokens.aks,
      subscription: main,
      disabled,
      denied,
      group: "prod-rg",
      cluster: "Prod",
      pool: "batch",
    });
  });
  afterAll(async () => {
    await azure.close();
    await rm(folder, { recursive: true, force: true });
  });
  const answer = (name: string): unknown => calls.get(name)?.answer ?? calls.get(name)?.error;

  test("no call fails", () => {
    expect([...calls.values()].filter(({ ok }) => !ok)).toEqual([]);
    expect(calls.size).toBe(13);
  });

  test("follows nextLink to the end", () => {
    const names = ["Prod", "local", "paused", "sick", "young"];
    expect(answer("managed_clusters.list")).toEqual({ pages: 3, names });
    expect(answer("managed_clusters.list_by_resource_group")).toEqual({ pages: 1, names: ["Prod", "local"] });
    expect(answer("agent_pools.list")).toEqual({ pages: 1, names: ["batch", "system"] });
  });

  test("reads clusters and pools as typed models", () => {
    const prod = answer("managed_clusters.get") as { readonly properties: unknown };
    expect(prod).toMatchObject({ name: "Prod", location: "westeurope", tags: { tier: "gold" } });
    expect(prod.properties).toMatchObject({ provisioningState: "Succeeded", powerState: { code: "Running" } });
    expect(answer("managed_clusters.get, stopped")).toMatchObject({ properties: { powerState: { code: "Stopped" } } });
    expect(answer("agent_pools.get")).toMatchObject({ properties: { vmSize: "Standard_E8s_v5", count: 2 } });
  });

  test("gets kubeconfigs, and follows operations by their header", () => {
    expect(answer("list_cluster_user_credentials")).toMatchObject([
      { text: expect.stringContaining("exec:") as unknown },
    ]);
    expect(answer("list_cluster_admin_credentials")).toMatchObject([
      { text: expect.stringContaining("client-certificate-data") as unknown },
    ]);
    expect(answer("begin_stop, begin_start")).toEqual(["Stopped", "Running"]);
  });

  test("errors arrive as the classes and codes the client knows", () => {
    expect(answer("managed_clusters.get, absent")).toEqual({
      type: "ResourceNotFoundError",
      status: 404,
      code: "ResourceNotFound",
    });
    expect(answer("managed_clusters.list, denied subscription")).toMatchObject({
      status: 403,
      code: "AuthorizationFailed",
    });
    expect(answer("managed_clusters.list, a token for AKS")).toMatchObject({
      type: "ClientAuthenticationError",
      status: 401,
    });
  });
});
