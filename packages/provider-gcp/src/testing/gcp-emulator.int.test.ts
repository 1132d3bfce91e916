import { createSign } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./index.ts";

const { main, off } = SAMPLE_GCP_PROJECTS;
let emulator: GcpEmulator;
beforeAll(async () => {
  emulator = await startGcpEmulator(SAMPLE_GCP_CLOUD);
});
afterAll(() => emulator.close());

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

async function ask(path: string, init: RequestInit = {}, on: GcpEmulator = emulator): Promise<Answer> {
  const response = await fetch(`${on.url}${path}`, { headers: { authorization: `Bearer ${on.token}` }, ...init });
  return { status: response.status, body: (await response.json()) as Answer["body"] };
}

const CLUSTERS = `/v1/projects/${main}/locations/-/clusters`;

test.for([
  ["a path nobody knows", "/v1/projects/x/unheard", {}, 404, "NOT_FOUND"],
  ["a method nobody knows", CLUSTERS, { method: "DELETE" }, 404, "NOT_FOUND"],
  ["an unknown parameter", `${CLUSTERS}?colour=red`, {}, 400, "INVALID_ARGUMENT"],
  ["no token", CLUSTERS, { headers: {} }, 401, "UNAUTHENTICATED"],
  ["another cloud's token", CLUSTERS, { headers: { authorization: "Bearer k8s-aws-v1.abc" } }, 401, "UNAUTHENTICATED"],
  ["a project nobody sees", "/v1/projects/not-mine/locations/-/clusters", {}, 403, "PERMISSION_DENIED"],
  ["an API that is off", `/v1/projects/${off}/locations/-/clusters`, {}, 403, "PERMISSION_DENIED"],
  ["a cluster that is not there", `/v1/projects/${main}/locations/us-central1/clusters/none`, {}, 404, "NOT_FOUND"],
  [
    "an operation that is not there",
    `/v1/projects/${main}/locations/us-central1/operations/none`,
    {},
    404,
    "NOT_FOUND",
  ],
  ["a place that does not exist", `/v1/projects/${main}/locations/mars-north1/clusters`, {}, 400, "INVALID_ARGUMENT"],
  ["a page token of nobody", "/v3/projects:search?pageToken=abc", {}, 400, "INVALID_ARGUMENT"],
  ["a service without prices", "/v1/services/0000-0000-0000/skus", {}, 404, "NOT_FOUND"],
] as const)("%s is refused in Google's error format", async ([, path, init, status, grpc]) => {
  const answer = await ask(path, init);
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject({ error: { code: status, status: grpc, message: expect.any(String) as unknown } });
});

test("no token and a bad one are refused in words and with reasons of their own", async () => {
  const refused = async (path: string, authorization?: string) =>
    (await ask(path, { headers: authorization === undefined ? {} : { authorization } })).body["error"];
  const rest =
    "Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";
  for (const path of [CLUSTERS, `/compute/v1/projects/${main}`]) {
    expect(await refused(path)).toMatchObject({
      code: 401,
      message: `Request is missing required authentication credential. ${rest}`,
      errors: [{ reason: "required", message: "Login Required.", location: "Authorization" }],
      status: "UNAUTHENTICATED",
      details: [{ reason: "CREDENTIALS_MISSING" }],
    });
    expect(await refused(path, "Bearer of-nobody")).toMatchObject({
      code: 401,
      message: `Request had invalid authentication credentials. ${rest}`,
      errors: [{ reason: "authError", message: "Invalid Credentials", location: "Authorization" }],
      status: "UNAUTHENTICATED",
      details: [{ reason: "ACCESS_TOKEN_TYPE_UNSUPPORTED" }],
    });
  }
});

