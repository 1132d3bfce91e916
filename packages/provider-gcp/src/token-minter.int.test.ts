import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { inspect } from "node:util";
import { gzipSync } from "node:zlib";
import { isCloudError } from "@flotilla/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mintingFailure } from "./minting-failure.ts";
import { type GcpEmulator, SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS, startGcpEmulator } from "./testing/index.ts";
import { tokenMinter } from "./token-minter.ts";

let folder: string;
let own: GcpEmulator;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gcp-"));
  own = await startGcpEmulator(SAMPLE_GCP_CLOUD);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await own.close();
  await rm(folder, { recursive: true });
});

/** Application Default Credentials in a file that a variable names. */
async function withFile(content: unknown, endpoint = own.url) {
  const GOOGLE_APPLICATION_CREDENTIALS = join(folder, "adc.json");
  await writeFile(GOOGLE_APPLICATION_CREDENTIALS, JSON.stringify(content));
  return tokenMinter({ endpoint }, { GOOGLE_APPLICATION_CREDENTIALS });
}

test("credentials that gcloud left are used, and gcloud is not run", async () => {
  // The library would run it to learn the default project of these credentials.
  const trace = join(folder, "gcloud-was-run");
  await writeFile(join(folder, "gcloud"), `#!/bin/sh\ntouch ${trace}\n`);
  await chmod(join(folder, "gcloud"), 0o755);
  await writeFile(join(folder, "application_default_credentials.json"), JSON.stringify(own.authorizedUser));
  vi.stubEnv("PATH", [folder, process.env["PATH"]].join(delimiter));
  vi.stubEnv("CLOUDSDK_CONFIG", folder);
  for (const name of ["GOOGLE_APPLICATION_CREDENTIALS", "GCLOUD_PROJECT", "GOOGLE_CLOUD_PROJECT"]) vi.stubEnv(name, "");
  vi.stubEnv("METADATA_SERVER_DETECTION", "none");
  const minter = tokenMinter({ endpoint: own.url }, {});
  const { value, expiresAtMs } = await minter.mint();
  expect(own.identify(value)?.account).toContain("flotilla@");
  expect((expiresAtMs ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
  expect(minter.quotaProject()).toBe(SAMPLE_GCP_PROJECTS.main);
  expect(existsSync(trace)).toBe(false);
});

test("Google's own variable names the quota project before the credentials do", async () => {
  const minter = tokenMinter(
    { credentials: { tokenEnv: "TOKEN" } },
    { TOKEN: "t", GOOGLE_CLOUD_QUOTA_PROJECT: "payer-1" },
  );
  expect(await minter.mint()).toEqual({ value: "t", expiresAtMs: null });
  expect(minter.quotaProject()).toBe("payer-1");
});

test.for(["ya29.CANARY\n", "ya29.CANARY\nx", "ya29.CANARY x", "ya29.CANARYж", "ya29.CANARY\u00e9", "\t"])(
  "a variable with %j is refused by its name, and its value is not told",
  async (TOKEN) => {
    const minter = tokenMinter({ credentials: { tokenEnv: "TOKEN" } }, { TOKEN });
    const failed: unknown = await minter.mint().catch((error: unknown) => error);
    expect(isCloudError(failed, "unauthenticated")).toBe(true);
    expect(String(failed)).toContain("TOKEN");
    expect(inspect(failed, { depth: 20, showHidden: true })).not.toContain("CANARY");
  },
);

test.for([
  ["refused credentials", { kind: "status", status: 400, body: '{"error":"invalid_grant"}' }, "unauthenticated"],
  ["a busy token endpoint", { kind: "status", status: 429, body: "{}" }, "throttled"],
  ["one that is down", { kind: "status", status: 503, body: "<html>" }, "transient"],
  ["a proxy's page", { kind: "html", status: 200 }, "transient"],
  ["a broken connection", { kind: "reset" }, "transient"],
] as const)("%s: %s", async ([, action, kind]) => {
  own.faults.add({ match: { action: "oauth2.token" }, times: 100, action });
  const minter = await withFile(own.authorizedUser);
  const failed: unknown = await minter.mint().catch((error: unknown) => error);
  expect(isCloudError(failed, kind)).toBe(true);
  expect(String(failed)).not.toContain(own.authorizedUser.refresh_token);
});

test("what the token endpoint echoes is not told", async () => {
  const { refresh_token } = own.authorizedUser;
  const body = JSON.stringify({ error: refresh_token, error_description: refresh_token });
  own.faults.add({ match: { action: "oauth2.token" }, action: { kind: "status", status: 400, body } });
  const failed: unknown = await (await withFile(own.authorizedUser)).mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "unauthenticated")).toBe(true);
  expect(inspect(failed, { depth: 20, showHidden: true })).not.toContain(refresh_token);
});

