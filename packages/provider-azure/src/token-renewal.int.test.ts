import { createCallPolicy, type DiscoveryEvent, systemClock, systemRandom } from "@flotilla/core";
import { expect, test } from "vitest";
import type { AzureCredential } from "./azure-credential.ts";
import { createAzureProvider } from "./provider.ts";
import { type AzureEmulator, startAzureEmulator } from "./testing/index.ts";

const SUBSCRIPTIONS: readonly string[] = Array.from(
  { length: 8 },
  (_, index) => `${index}0000000-0000-4000-8000-000000000000`,
);
const DONE = SUBSCRIPTIONS.map((scope) => ({ type: "scopeDone", scope }));

/** Subscriptions that answer one after the other: the last call learns of a bad token when a good one is long in use. */
function startSlowAzure(): Promise<AzureEmulator> {
  const scopes = SUBSCRIPTIONS.map((id, index) => ({ id, regions: [{ name: "westeurope", slowMs: 1 + index * 20 }] }));
  return startAzureEmulator({ scopes, clusters: [] });
}

function discover(azure: AzureEmulator, credential: AzureCredential): Promise<readonly DiscoveryEvent[]> {
  const policy = createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 });
  const options = { endpoint: azure.url, subscriptions: SUBSCRIPTIONS };
  const provider = createAzureProvider({ name: "main", options }, { credential, policy });
  return Array.fromAsync(provider.discovery.discover({}, { signal: AbortSignal.timeout(20_000) }));
}

test("a token that many calls are refused with is replaced once", async () => {
  await using azure = await startSlowAzure();
  let minted = 0;
  const events = await discover(azure, {
    async getToken() {
      const isFirst = (minted += 1) === 1;
      const { token } = azure.mintToken({ audience: "arm", lifetimeMs: isFirst ? -1000 : 3_600_000 });
      return { token, expiresOnTimestamp: Date.now() + 3_600_000 };
    },
  });
  expect(events).toEqual(expect.arrayContaining(DONE));
  expect([events.length, minted]).toEqual([DONE.length, 2]);
});

test("a token that was revoked under many calls is replaced by one that answers the claims, once", async () => {
  await using azure = await startSlowAzure();
  const wanted = '{"access_token":{"nbf":{"essential":true}}}';
  const challenge = `Bearer realm="", error="insufficient_claims", claims="${btoa(wanted)}"`;
  azure.faults.add({
    match: ({ caller }) => caller === "revoked",
    times: 100,
    action: { kind: "status", status: 401, headers: { "www-authenticate": challenge }, body: "" },
  });
  const claims: (string | undefined)[] = [];
  const events = await discover(azure, {
    async getToken(_scopes, options) {
      claims.push(options?.claims);
      return azure.mintToken({ audience: "arm", username: claims.length === 1 ? "revoked" : "good" });
    },
  });
  expect(events).toEqual(expect.arrayContaining(DONE));
  expect([events.length, claims]).toEqual([DONE.length, [undefined, wanted]]);
});
