import type { Clock } from "@flotilla/core";
import { expect, test } from "vitest";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import { baseCredential } from "./base-credential.ts";

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
  const empty = baseCredential(NAMES, { ARM: "" }, clock);
  await expect(empty.getToken(ARM_SCOPE)).rejects.toMatchObject({ kind: "unauthenticated" });
  expect(await credential.getToken("https://graph.microsoft.com/.default")).toBeNull();
});