test("refused credentials say that the clock may be wrong", async () => {
  const minter = await withFile({ ...own.authorizedUser, refresh_token: "revoked" });
  await expect(minter.mint()).rejects.toThrow(/invalid_grant.*clock/);
});

test("a service account's key signs for its tokens, which clusters know by its address, and needs no project to count calls for", async () => {
  const minter = await withFile(own.serviceAccount());
  const { value } = await minter.mint();
  expect(own.identify(value)).toEqual({ account: own.serviceAccount().client_email });
  expect(minter.quotaProject()).toBeUndefined();
  expect(own.requests.map(({ action, status }) => [action, status])).toEqual([["oauth2.token", 200]]);
});

test("a key that is not the account's is refused, and so is one of a machine whose clock is wrong", async () => {
  await using other = await startGcpEmulator(SAMPLE_GCP_CLOUD);
  const { private_key } = other.serviceAccount();
  const wrong = await withFile({ ...own.serviceAccount(), private_key });
  await expect(wrong.mint()).rejects.toThrow("invalid_grant");
  const right = await withFile(own.serviceAccount());
  own.clock.advance(3_700_000);
  const failed: unknown = await right.mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "unauthenticated")).toBe(true);
  expect(String(failed)).toContain("clock is right");
  expect(inspect(failed, { depth: 20 })).not.toMatch(/PRIVATE KEY|eyJ/);
});

const HUGE = '{"access_token":"ya29.huge","expires_in":3599,"token_type":"Bearer"}'.padStart(4 << 20);

/** A token endpoint that says more than anybody needs, but for exchanges, whose answer is traded again. */
async function withHugeAnswers() {
  const exchanged = {
    access_token: "ya29.exchanged",
    issued_token_type: "urn:ietf:params:oauth:token-type:access_token",
    token_type: "Bearer",
    expires_in: 3599,
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { url = "" } = request;
    asked.push(url);
    const packed = gzipSync(["/exchange", "/down"].includes(url) ? JSON.stringify(exchanged) : HUGE);
    response
      .writeHead(url === "/down" ? 503 : 200, { "content-type": "application/json", "content-encoding": "gzip" })
      .end(packed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("an answer of the token endpoint that is larger than allowed is refused, and not asked for again", async () => {
  await using huge = await withHugeAnswers();
  for (const file of [own.authorizedUser, own.serviceAccount()]) {
    const failed: unknown = await (await withFile(file, huge.url)).mint().catch((error: unknown) => error);
    expect(isCloudError(failed, "invalid") && failed.message).toContain("larger than allowed");
  }
  expect(huge.asked).toEqual(["/token", "/token"]);
});

/** Workload identity that is traded twice, the second time by the library's own client at a host that is known otherwise. */
async function impersonating(url: string, path: string) {
  const file = join(folder, "subject-token");
  await writeFile(file, "signed-by-somebody");
  const GOOGLE_APPLICATION_CREDENTIALS = join(folder, "adc.json");
  const urls = { token_url: `${url}/exchange`, service_account_impersonation_url: `${url}${path}` };
  await writeFile(
    GOOGLE_APPLICATION_CREDENTIALS,
    JSON.stringify({ ...FEDERATED, credential_source: { file }, ...urls }),
  );
  return tokenMinter({ endpoints: { container: url } }, { GOOGLE_APPLICATION_CREDENTIALS });
}

test("so is one that the library's own client reads", async () => {
  await using huge = await withHugeAnswers();
  const minter = await impersonating(huge.url, "/impersonate");
  const failed: unknown = await minter.mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "invalid") && failed.message).toContain("larger than allowed");
  expect(huge.asked).toEqual(["/exchange", "/impersonate"]);
});

test("an endpoint that is down is asked once by it: to repeat is the policy's business", async () => {
  await using down = await withHugeAnswers();
  const failed: unknown = await (await impersonating(down.url, "/down")).mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "transient")).toBe(true);
  expect(down.asked).toEqual(["/exchange", "/down"]);
});

