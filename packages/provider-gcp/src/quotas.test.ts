import { createCallPolicy } from "@flotilla/core";
import { expect, test } from "vitest";
import { openSession } from "./open-session.ts";
import { createGcpQuotas } from "./quotas.ts";

/** Limits of the region; the project as a whole has none. */
async function listed(quotas: readonly unknown[]) {
  const clock = { nowMs: () => 0, sleep: async () => {} };
  const session = openSession(
    {},
    {
      env: {},
      clock,
      policy: createCallPolicy({ clock, random: { next: () => 0 } }),
      credentials: async () => ({ value: "token-of-nobody", expiresAtMs: null }),
      fetch: async (input) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        return new Response(JSON.stringify({ quotas: pathname.endsWith("/regions/r") ? quotas : [] }));
      },
    },
  );
  return createGcpQuotas(() => session).list({ scope: "p", region: "r" }, { signal: new AbortController().signal });
}

test.for([
  ["CPUS", "cpus", "vCPU"],
  ["PREEMPTIBLE_CPUS", "cpus", "vCPU"],
  ["N2D_CPUS", "n2d", "vCPU"],
  ["PREEMPTIBLE_N2_CPUS", "n2", "vCPU"],
  ["COMMITTED_CPUS", "region", "vCPU"],
  ["COMMITTED_N2_CPUS", "region", "vCPU"],
  ["CPUS_ALL_REGIONS", "region", "vCPU"],
  ["SSD_TOTAL_GB", "region", "GB"],
  ["NVIDIA_L4_GPUS", "region", "count"],
] as const)("%s limits %s, in %s", async ([metric, family, unit]) => {
  expect(await listed([{ metric, limit: 24, usage: 3 }])).toEqual([{ metric, family, unit, limit: 24, used: 3 }]);
});

test("a zero that is left out is one, of the use and of the limit, and what has no name is left out", async () => {
  const quotas = [{ metric: "CPUS", limit: 0 }, { metric: "NVIDIA_L4_GPUS" }, { limit: 4 }];
  expect(await listed(quotas)).toEqual([
    { metric: "CPUS", family: "cpus", unit: "vCPU", limit: 0, used: 0 },
    { metric: "NVIDIA_L4_GPUS", family: "region", unit: "count", limit: 0, used: 0 },
  ]);
});
