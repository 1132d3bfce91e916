import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { isCloudError } from "@flotilla/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { AwsOptions } from "./aws-options.ts";
import { baseKeys } from "./key-sources.ts";
import { keysOfChain } from "./keys-of-chain.ts";
import { openTransport } from "./transport.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "flotilla-keys-"));
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", path.join(folder, "credentials"));
  vi.stubEnv("AWS_CONFIG_FILE", path.join(folder, "config"));
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE"]) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
const profileText = (name: string, key: string) =>
  `[${name}]\naws_access_key_id = ${key}\naws_secret_access_key = CANARY-SECRET\n`;

async function keysOf(options: AwsOptions) {
  await using transport = await openTransport(options, { env: {} });
  return await keysOfChain(options, transport);
}

test("a profile's keys, and the new ones when another program has renewed them", async () => {
  await write("credentials", profileText("work", "AKIAFIRST"));
  expect(await keysOf({ profile: "work" })).toMatchObject({ accessKeyId: "AKIAFIRST" });
  await write("credentials", profileText("work", "AKIASECOND"));
  expect(await keysOf({ profile: "work" })).toMatchObject({ accessKeyId: "AKIASECOND" });
});

test("without a profile the chain goes on to the machine's own role; with one that is not there it does not", async () => {
  await write("credentials", profileText("work", "AKIAFIRST"));
  let asked = 0;
  const machine = createServer((_request, response) => {
    asked += 1;
    const Expiration = new Date(Date.now() + 3_600_000).toISOString();
    response.end(JSON.stringify({ AccessKeyId: "ASIAMACHINE", SecretAccessKey: "s", Token: "t", Expiration }));
  });
  await new Promise<void>((resolve) => machine.listen(0, "127.0.0.1", resolve));
  const { port } = machine.address() as AddressInfo;
  vi.stubEnv("AWS_CONTAINER_CREDENTIALS_FULL_URI", `http://127.0.0.1:${port}/keys`);
  try {
    expect(await keysOf({})).toMatchObject({ accessKeyId: "ASIAMACHINE" });
    expect(asked).toBe(1);
    const error = await keysOf({ profile: "wrok" }).catch((thrown: unknown) => thrown);
    expect(isCloudError(error, "unauthenticated") ? error.message : error).toMatch(/profile wrok/);
    await using transport = await openTransport({}, { env: {} });
    const ofVariable = baseKeys({ options: {}, env: { AWS_PROFILE: "worc" }, transport });
    await expect(ofVariable()).rejects.toThrow(/profile worc/);
    expect(asked).toBe(1);
  } finally {
    machine.close();
  }
});

test.each([
  ["AWS_ACCESS_KEY_ID", "AKIACANARY\n"],
  ["AWS_SECRET_ACCESS_KEY", "CANARÝ"],
  ["AWS_SESSION_TOKEN", "CANARY\n"],
])("%s=%j is refused at once, by its name", async (name, value) => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIAGOOD");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "none");
  vi.stubEnv(name, value);
  const error = await keysOf({}).catch((thrown: unknown) => thrown);
  expect(isCloudError(error, "unauthenticated") ? error.message : error).toContain(name);
  expect(String(error)).not.toContain("CANAR");
});

test.each([
  [
    "sso_start_url = https://x.awsapps.com/start\nsso_region = eu-west-1\nsso_account_id = 111122223333\nsso_role_name = r",
    /aws sso login --profile work/,
  ],
  ["login_session = none", /aws login --profile work/],
  ["region = eu-west-1", /aws configure/],
])("keys that cannot be had (%j): the right command is told, and none of the file", async (lines, told) => {
  await write("config", `[profile work]\nsecret = CANARY\n${lines}\n`);
  vi.stubEnv("HOME", folder);
  const error = await keysOf({ profile: "work" }).catch((thrown: unknown) => thrown);
  expect(isCloudError(error, "unauthenticated") ? error.message : error).toMatch(told);
  expect(String(error)).not.toContain("CANARY");
});

test("what is asked on the way to a role's keys goes through the one transport: a foreign server gets nothing", async () => {
  let asked = 0;
  const foreign = createServer((_request, response) => {
    asked += 1;
    response.end("");
  });
  await new Promise<void>((resolve) => foreign.listen(0, "127.0.0.1", resolve));
  const { port } = foreign.address() as AddressInfo;
  const role = "role_arn = arn:aws:iam::111122223333:role/r\nsource_profile = base\nregion = eu-west-1";
  await write("config", `[profile work]\n${role}\nendpoint_url = http://127.0.0.1:${port}\n`);
  await write("credentials", profileText("base", "AKIABASE"));
  vi.stubEnv("AWS_ENDPOINT_URL_STS", `http://127.0.0.1:${port}`);
  try {
    await expect(keysOf({ profile: "work" })).rejects.toMatchObject({ kind: "policy" });
    expect(asked).toBe(0);
  } finally {
    foreign.close();
  }
});
