import type { WatchResult } from "../clients/watch-load.ts";
import { median } from "../median.ts";
import type { Scenario } from "../scenario.ts";
import { runChild } from "../start-child.ts";
import { startStub } from "../stub/start-stub.ts";

const FLOTILLA = new URL("../clients/watch-flotilla.ts", import.meta.url);
const CLIENT_NODE = new URL("../clients/watch-client-node.ts", import.meta.url);

/** List and watch: 5,000 pods, then 50,000 events as fast as the client takes them. */
export const watchRate: Scenario = {
  name: "watch",
  summary: "list 5,000 pods of 4 kB, then 50,000 events, against the informer of @kubernetes/client-node",
  async run({ rounds, progress }) {
    const ours: WatchResult[] = [];
    const theirs: WatchResult[] = [];
    const looking: WatchResult[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`watch: round ${round} of ${rounds}`);
      ours.push(await once(FLOTILLA));
      theirs.push(await once(CLIENT_NODE));
      looking.push(await once(FLOTILLA, { WATCH_LOOKS: "1" }));
    }
    const rates = (results: readonly WatchResult[]): readonly number[] =>
      results.map((result) => result.eventsPerSecond);
    const cpu = (results: readonly WatchResult[]): readonly number[] =>
      results.map((result) => result.cpuMicrosPerEvent);
    const heaps = (results: readonly WatchResult[]): readonly number[] =>
      results.map((result) => result.heapBytes / 2 ** 20);
    return [
      {
        name: "events a second, ratio to client-node",
        value: median(rates(ours)) / median(rates(theirs)),
        unit: "×",
        limit: { atLeast: 2 },
        samples: rates(ours).map((rate, round) => rate / (rates(theirs)[round] ?? Number.NaN)),
        note: "the informer parses and keeps every object; ours keeps uid and version, and builds an object when it is looked at",
      },
      {
        name: "live heap, ratio to client-node",
        value: median(heaps(ours)) / median(heaps(theirs)),
        unit: "×",
        limit: { atMost: 0.5 },
        samples: heaps(ours).map((heap, round) => heap / (heaps(theirs)[round] ?? Number.NaN)),
      },
      {
        name: "events a second, ratio where every object is looked at",
        value: median(rates(looking)) / median(rates(theirs)),
        unit: "×",
        samples: rates(looking).map((rate, round) => rate / (rates(theirs)[round] ?? Number.NaN)),
      },
      { name: "events a second, flotilla", value: median(rates(ours)), unit: "/s", samples: rates(ours) },
      { name: "events a second, client-node", value: median(rates(theirs)), unit: "/s", samples: rates(theirs) },
      { name: "client CPU per event, flotilla", value: median(cpu(ours)), unit: "µs", samples: cpu(ours) },
      { name: "client CPU per event, client-node", value: median(cpu(theirs)), unit: "µs", samples: cpu(theirs) },
      { name: "live heap, flotilla", value: median(heaps(ours)), unit: "MiB", samples: heaps(ours) },
      { name: "live heap, client-node", value: median(heaps(theirs)), unit: "MiB", samples: heaps(theirs) },
    ];
  },
};

/** A stub tells its events once: each run gets its own. */
async function once(client: URL, more: Readonly<Record<string, string>> = {}): Promise<WatchResult> {
  await using stub = await startStub();
  // Awaited here: the stub ends when this function does.
  return await runChild<WatchResult>(client, { ...stub.env, ...more }, ["--expose-gc"]);
}