test.for([
  new DOMException("The operation was aborted due to timeout", "TimeoutError"),
  Object.assign(new Error("aborted"), { cause: Object.assign(new Error("aborted"), { name: "AbortError" }) }),
  new TypeError("fetch failed", { cause: Object.assign(new Error("no"), { code: "ECONNREFUSED" }) }),
  new TypeError("fetch failed", {
    cause: new AggregateError([Object.assign(new Error("no"), { code: "ENETUNREACH" })]),
  }),
])("%s is no fault of the credentials", (error) => {
  const failure = mintingFailure(error);
  expect([failure.kind, failure.code]).toEqual(["transient", expect.stringMatching(/^[ETA][A-Za-z]+$/)]);
  expect(failure.message).toContain("check the network");
});

/** A metadata server, as machines and pods of Google Cloud have one. */
async function withMetadata(status: number, body: string) {
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json", "metadata-flavor": "Google" }).end(body);
  });
  const asked: string[] = [];
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv("GCE_METADATA_HOST", `127.0.0.1:${port}`);
  vi.stubEnv("METADATA_SERVER_DETECTION", "assume-present");
  vi.stubEnv("CLOUDSDK_CONFIG", folder);
  vi.stubEnv("GOOGLE_APPLICATION_CREDENTIALS", "");
  return {
    asked,
    minter: tokenMinter({}, {}),
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("on a machine of Google Cloud the metadata server mints, and is asked for nothing else", async () => {
  const body = JSON.stringify({ access_token: "ya29.machine", expires_in: 3599, token_type: "Bearer" });
  await using metadata = await withMetadata(200, body);
  const { value, expiresAtMs } = await metadata.minter.mint();
  expect(value).toBe("ya29.machine");
  expect((expiresAtMs ?? 0) - Date.now()).toBeGreaterThan(3_500_000);
  const scopes = ["cloud-platform", "userinfo.email"].map((name) => `https://www.googleapis.com/auth/${name}`);
  expect(metadata.asked.map((url) => decodeURIComponent(url))).toEqual([
    `/computeMetadata/v1/instance/service-accounts/default/token?scopes=${scopes.join(",")}`,
  ]);
});

test("a page in the place of the metadata server is no token, and may go away", async () => {
  await using metadata = await withMetadata(200, "<html>captive portal</html>");
  const failed: unknown = await metadata.minter.mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "transient")).toBe(true);
});

test.for([{}, { type: "service_account", client_email: "a@b.c", private_key: "no key" }, "text"])(
  "a file of %o holds no credentials, and is not asked about again",
  async (content) => {
    const failed: unknown = await (await withFile(content)).mint().catch((error: unknown) => error);
    expect(isCloudError(failed, "unauthenticated")).toBe(true);
  },
);

test("a machine without a service account has no credentials", async () => {
  await using metadata = await withMetadata(404, "{}");
  const failed: unknown = await metadata.minter.mint().catch((error: unknown) => error);
  expect(isCloudError(failed, "unauthenticated")).toBe(true);
});

test("credentials of a cloud with hosts of its own are refused, with what to do instead", async () => {
  const minter = await withFile({ ...own.authorizedUser, universe_domain: "apis.sovereign.example" });
  await expect(minter.mint()).rejects.toThrow(/apis\.sovereign\.example.*tokenEnv/);
  expect(own.requests).toEqual([]);
});

const FEDERATED = {
  type: "external_account",
  audience: "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x",
  subject_token_type: "urn:ietf:params:oauth:token-type:jwt",
  credential_source: { file: "/dev/null" },
};
test.for([
  ["token_url", { ...FEDERATED, token_url: "https://sts.evil.example/v1/token" }],
  [
    "service_account_impersonation_url",
    {
      ...FEDERATED,
      token_url: "https://sts.googleapis.com/v1/token",
      service_account_impersonation_url:
        "https://iamcredentials.googleapis.com.evil.example/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken",
    },
  ],
  [
    "token_url",
    {
      type: "impersonated_service_account",
      service_account_impersonation_url:
        "https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/a@b.iam.gserviceaccount.com:generateAccessToken",
      source_credentials: { ...FEDERATED, token_url: "http://sts.googleapis.com/v1/token" },
    },
  ],
] as const)("a credentials file whose %s is not Google's sends its credentials nowhere", async ([member, file]) => {
  const minter = await withFile(file);
  const refused: unknown = await minter.mint().catch((error: unknown) => error);
  expect(isCloudError(refused, "policy")).toBe(true);
  expect(String(refused)).toContain(member);
  expect(own.requests).toEqual([]);
});
