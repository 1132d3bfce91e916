import type { RecordedRequest } from "@flotilla/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AzureEmulator, SAMPLE_AZURE_CLOUD, SAMPLE_AZURE_SUBSCRIPTIONS, startAzureEmulator } from "./index.ts";

const { main, denied } = SAMPLE_AZURE_SUBSCRIPTIONS;
const CLUSTERS = `/subscriptions/${main}/resourceGroups/prod-rg/providers/Microsoft.ContainerService/managedClusters`;
const V = "api-version=2025-10-01";
/** Of subscriptions and resource groups. */
const W = "api-version=2022-12-01";

let azure: AzureEmulator;
beforeAll(async () => {
  azure = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { operationMs: 60_000 });
});
afterAll(() => azure.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly [name: string]: unknown; readonly error?: { readonly code: string } };
}

async function ask(path: string, init: RequestInit = {}, token = azure.tokens.arm): Promise<Answer> {
  const headers = { ...(token === "" ? {} : { authorization: `Bearer ${token}` }), ...(init.headers as object) };
  const url = path.startsWith("http") ? path : `${azure.url}${path}`;
  const response = await fetch(url, { ...init, headers });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === "" ? {} : JSON.parse(text)) as Answer["body"],
  };
}

const refusalOf = async (path: string, init?: RequestInit, token?: string) => {
  const { status, body } = await ask(path, init, token);
  return `${status} ${body.error === undefined ? `bare ${String(body["code"])}` : body.error.code}`;
};

describe("refusals", () => {
  test("in Resource Manager's words, or in AKS's own shape", async () => {
    const post = { method: "POST" };
    expect(await refusalOf("/subscriptions")).toBe("400 MissingApiVersionParameter");
    expect(await refusalOf("/subscriptions?api-version=1")).toBe("400 InvalidApiVersionParameter");
    expect(await refusalOf("/subscriptions?api-version=2020-13-01")).toBe("400 InvalidApiVersionParameter");
    expect(await refusalOf("/subscriptions?api-version=2020-01-00")).toBe("400 InvalidApiVersionParameter");
    expect(await refusalOf("/subscriptions?api-version=2026-06-01")).toBe("400 InvalidApiVersionParameter");
    expect(await refusalOf(`${CLUSTERS}?api-version=2014-04-01`)).toBe("400 NoRegisteredProviderFound");
    expect(await refusalOf(`${CLUSTERS}/prod?api-version=2099-01-01-preview`)).toBe("400 NoRegisteredProviderFound");
    const usages = `/subscriptions/${main}/providers/Microsoft.Compute/locations/nowhere/usages`;
    expect(await refusalOf(`${usages}?${V}`)).toBe("400 NoRegisteredProviderFound");
    const locks = `/subscriptions/${main}/providers/Microsoft.Authorization/locks`;
    expect(await refusalOf(`${locks}?${V}`)).toBe("400 NoRegisteredProviderFound");
    expect(await refusalOf(`${locks}?api-version=2020-05-01`, {}, "")).toBe("401 AuthenticationFailed");
    expect(await refusalOf(`${locks.replace(main, denied)}?api-version=2020-05-01`)).toBe("403 AuthorizationFailed");
    expect(await refusalOf(`/subscriptions?${W}`, {}, "")).toBe("401 AuthenticationFailed");
    expect(await refusalOf(`/subscriptions?${W}`, {}, "abc")).toBe("401 InvalidAuthenticationToken");
    expect(await refusalOf(`/subscriptions?${W}`, {}, azure.tokens.aks)).toBe("401 InvalidAuthenticationTokenAudience");
    const { token } = azure.mintToken({ audience: "arm", lifetimeMs: -1 });
    expect(await refusalOf(`/subscriptions?${W}`, {}, token)).toBe("401 ExpiredAuthenticationToken");
    expect(await refusalOf(`/subscriptions/main/resourceGroups?${W}`)).toBe("400 InvalidSubscriptionId");
    expect(await refusalOf(`/subscriptions/${main.replaceAll("1", "9")}?${W}`)).toBe("404 SubscriptionNotFound");
    expect(await refusalOf(`/subscriptions/${main}/providers/Microsoft.Nothing/things?${V}`)).toBe(
      "404 InvalidResourceType",
    );
    expect(await refusalOf(`${CLUSTERS}/prod?${V}`, { method: "DELETE" })).toBe("405 HttpMethodNotAllowed");
    expect(await refusalOf(`${CLUSTERS}/absent?${V}`)).toBe("404 ResourceNotFound");
    expect(await refusalOf(`${CLUSTERS.replace("prod-rg", "no-rg")}/prod?${V}`)).toBe("404 ResourceGroupNotFound");
    expect(await refusalOf(`${CLUSTERS}/prod/agentPools/absent?${V}`)).toBe("404 bare NotFound");
    expect(await refusalOf(`${CLUSTERS}/prod/listClusterAdminCredential?${V}`, post)).toBe("400 bare BadRequest");
    expect(await refusalOf(`${CLUSTERS}?${V}&$skiptoken=made-up`)).toBe("400 InvalidSkipToken");
    for (const body of ['{"tags":{},"location":"x"}', '{"tags":"x"}', '{"tags":["x"]}', '{"tags":{"a":{}}}']) {
      const patch = { method: "PATCH", body };
      expect(await refusalOf(`${CLUSTERS}/prod?${V}`, patch)).toBe("400 InvalidRequestContent");
    }
    expect((await ask(`${CLUSTERS}/prod?${V}`)).body["tags"]).toEqual({ tier: "gold" });
  });
});

