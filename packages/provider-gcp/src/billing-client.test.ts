import { createCallPolicy } from "@flotilla/core";
import { expect, test } from "vitest";
import { openBillingClient } from "./billing-client.ts";
import { openSession } from "./open-session.ts";

test("the catalogue is asked in USD, in the largest pages, and for no more than is read", async () => {
  const clock = { nowMs: () => 0, sleep: async () => {} };
  const asked: { readonly url: URL; readonly mask: string | null }[] = [];
  const pages = [{ skus: [{ skuId: "A" }], nextPageToken: "more" }, { skus: [{ skuId: "B" }] }];
  const session = openSession(
    {},
    {
      env: {},
      clock,
      policy: createCallPolicy({ clock, random: { next: () => 0 } }),
      credentials: async () => ({ value: "token-of-nobody", expiresAtMs: null }),
      fetch: async (input, init) => {
        const url = new URL(input instanceof Request ? input.url : input);
        asked.push({ url, mask: new Headers(init?.headers).get("x-goog-fieldmask") });
        return new Response(JSON.stringify(pages[asked.length - 1]));
      },
    },
  );
  const ctx = { signal: new AbortController().signal };
  const skus = await (await openBillingClient(session)).listSkus("6F81-5844-456A", ctx);
  expect(skus.map(({ skuId }) => skuId)).toEqual(["A", "B"]);
  expect(asked.map(({ url: { host, pathname } }) => host + pathname)).toEqual(
    Array.from({ length: 2 }, () => "cloudbilling.googleapis.com/v1/services/6F81-5844-456A/skus"),
  );
  const [first, second] = asked.map(({ url }) => Object.fromEntries(url.searchParams));
  expect(first).toMatchObject({ pageSize: "5000", currencyCode: "USD" });
  expect(second).toMatchObject({ pageToken: "more" });
  expect(asked.every(({ mask }) => mask?.includes("tieredRates") === true && mask.includes("nextPageToken"))).toBe(
    true,
  );
});
