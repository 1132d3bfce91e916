import { isCloudError, type Clock } from "@flotilla/core";
import { expect, test } from "vitest";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import { baseCredential } from "./base-credential.ts";
import { createCachedCredential } from "./cached-credential.ts";

const ctx = () => ({ signal: AbortSignal.timeout(5000) });
const NAMES = { credentials: { tokenEnv: "ARM", aksTokenEnv: "AKS" } } as const;

test("a token tells its own end; one that does not lasts an hour", async () => {
  const payload = Buffer.from(JSON.stringify({ exp: 1_900_000_000 })).toString("base64url");
  const clock: Clock = { nowMs: () => 5000, sleep: () => Promise.resolve() };
  const credential = baseCredential(NAMES, { ARM: `h.${payload}.s`, AKS: "opaque" }, clock);
  expect(await credential.getToken(ARM_SCOPE)).toEqual({
    token: `h.${payload}.s`,
    expiresOnTimestamp: 1_900_000_000_000,
  });
  expect(await credential.getToken(AKS_SCOPE)).toEqual({ token: "opaque", expiresOnTimestamp: 3_605_000 });
  expect(await credential.getToken("https://graph.microsoft.com/.default")).toBeNull();
});

test("a token is kept while it lasts, asked for once at a time, and renewed ahead of its end", async () => {
  let nowMs = 0;
  const clock: Clock = { nowMs: () => nowMs, sleep: () => Promise.resolve() };
  let asked = 0;
  const cached = createCachedCredential(
    { getToken: async () => ({ token: `t${(asked += 1)}`, expiresOnTimestamp: nowMs + 3_600_000 }) },
    clock,
  );
  const both = await Promise.all([cached.sourceOf(AKS_SCOPE).token(ctx()), cached.sourceOf(AKS_SCOPE).token(ctx())]);
  expect(both.map(({ value }) => value)).toEqual(["t1", "t1"]);
  nowMs = 3_500_000;
  expect((await cached.sourceOf(AKS_SCOPE).token(ctx())).value).toBe("t1");
  nowMs = 3_560_000;
  expect((await cached.sourceOf(AKS_SCOPE).token(ctx())).value).toBe("t2");
  expect((await cached.sourceOf(ARM_SCOPE).token(ctx())).value).toBe("t3");
});

test("no token, or a broken credential, is unauthenticated", async () => {
  const clock: Clock = { nowMs: () => 0, sleep: () => Promise.resolve() };
  for (const getToken of [() => Promise.resolve(null), () => Promise.reject(new TypeError("secret"))]) {
    const { forArm } = createCachedCredential({ getToken }, clock);
    const error = await forArm.getToken(ARM_SCOPE).catch((thrown: unknown) => thrown);
    expect(isCloudError(error, "unauthenticated")).toBe(true);
    expect(String(error)).not.toContain("secret");
  }
});
