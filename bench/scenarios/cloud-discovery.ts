import type { DiscoverResult } from "../clients/discover-flotilla.ts";
import type { SerialResult } from "../clients/discover-serial.ts";
import { startClouds } from "../clouds/start-clouds.ts";
import { median } from "../median.ts";
import type { Figure, Scenario } from "../scenario.ts";
import { runChild } from "../start-child.ts";

const FLOTILLA = new URL("../clients/discover-flotilla.ts", import.meta.url);
const SERIAL = new URL("../clients/discover-serial.ts", import.meta.url);
const LATENCY_MS = { min: 80, max: 300 };
const CLUSTERS = 1000;

/** Discovery at the size of a large company: 1,000 clusters over 102 regions of three clouds. */
export const cloudDiscovery: Scenario = {
  name: "discovery",
  summary: "1,000 clusters over 102 regions of three emulated clouds in another process, answers after 80 to 300 ms",
  async run({ rounds, seed, progress }) {
    await using clouds = await startClouds({ seed, latencyMs: LATENCY_MS });
    const ours: DiscoverResult[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`discovery: round ${round} of ${rounds}`);
      ours.push(await runChild<DiscoverResult>(FLOTILLA, clouds.env));
    }
    const wrong = ours.find(({ clusters, gaps }) => clusters !== CLUSTERS || gaps > 0);
    if (wrong !== undefined) throw new Error(`found ${wrong.clusters} clusters and ${wrong.gaps} gaps`);
    progress("discovery: a sample of the serial loop");
    return figures(ours, await runChild<SerialResult>(SERIAL, clouds.env));
  },
};

function figures(ours: readonly DiscoverResult[], serial: SerialResult): readonly Figure[] {
  // Every region has as many clusters: what some took, all take in proportion.
  const serialMs = serial.ms * (serial.regionsInAll / serial.regions);
  const note = `extrapolated from ${serial.regions} of ${serial.regionsInAll} regions, ${serial.clusters} clusters`;
  const figure = (
    name: string,
    unit: string,
    of: (one: DiscoverResult) => number,
    rest: Pick<Figure, "limit" | "note"> = {},
  ): Figure => ({ name, value: median(ours.map(of)), unit, samples: ours.map(of), ...rest });
  return [
    figure("wall time over the slowest chain of dependent calls", "×", ({ ms, report }) => ms / report.slowestChainMs, {
      limit: { atMost: 1.3 },
    }),
    figure("serial loop over AWS's SDK alone, ratio to all three clouds", "×", ({ ms }) => serialMs / ms, {
      limit: { atLeast: 20 },
      note,
    }),
    figure("throttled answers", "", ({ report }) => report.throttles, { limit: { atMost: 0 } }),
    figure("requests for 3,000 tokens once there is one each", "", ({ requestsForTokens }) => requestsForTokens, {
      limit: { atMost: 0 },
    }),
    figure("wall time", "ms", ({ ms }) => ms),
    figure("slowest chain of dependent calls", "ms", ({ report }) => report.slowestChainMs),
    figure("wall time in a cold process, SDKs loaded on the way", "ms", ({ coldMs }) => coldMs),
    figure("client CPU", "ms", ({ cpuMs }) => cpuMs),
    figure("requests", "", ({ report }) => report.requests),
  ];
}