describe("resource groups", () => {
  const inGroup = (group: string) => `${CLUSTERS.replace("prod-rg", group)}?${V}`;
  /** Of a network that somebody brought, and of the machines of a cluster. */
  const OTHERS = ["net", "MC_PROD-RG_prod_westeurope"];

  test.each(OTHERS)("%s has something in it, and no clusters", async (group) => {
    expect(await ask(inGroup(group))).toMatchObject({ status: 200, body: { value: [] } });
    expect(await refusalOf(`${CLUSTERS.replace("prod-rg", group)}/prod?${V}`)).toBe("404 ResourceNotFound");
  });

  test("one that was never there is not found", async () => {
    expect(await refusalOf(inGroup("no-rg"))).toBe("404 ResourceGroupNotFound");
  });

  test("one is listed once, and outlives its last cluster", async () => {
    await using other = await startAzureEmulator(SAMPLE_AZURE_CLOUD);
    for (const name of ["paused", "sick", "young"]) {
      other.fleet.remove({ scope: main, group: "dev", region: "eastus", name });
    }
    const empty = await ask(`${other.url}${inGroup("dev")}`, {}, other.tokens.arm);
    expect(empty).toMatchObject({ status: 200, body: { value: [] } });
    const listed = await ask(`${other.url}/subscriptions/${main}/resourceGroups?${W}`, {}, other.tokens.arm);
    const names = (listed.body["value"] as readonly { readonly name: string }[]).map(({ name }) => name);
    expect(names.toSorted()).toEqual([
      "MC_Prod-RG_Prod_westeurope",
      "MC_prod-rg_local_westeurope",
      "Net",
      "Prod-RG",
      "dev",
    ]);
  });
});

test("the price list is public, and knows by what it is asked", async () => {
  const prices = (filter: string) => ask(`/api/retail/prices?$filter=${encodeURIComponent(filter)}`, {}, "");
  expect((await prices("serviceName eq 'Virtual Machines' and armRegionName eq 'WestEurope'")).body["Count"]).toBe(0);
  const all = await prices("armSkuName eq 'Standard_D4s_v5' and priceType eq 'Consumption'");
  // Linux and Windows, each on demand and spot, and low priority
  expect(all.body["Items"]).toHaveLength(5);
  expect((await prices("colour eq 'blue'")).status).toBe(400);
  expect((await prices("armSkuName lt 'x'")).status).toBe(400);
});

test("the price list answers in the currency that is asked for, and refuses what it cannot read", async () => {
  const filter = `$filter=${encodeURIComponent("armSkuName eq 'Standard_D4s_v5' and skuName eq 'D4s v5 Spot'")}`;
  const prices = (query: string) => ask(`/api/retail/prices?${filter}&${query}`, {}, "");
  const linesOf = async (query: string) => {
    const { body } = await prices(query);
    const items = body["Items"] as readonly Readonly<Record<string, unknown>>[];
    return items.map(({ retailPrice }) => retailPrice as number);
  };
  const dollars = await linesOf("");
  const euros = await linesOf("currencyCode='EUR'");
  expect(euros).toHaveLength(dollars.length);
  for (const [index, price] of euros.entries()) expect(price).toBeCloseTo(dollars[index]! * 0.9, 6);
  expect((await prices("currencyCode='EUR'")).body).toMatchObject({
    BillingCurrency: "EUR",
    Items: expect.arrayContaining([expect.objectContaining({ currencyCode: "EUR" })]) as unknown,
  });
  expect(await linesOf("currencyCode=USD")).toEqual(dollars);
  for (const query of ["currencyCode='XXX'", "$skip=abc", "$skip=-1", "$skip=1.5", "$skip="]) {
    expect([query, (await prices(query)).status]).toEqual([query, 400]);
  }
  expect(await linesOf("$skip=1000000")).toEqual([]);
});

