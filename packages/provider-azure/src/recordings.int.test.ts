import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createCallPolicy, isCloudError, systemClock, systemRandom } from "@flotilla/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AksClient, openAksClient } from "./aks-client.ts";
import { parseArmId } from "./arm-id.ts";
import { toCluster } from "./cluster-model.ts";
import { networkFinder } from "./cluster-network.ts";
import { openNetworkClient } from "./network-client.ts";
import type { AzureSession } from "./azure-session.ts";
import { openSession } from "./open-session.ts";

/** Answers of the real service, kept beside the repository or where FLOTILLA_RECORDED says. */
const FOLDER = join(
  process.env["FLOTILLA_RECORDED"] ?? join(import.meta.dirname, "../../../../shared/recorded"),
  "azure",
);

interface Exchange {
  readonly request: { readonly method: string; readonly url: string };
  readonly response: { readonly status: number; readonly headers: Record<string, string>; readonly body: unknown };
}

function exchangesOf(file: string): readonly Exchange[] {
  return (JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8")) as { exchanges: readonly Exchange[] }).exchanges;
}

const reason = existsSync(FOLDER) ? "" : ` (skipped: no recordings in ${FOLDER})`;

describe.skipIf(reason !== "")(`recorded answers${reason}`, () => {
  let server: Server;
  let session: AzureSession;
  let client: AksClient;
  let next: Exchange["response"];

  beforeAll(async () => {
    server = createServer((_request, response) => {
      response.writeHead(next.status, { "content-type": "application/json" });
      response.end(next.body === null ? "" : JSON.stringify(next.body));
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    session = await openSession(
      { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
      {
        env: {},
        clock: systemClock,
        policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
        credential: { getToken: async () => ({ token: "t", expiresOnTimestamp: Date.now() + 3_600_000 }) },
      },
    );
    client = await openAksClient(session, "00000000-0000-0000-0000-000000000000");
  });
  afterAll(() => {
    server.close();
  });

  const ctx = { signal: new AbortController().signal };
  const read = (exchange: Exchange) => {
    next = exchange.response;
    return client.getCluster("group", "name", ctx);
  };

  test("every managed cluster is decoded into the unified model", async () => {
    const clusters = exchangesOf("aks-cluster-20240901.json").filter(
      ({ request, response }) =>
        /managedClusters\/[^/?]+\?/.test(request.url) &&
        ["GET", "PUT"].includes(request.method) &&
        response.status < 300,
    );
    expect(clusters.length).toBeGreaterThan(5);
    for (const exchange of clusters) {
      const answer = await read(exchange);
      const name = parseArmId(answer.id);
      expect(name).toBeDefined();
      const cluster = toCluster(name!, answer, { network: networkFinder([])(answer) });
      expect(cluster).toMatchObject({
        region: "westus3",
        scope: "00000000-0000-0000-0000-000000000000/asotest-rg-nyuvpf",
        supportTier: "Standard",
        serverless: false,
        network: { id: null, podCidrs: ["10.244.0.0/16"], serviceCidrs: ["10.0.0.0/16"] },
      });
      expect(["creating", "ready", "updating"]).toContain(cluster.phase);
      expect(cluster.nodePools[0]).toMatchObject({
        name: "ap1",
        nodes: 1,
        nodesMin: null,
        instanceTypes: ["Standard_DS2_v2"],
        purchase: "onDemand",
        kubernetesVersion: "1.33.5",
      });
      expect(cluster).not.toHaveProperty("createdAtMs"); // systemData is not in real answers
    }
  });

  test("every virtual network is decoded, as a list would hold it", async () => {
    const networks = exchangesOf("network-virtual-network-20240301.json").filter(
      ({ request, response }) => /virtualNetworks\/[^/?]+\?/.test(request.url) && response.status === 200,
    );
    expect(networks.length).toBeGreaterThan(1);
    next = { status: 200, headers: {}, body: { value: networks.map(({ response }) => response.body) } };
    const page = await openNetworkClient(session, "00000000-0000-0000-0000-000000000000").listNetworks(undefined, ctx);
    expect(page.networks).toHaveLength(networks.length);
    for (const { id, cidrs } of page.networks) {
      expect(id).toMatch(/^\/subscriptions\/[0-]+\/resourcegroups\/.*\/virtualnetworks\/asotest-vn-ktdooa$/);
      expect(cidrs).toEqual(["10.0.0.0/8"]);
    }
  });

  test.each<[string, readonly string[]]>([
    ["aks-cluster-20240901.json", ["notFound"]],
    ["network-virtual-network-20240301.json", ["notFound"]],
    ["network-virtual-network-gateway-20240301.json", ["notFound", "busy"]],
    ["reported-aks-errors.json", ["busy"]],
  ])("every refusal of %s is one of its kinds", async (file, kinds) => {
    const refusals = exchangesOf(file).filter(({ response }) => response.status >= 400);
    expect(refusals.length).toBeGreaterThan(0);
    for (const refusal of refusals) {
      const error = await read(refusal).catch((thrown: unknown) => thrown);
      expect(isCloudError(error) ? error.kind : JSON.stringify(refusal.response.body)).toBeOneOf([...kinds]);
    }
  });
});
