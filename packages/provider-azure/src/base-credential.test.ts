import type { Clock } from "@flotilla/core";
import { expect, test } from "vitest";
import { AKS_SCOPE, ARM_SCOPE } from "./audiences.ts";
import { baseCredential } from "./base-credential.ts";

const NAMES = { credentials: { tokenEnv: "ARM", aksTokenEnv: "AKS" } } as const;

test("each scope has its variable, and no other scope has one", async () => {
  const clock: Clock = { nowMs: () => 5000, sleep: () => Promise.resolve() };
  const credential = baseCredential(NAMES, { ARM: "a" }, clock);
  expect(await credential.getToken(ARM_SCOPE)).toEqual({ token: "a", expiresOnTimestamp: 3_605_000 });
  await expect(credential.getToken(AKS_SCOPE)).rejects.toMatchObject({ kind: "unauthenticated" });
  expect(await credential.getToken("https://graph.microsoft.com/.default")).toBeNull();
});