describe("changes", () => {
  test("stopping is an operation by header, with statuses in free words; meanwhile the cluster is busy", async () => {
    const post = { method: "POST" };
    const begun = await ask(`${CLUSTERS}/prod/stop?${V}`, post);
    expect([begun.status, begun.headers.has("retry-after")]).toEqual([202, false]);
    const operation = begun.headers.get("azure-asyncoperation") ?? "";
    expect(operation).toContain("api-version=2016-03-30");
    expect((await ask(operation)).body).toMatchObject({ status: "InProgress", error: { code: "NotLatestOperation" } });
    expect(await refusalOf(`${CLUSTERS}/prod/start?${V}`, post)).toBe("409 bare OperationNotAllowed");
    azure.clock.advance(40_000);
    expect((await ask(operation)).body).toMatchObject({ status: "Stopping: ReconcilingDNS" });
    expect((await ask(`${CLUSTERS}/prod?${V}`)).body).toMatchObject({ properties: { provisioningState: "Stopping" } });
    azure.clock.advance(40_000);
    expect((await ask(operation)).body).toMatchObject({ status: "Succeeded" });
    expect((await ask(`${CLUSTERS}/prod?${V}`)).body).toMatchObject({
      properties: { provisioningState: "Succeeded", powerState: { code: "Stopped" } },
    });
    azure.clock.advance(-80_000);
  });

  test("operations say when to ask again, where they are told to", async () => {
    await using other = await startAzureEmulator(SAMPLE_AZURE_CLOUD, { operationRetryAfterSeconds: 7 });
    const token = other.tokens.arm;
    const begun = await ask(`${other.url}${CLUSTERS}/prod/stop?${V}`, { method: "POST" }, token);
    const status = await ask(begun.headers.get("azure-asyncoperation") ?? "", {}, token);
    expect([begun.headers.get("retry-after"), status.headers.get("retry-after")]).toEqual(["7", "7"]);
  });

  test("an etag that is no more refuses the change, one that is lets it pass", async () => {
    const path = `${CLUSTERS}/local?api-version=2026-06-01`;
    const { eTag } = (await ask(path)).body;
    const patch = (tags: object, etag: unknown) => ({
      method: "PATCH",
      body: JSON.stringify({ tags }),
      headers: { "if-match": String(etag) },
    });
    const changed = await ask(path, patch({ a: "b" }, eTag));
    expect([changed.status, changed.body["tags"]]).toEqual([200, { a: "b" }]);
    expect(await refusalOf(path, patch({ a: "c" }, eTag))).toBe("412 bare EtagMismatch");
    expect((await ask(path)).body["tags"]).toEqual({ a: "b" });
  });
});

test("each token opens its own door only", () => {
  expect(azure.verifyAksToken(azure.tokens.aks)).toMatchObject({ ok: true });
  expect(azure.verifyAksToken(azure.tokens.arm)).toMatchObject({ ok: false, problem: "audience" });
  const forged = azure.tokens.aks.replace(/\.[^.]*$/, ".AAAA");
  expect(azure.verifyAksToken(forged)).toMatchObject({ ok: false, problem: "malformed" });
  const { token } = azure.mintToken({ audience: "aks", lifetimeMs: 1000, username: "me", groups: ["g"] });
  expect(azure.verifyAksToken(token)).toMatchObject({ ok: true, username: "me", groups: ["g"] });
  azure.clock.advance(2000);
  expect(azure.verifyAksToken(token)).toMatchObject({ ok: false, problem: "expired" });
});

test("what was asked is recorded by the right it needs, without a token", async () => {
  await ask(`${CLUSTERS}/local/listClusterUserCredential?${V}&format=exec`, { method: "POST" });
  const last: RecordedRequest | undefined = azure.requests.at(-1);
  expect(last).toMatchObject({
    action: "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
    scope: main,
    caller: "flotilla@example.com",
    status: 200,
  });
  expect(JSON.stringify(azure.requests)).not.toContain(azure.tokens.arm.slice(-20));
});
