import { type Clock, type CloudError, isCloudError } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import { tokenOfVariable } from "./token-of-variable.ts";

const NOW_MS = Date.UTC(2026, 10, 21);
const AKS = "6dae42f8-4368-4678-94ff-3960e28e3630";
const clock: Clock = { nowMs: () => NOW_MS, sleep: () => Promise.resolve() };
const read = (token: string | undefined, scope = ARM_SCOPE) =>
  tokenOfVariable({ env: { TOKEN: token }, name: "TOKEN", scope }, clock);
const aToken = (claims: unknown) => `h.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.s`;

function refusalOf(token: string | undefined, scope?: string): CloudError {
  try {
    read(token, scope);
  } catch (error) {
    if (isCloudError(error)) return error;
    throw error;
  }
  throw new Error("a refusal was expected");
}

test("a token tells its own end; one that does not lasts an hour", () => {
  const token = aToken({ exp: 1_900_000_000 });
  expect(read(token)).toEqual({ token, expiresOnTimestamp: 1_900_000_000_000 });
  for (const untold of ["opaque", aToken({ exp: 1e300 }), aToken(null), aToken("text")]) {
    expect(read(untold)).toEqual({ token: untold, expiresOnTimestamp: NOW_MS + 3_600_000 });
  }
});

test.each([undefined, ""])("a variable that is %j is not set", (token) => {
  expect(refusalOf(token)).toMatchObject({
    kind: "unauthenticated",
    message: expect.stringContaining("variable TOKEN is not set") as unknown,
  });
});

test.each(["secret\n", " secret", "sec ret", "secret\u00e9", "secret\u0000"])("%j is no token", (token) => {
  const error = refusalOf(token);
  expect([error.kind, error.message]).toEqual([
    "unauthenticated",
    expect.stringContaining("variable TOKEN holds a space, a line break"),
  ]);
  expect(error.message).not.toContain("sec");
});

describe("the audience", () => {
  test.each([
    [ARM_SCOPE, "https://management.azure.com"],
    [ARM_SCOPE, "https://management.azure.com/"],
    [ARM_SCOPE, "https://management.core.windows.net/"],
    [ARM_SCOPE, ["https://management.azure.com"]],
    [AKS_SCOPE, AKS],
    [AKS_SCOPE, AKS.toUpperCase()],
    [AKS_SCOPE, `api://${AKS}`],
    [AKS_SCOPE, `spn:${AKS}`],
  ])("of %s may be %s", (scope, aud) => {
    const token = aToken({ aud });
    expect(read(token, scope).token).toBe(token);
  });

  test.each([
    [ARM_SCOPE, AKS],
    [ARM_SCOPE, "https://management.azure.com.evil.example"],
    [ARM_SCOPE, "https://graph.microsoft.com"],
    [AKS_SCOPE, "https://management.azure.com"],
    [AKS_SCOPE, 5],
  ])("of %s is not %s", (scope, aud) => {
    expect(refusalOf(aToken({ aud }), scope)).toMatchObject({
      kind: "unauthenticated",
      message: `azure: the environment variable TOKEN holds a token for another service; mint one with the scope ${scope}`,
    });
  });
});

test("a token whose time is over says when it was", () => {
  expect(read(aToken({ exp: NOW_MS / 1000 + 1 })).expiresOnTimestamp).toBe(NOW_MS + 1000);
  expect(refusalOf(aToken({ exp: NOW_MS / 1000 }))).toMatchObject({
    kind: "unauthenticated",
    message: expect.stringContaining("variable TOKEN expired at 2026-11-21T00:00:00.000Z; mint another") as unknown,
  });
});
