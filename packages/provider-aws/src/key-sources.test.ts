import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { baseKeys, cachedKeys, givenKeys } from "./key-sources.ts";
import type { AwsTransport } from "./transport.ts";

const HOUR_MS = 3_600_000;

test("keys are loaded once for everybody, kept while they last, and renewed five minutes ahead", async () => {
  const clock = createVirtualClock();
  let loads = 0;
  const source = cachedKeys(async () => {
    loads += 1;
    return { accessKeyId: `K${loads}`, secretAccessKey: "s", expiration: new Date(clock.nowMs() + HOUR_MS) };
  }, clock);
  const all = await Promise.all([source.keys(), source.keys(), source.keys()]);
  expect([loads, new Set(all.map(({ accessKeyId }) => accessKeyId)).size]).toEqual([1, 1]);
  await clock.advance(HOUR_MS - 6 * 60_000);
  expect((await source.keys()).accessKeyId).toBe("K1");
  await clock.advance(2 * 60_000);
  expect((await source.keys()).accessKeyId).toBe("K2");
});

test("a load that failed is tried again by the next who asks", async () => {
  const outcomes = [Promise.reject(new Error("no")), Promise.resolve({ accessKeyId: "K", secretAccessKey: "s" })];
  outcomes[0]?.catch(() => undefined);
  const source = cachedKeys(
    () => outcomes.shift() ?? Promise.reject(new Error("asked too often")),
    createVirtualClock(),
  );
  await expect(source.keys()).rejects.toThrow("no");
  expect((await source.keys()).accessKeyId).toBe("K");
  expect((await source.keys()).accessKeyId).toBe("K");
});

test("keys with little life left are renewed at half of it, and not at every call", async () => {
  const clock = createVirtualClock();
  let loads = 0;
  const source = cachedKeys(async () => {
    loads += 1;
    return { accessKeyId: `K${loads}`, secretAccessKey: "s", expiration: new Date(clock.nowMs() + 120_000) };
  }, clock);
  for (const _ of [1, 2, 3]) await source.keys();
  expect(loads).toBe(1);
  await clock.advance(59_000);
  expect((await source.keys()).accessKeyId).toBe("K1");
  await clock.advance(1000);
  expect((await source.keys()).accessKeyId).toBe("K2");
});

test("keys that were refused are forgotten", async () => {
  let loads = 0;
  const source = cachedKeys(
    async () => ({ accessKeyId: `K${(loads += 1)}`, secretAccessKey: "s" }),
    createVirtualClock(),
  );
  await source.keys();
  source.forget();
  expect((await source.keys()).accessKeyId).toBe("K2");
});

/** Variables are read without any network. */
const keysOf = (env: Readonly<Record<string, string>>) =>
  baseKeys({
    options: { credentials: { accessKeyIdEnv: "K", secretAccessKeyEnv: "S", sessionTokenEnv: "T" } },
    env,
    transport: {} as AwsTransport,
  })();
const GOOD = { K: "AKIAEXAMPLE", S: "not/a+secret=", T: "IQoJb3Jp==" };

test("keys of variables are taken as they are", async () => {
  expect(await keysOf(GOOD)).toEqual({ accessKeyId: GOOD.K, secretAccessKey: GOOD.S, sessionToken: GOOD.T });
});

test.each([
  ["K", "CANARY\n"],
  ["S", "CANARY\r\n"],
  ["T", "CANARY\n"],
  ["K", " CANARY"],
  ["S", "CANARÝ"],
  ["T", "CANARY\u2028"],
  ["T", ""],
  ["K", ""],
])(
  "a variable that holds no key (%s: %j) is refused at once by its name, and never by its value",
  async (name, value) => {
    const error: unknown = await keysOf({ ...GOOD, [name]: value }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ kind: "unauthenticated" });
    expect(String(error)).toContain(`the environment variable ${name} `);
    expect(String(error)).not.toMatch(/CANAR/);
  },
);

test("a session token that is named and not there is refused: the keys alone would be called wrong", async () => {
  await expect(keysOf({ K: GOOD.K, S: GOOD.S })).rejects.toThrow(/variable T is not set/);
});

test("given keys are held to the same", async () => {
  const given = givenKeys(async () => ({ accessKeyId: "AKIA", secretAccessKey: "CANARY\n" }));
  await expect(given()).rejects.toMatchObject({ kind: "unauthenticated", message: expect.stringMatching(/^[^Y]*$/) });
});
