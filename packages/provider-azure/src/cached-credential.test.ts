import { type Clock, type CloudError, type CloudErrorKind, isCloudError } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import type { AzureCredential } from "./azure-credential.ts";
import { createCachedCredential } from "./cached-credential.ts";

const ctx = () => ({ signal: AbortSignal.timeout(5000) });
const clockAt = (now: { readonly ms: number }): Clock => ({ nowMs: () => now.ms, sleep: () => Promise.resolve() });

test("a token is kept while it lasts, asked for once at a time, and renewed ahead of its end", async () => {
  const now = { ms: 0 };
  let asked = 0;
  const cached = createCachedCredential(
    { getToken: async () => ({ token: `t${(asked += 1)}`, expiresOnTimestamp: now.ms + 3_600_000 }) },
    clockAt(now),
  );
  const both = await Promise.all([cached.sourceOf(AKS_SCOPE).token(ctx()), cached.sourceOf(AKS_SCOPE).token(ctx())]);
  expect(both.map(({ value }) => value)).toEqual(["t1", "t1"]);
  now.ms = 3_500_000;
  expect((await cached.sourceOf(AKS_SCOPE).token(ctx())).value).toBe("t1");
  now.ms = 3_560_000;
  expect((await cached.sourceOf(AKS_SCOPE).token(ctx())).value).toBe("t2");
  expect((await cached.sourceOf(ARM_SCOPE).token(ctx())).value).toBe("t3");
});

test("a token that was revoked is not given again", async () => {
  let asked = 0;
  const { forArm } = createCachedCredential(
    { getToken: async () => ({ token: `t${(asked += 1)}`, expiresOnTimestamp: 3_600_000 }) },
    clockAt({ ms: 0 }),
  );
  const calls = [forArm(ctx()), forArm(ctx()), forArm(ctx())] as const;
  const given = (options = {}) =>
    Promise.all(calls.map(async (call) => (await call.getToken(ARM_SCOPE, options))?.token));
  expect(await given()).toEqual(["t1", "t1", "t1"]);
  expect(await given({ claims: "{}" })).toEqual(["t2", "t2", "t2"]);
  for (const call of calls) call.refused();
  expect(await given()).toEqual(["t3", "t3", "t3"]);
});

test("a token is not dropped for another that was refused before it", async () => {
  let asked = 0;
  const { forArm, sourceOf } = createCachedCredential(
    { getToken: async () => ({ token: `t${(asked += 1)}`, expiresOnTimestamp: 3_600_000 }) },
    clockAt({ ms: 0 }),
  );
  const [early, late] = [forArm(ctx()), forArm(ctx())];
  await Promise.all([early.getToken(ARM_SCOPE), late.getToken(ARM_SCOPE)]);
  early.refused();
  expect((await early.getToken(ARM_SCOPE))?.token).toBe("t2");
  late.refused();
  expect((await sourceOf(ARM_SCOPE).token(ctx())).value).toBe("t2");
});

describe("a credential that has no token", () => {
  async function failureOf(getToken: AzureCredential["getToken"]): Promise<CloudError> {
    const { forArm } = createCachedCredential({ getToken }, clockAt({ ms: 0 }));
    const error = await forArm(ctx())
      .getToken(ARM_SCOPE)
      .catch((thrown: unknown) => thrown);
    if (!isCloudError(error)) throw new Error("a CloudError was expected");
    return error;
  }
  const entra = (message: string, more: object = {}) =>
    Object.assign(new Error(message), { name: "AuthenticationError" }, more);

  test.each<[string, unknown, CloudErrorKind, string]>([
    ["says what is wrong by its name", new TypeError("secret"), "unauthenticated", "(TypeError)"],
    [
      "keeps the code that Entra ID documents",
      entra("invalid_client: AADSTS7000215: Invalid client secret: secret", { statusCode: 401 }),
      "unauthenticated",
      "(AuthenticationError, AADSTS7000215)",
    ],
    [
      "blames the clock where Entra ID does",
      entra("AADSTS700024: Client assertion is not within its valid time range."),
      "unauthenticated",
      "clock",
    ],
    [
      "was not reached, in the words of @azure/identity",
      entra(
        "EnvironmentCredential authentication failed. Status code: 400\nMore details:\nnetwork_error: See https://aka.ms/msal.js.errors#network_error for details,",
        { statusCode: 400 },
      ),
      "transient",
      "(AuthenticationError, network_error)",
    ],
    ["may come later", entra("secret", { statusCode: 503 }), "transient", "(AuthenticationError)"],
    ["was asked too often", entra("secret", { statusCode: 429 }), "throttled", "(AuthenticationError)"],
    ["was not reached", Object.assign(new Error("secret"), { code: "ENOTFOUND" }), "transient", "(ENOTFOUND)"],
  ])("%s", async (_name, thrown, kind, told) => {
    const error = await failureOf(() => Promise.reject(thrown));
    expect(error.kind).toBe(kind);
    expect(error.message).toContain(told);
    expect(JSON.stringify([error.message, { ...error }])).not.toContain("secret");
  });

  test("gives none", async () => {
    expect((await failureOf(() => Promise.resolve(null))).kind).toBe("unauthenticated");
  });
});

test("who gives up does not wait for a credential that never answers", async () => {
  const { forArm } = createCachedCredential({ getToken: () => new Promise(() => undefined) }, clockAt({ ms: 0 }));
  for (const claims of [{}, { claims: "{}" }]) {
    const leaving = new AbortController();
    const waiting = forArm({ signal: leaving.signal }).getToken(ARM_SCOPE, claims);
    leaving.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  }
});
