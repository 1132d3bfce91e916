import { createCallPolicy } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { openBillingClient } from "./billing-client.ts";
import { openSession } from "./open-session.ts";

const PAGES = [{ skus: [{ skuId: "A" }], nextPageToken: "more" }, { skus: [{ skuId: "B" }] }];

/** A catalogue of two pages; the second one makes the first reader give up where there is a controller. */
function aCatalogue(reader?: AbortController) {
  const clock = createVirtualClock();
  const asked: { readonly url: URL; readonly mask: string | null }[] = [];
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
        const index = url.searchParams.has("pageToken") ? 1 : 0;
        if (index === 1) reader?.abort(new Error("enough"));
        init?.signal?.throwIfAborted();
        return new Response(JSON.stringify(PAGES[index]));
      },
    },
  );
  const list = async (signal: AbortSignal = new AbortController().signal) =>
    (await (await openBillingClient(session)).listSkus("6F81-5844-456A", { signal })).map(({ skuId }) => skuId);
  return { clock, asked, list };
}

test("the catalogue is asked in USD, in the largest pages, and for no more than is read", async () => {
  const { asked, list } = aCatalogue();
  expect(await list()).toEqual(["A", "B"]);
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

test.for([
  [599_999, [null, "more", "more"]],
  [600_000, [null, "more", null, "more"]],
] as const)("who gives up leaves the pages to whoever comes %s ms later", async ([laterMs, tokens]) => {
  const reader = new AbortController();
  const { asked, clock, list } = aCatalogue(reader);
  await expect(list(reader.signal)).rejects.toThrow("enough");
  await clock.advance(laterMs);
  expect(await list()).toEqual(["A", "B"]);
  expect(asked.map(({ url }) => url.searchParams.get("pageToken"))).toEqual(tokens);
  expect(await list()).toEqual(["A", "B"]); // from the beginning
  expect(asked).toHaveLength(tokens.length + 2);
});