test("Compute Engine refuses a page of more than 500, the others cut theirs", async () => {
  const list = `/compute/v1/projects/${main}/regions`;
  expect((await ask(`${list}?maxResults=500`)).status).toBe(200);
  for (const size of ["501", "-1", "many"]) {
    const { status, body } = await ask(`${list}?maxResults=${size}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { errors: [{ reason: "invalid" }] } });
    expect(body["error"]).not.toHaveProperty("status");
  }
  expect((await ask("/v1/services/6F81-5844-456A/skus?pageSize=5001")).status).toBe(200);
});

test("Compute Engine's refusals carry reasons and no status", async () => {
  const { status, body } = await ask(`/compute/v1/projects/${main}/regions/nowhere`);
  expect(status).toBe(404);
  expect(body).toMatchObject({ error: { errors: [{ reason: "notFound", domain: "global" }] } });
  expect(body["error"]).not.toHaveProperty("status");
  const tokens = [{ value: "t", account: "a@example.com", allow: ["container.*"] }];
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens });
  const denied = await ask(`/compute/v1/projects/${main}`, {}, own);
  expect(denied.body).toMatchObject({ error: { code: 403, errors: [{ reason: "forbidden" }] } });
  expect(denied.body["error"]).not.toHaveProperty("status");
});

test("enum values are names, or numbers for those who ask; the old paths lead to the same", async () => {
  const named = await ask(`/v1/projects/${main}/locations/europe-west1/clusters/prod`);
  expect(named.body).toMatchObject({ status: "RUNNING", releaseChannel: { channel: "STABLE" } });
  const path = `/v1/projects/${main}/zones/us-central1-a/clusters/dev?$alt=json%3Benum-encoding=int`;
  expect((await ask(path)).body).toMatchObject({
    status: 6,
    location: "us-central1-a",
    zone: "us-central1-a",
    conditions: [{ code: 1 }],
  });
});

test("what real answers look like: counts per zone, unsorted locations, numbers in links, nothing false or zero", async () => {
  const { body } = await ask(`/v1/projects/${main}/locations/europe-west1/clusters/prod`);
  const [pool] = body["nodePools"] as readonly Readonly<Record<string, unknown>>[];
  expect(pool).toMatchObject({
    initialNodeCount: 3,
    autoscaling: { enabled: true, minNodeCount: 1, maxNodeCount: 9 },
    maxPodsConstraint: { maxPodsPerNode: "110" },
    config: { diskSizeGb: 100, bootDisk: { sizeGb: "100" } },
  });
  expect(body["locations"]).toEqual(["europe-west1-d", "europe-west1-c", "europe-west1-b"]);
  expect(body["selfLink"]).toMatch(/\/v1\/projects\/\d{12}\/locations\/europe-west1\/clusters\/prod$/);
  expect(body).toMatchObject({ autopilot: {}, currentNodeCount: 13 });
  expect(JSON.stringify(body)).not.toMatch(/:(false|0|null)[,}]/);
  const dev = await ask(`/v1/projects/${main}/locations/us-central1-a/clusters/dev`);
  expect(dev.body["selfLink"]).toMatch(/\/v1\/projects\/\d{12}\/zones\/us-central1-a\/clusters\/dev$/);
});

test("sizes of instance groups add up; empty scopes say so; the zone's own list agrees", async () => {
  const list = `/compute/v1/projects/${main}/aggregated/instanceGroupManagers?filter=name%20eq%20gke-.*`;
  expect((await ask(list)).status).toBe(503); // asia-east1 is silent
  const { body } = await ask(`${list}&returnPartialSuccess=true`);
  const scopes = body["items"] as Readonly<
    Record<
      string,
      {
        readonly instanceGroupManagers?: readonly { readonly targetSize: number }[];
        readonly warning?: { readonly code: string };
      }
    >
  >;
  const sizes = Object.values(scopes).flatMap(({ instanceGroupManagers = [] }) =>
    instanceGroupManagers.map(({ targetSize }) => targetSize),
  );
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(9 + 4 + 2);
  expect(scopes["zones/us-central1-b"]?.warning?.code).toBe("NO_RESULTS_ON_PAGE");
  expect(scopes["zones/asia-east1-a"]?.warning?.code).toBe("UNREACHABLE");
  const zone = await ask(`/compute/v1/projects/${main}/zones/europe-west1-b/instanceGroupManagers`);
  expect(zone.body["items"]).toEqual(scopes["zones/europe-west1-b"]?.instanceGroupManagers);
  expect(
    (
      await ask(
        `/compute/v1/projects/${main}/aggregated/instanceGroupManagers?returnPartialSuccess=true&filter=size%3E3`,
      )
    ).status,
  ).toBe(400);
});

test("operations of clusters that are changing, regions with their quotas, zones, networks and subnets", async () => {
  const { body } = await ask(`/v1/projects/${main}/locations/-/operations`);
  const [operation] = body["operations"] as readonly { readonly name: string }[];
  expect(operation).toMatchObject({ operationType: "CREATE_CLUSTER", status: "RUNNING" });
  expect((await ask(`/v1/projects/${main}/locations/us-central1/operations/${operation?.name}`)).body).toEqual(
    operation,
  );
  const region = await ask(`/compute/v1/projects/${main}/regions/europe-west1`);
  expect(region.body["quotas"]).toContainEqual({ metric: "N2_CPUS", limit: 500, usage: 36 });
  const compute = `/compute/v1/projects/${main}`;
  for (const path of ["/regions", "/zones", "/global/networks", "/regions/europe-west1/subnetworks"]) {
    const { body } = await ask(`${compute}${path}`);
    expect(body["items"]).toContainEqual(
      expect.objectContaining({ selfLink: expect.stringContaining(main) as unknown }),
    );
  }
  expect((await ask(`${compute}/global/networks/main`)).body).toMatchObject({ name: "main", kind: "compute#network" });
  expect((await ask(`/v1/projects/${main}/locations/europe-west1/serverConfig`)).body).toHaveProperty(
    "validMasterVersions",
  );
  expect((await ask(`/v1/projects/${main}/locations/europe-west1/clusters/prod/nodePools/batch`)).body).toMatchObject({
    name: "batch",
  });
});

test("a quota project must be one that the caller may use, and a person's calls without a project need one", async () => {
  const account = "a@example.com";
  const tokens = [
    { value: "t", account, needsQuotaProject: true },
    { value: "reader", account, needsQuotaProject: true, allow: ["resourcemanager.*", "container.*"] },
  ];
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { tokens });
  const search = async (project?: string, token = "t") => {
    const named = project === undefined ? {} : { "x-goog-user-project": project };
    const headers = { authorization: `Bearer ${token}`, ...named };
    return (await ask("/v3/projects:search", { headers }, own)).body["error"];
  };
  expect(await search(main)).toBeUndefined();
  const denied = (project: string) => ({
    code: 403,
    message: expect.stringContaining("serviceusage.services.use") as unknown,
    status: "PERMISSION_DENIED",
    details: [
      { "@type": "type.googleapis.com/google.rpc.Help" },
      { reason: "USER_PROJECT_DENIED", metadata: { consumer: `projects/${project}` } },
    ],
  });
  expect(await search("not-mine")).toMatchObject(denied("not-mine"));
  expect(await search(main, "reader")).toMatchObject(denied(main));
  expect(await search()).toMatchObject({
    code: 403,
    status: "PERMISSION_DENIED",
    details: [{ reason: "SERVICE_DISABLED", metadata: { consumer: "projects/764086051850" } }],
  });
});

test("a mask in a header cuts an answer as one in the query does", async () => {
  const path = "/v1/services/6F81-5844-456A/skus?pageSize=1";
  const headers = { authorization: `Bearer ${emulator.token}`, "x-goog-fieldmask": "skus(skuId)" };
  const id = expect.stringMatching(/^[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}$/) as unknown;
  expect((await ask(path, { headers })).body).toEqual({ skus: [{ skuId: id }] });
  expect((await ask(`${path}&fields=skus/skuId`)).body).toEqual({ skus: [{ skuId: id }] });
  expect((await ask(path, { headers: { ...headers, "x-goog-fieldmask": "skus(" } })).status).toBe(400);
});

test("lists page, and a lagging list is followed by one that does not lag", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD, { pageSizeMax: 2, consistencyMs: 5000 });
  const first = await ask("/v3/projects:search", {}, own);
  expect(first.body["projects"]).toHaveLength(2);
  const second = await ask(
    `/v3/projects:search?pageToken=${encodeURIComponent(String(first.body["nextPageToken"]))}`,
    {},
    own,
  );
  expect(second.body["projects"]).toHaveLength(1);
  expect(second.body).not.toHaveProperty("nextPageToken");
  own.fleet.put({ scope: main, region: "us-central1", name: "fresh", version: "1.35.1", pools: [] });
  const names = async () =>
    ((await ask(CLUSTERS, {}, own)).body["clusters"] as readonly { readonly name: string }[]).map(({ name }) => name);
  expect(await names()).not.toContain("fresh");
  expect((await ask(`/v1/projects/${main}/locations/us-central1/clusters/fresh`, {}, own)).status).toBe(200);
  own.clock.advance(5000);
  expect(await names()).toContain("fresh");
});

test("tokens given out for the refresh token end with the emulated time", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { client_id, client_secret, refresh_token } = own.authorizedUser;
  const body = new URLSearchParams({ grant_type: "refresh_token", client_id, client_secret, refresh_token });
  const { access_token: token } = (await ask("/token", { method: "POST", body, headers: {} }, own)).body;
  const headers = { authorization: `Bearer ${String(token)}` };
  expect((await ask(CLUSTERS, { headers }, own)).status).toBe(200);
  expect(own.identify(String(token))?.account).toContain("flotilla@");
  own.clock.advance(3_600_001);
  expect((await ask(CLUSTERS, { headers }, own)).status).toBe(401);
  expect(own.identify(String(token))).toBeUndefined();
});

const SCOPE = "https://www.googleapis.com/auth/";

/** What a service account's key is traded for with these scopes. */
async function traded(on: GcpEmulator, scope: string) {
  const { client_email, private_key, token_uri } = on.serviceAccount();
  const iat = Math.floor(Date.now() / 1000);
  const parts = [{ alg: "RS256" }, { iss: client_email, aud: token_uri, iat, exp: iat + 600, scope }];
  const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
  const signature = createSign("RSA-SHA256").update(signed).sign(private_key, "base64url");
  const body = new URLSearchParams({
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    assertion: `${signed}.${signature}`,
  });
  return ask("/token", { method: "POST", body, headers: {} }, on);
}

test("a token has the scopes that were asked for; without the e-mail scope a cluster sees a number", async () => {
  await using own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { client_email, client_id } = own.serviceAccount();
  const userWith = async (scope: string) => {
    const { body } = await traded(own, scope);
    return own.identify(String(body["access_token"]))?.account;
  };
  expect(await userWith(`${SCOPE}cloud-platform`)).toBe(client_id);
  expect(await userWith(`${SCOPE}cloud-platform ${SCOPE}userinfo.email`)).toBe(client_email);
  expect(await userWith(`${SCOPE}userinfo.email`)).toBeUndefined();
  expect(await traded(own, "")).toMatchObject({ status: 400, body: { error: "invalid_scope" } });
});
