import type { ApplyResult } from "../clients/apply-load.ts";
import { median } from "../median.ts";
import type { Scenario } from "../scenario.ts";
import { runChild } from "../start-child.ts";
import { startStub } from "../stub/start-stub.ts";

const FLOTILLA = new URL("../clients/apply-flotilla.ts", import.meta.url);
const CLIENT_NODE = new URL("../clients/apply-client-node.ts", import.meta.url);

/** A connection for each call is so slow that fewer calls tell enough. */
const FEWER_CALLS = "1800";

/** Server-side apply: calls a second of one client process against a stub in another. */
export const applyRate: Scenario = {
  name: "apply",
  summary: "server-side apply through packages/kube against @kubernetes/client-node, same stub server, 16 at a time",
  async run({ rounds, progress }) {
    await using stub = await startStub();
    const ours: ApplyResult[] = [];
    const theirs: ApplyResult[] = [];
    const theirsAsGiven: ApplyResult[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      progress(`apply: round ${round} of ${rounds}`);
      ours.push(await runChild<ApplyResult>(FLOTILLA, stub.env));
      theirs.push(await runChild<ApplyResult>(CLIENT_NODE, stub.trustingEnv));
      theirsAsGiven.push(await runChild<ApplyResult>(CLIENT_NODE, { ...stub.env, APPLY_CALLS: FEWER_CALLS }));
    }
    const rates = (results: readonly ApplyResult[]): readonly number[] => results.map(({ perSecond }) => perSecond);
    const cpu = (results: readonly ApplyResult[]): readonly number[] =>
      results.map((result) => result.cpuMicrosPerCall);
    return [
      {
        name: "applies a second, ratio to client-node",
        value: median(rates(ours)) / median(rates(theirs)),
        unit: "×",
        limit: { atLeast: 3 },
        samples: rates(ours).map((rate, round) => rate / (rates(theirs)[round] ?? Number.NaN)),
        note: "both parse the answer; client-node also turns it into typed objects with Date values",
      },
      { name: "applies a second, flotilla", value: median(rates(ours)), unit: "/s", samples: rates(ours) },
      {
        name: "applies a second, client-node with reused connections",
        value: median(rates(theirs)),
        unit: "/s",
        samples: rates(theirs),
        note: "its best: the CA comes from NODE_EXTRA_CA_CERTS, since with a kubeconfig's CA it connects anew for each call",
      },
      {
        name: "applies a second, client-node with a kubeconfig's CA",
        value: median(rates(theirsAsGiven)),
        unit: "/s",
        samples: rates(theirsAsGiven),
      },
      { name: "client CPU per apply, flotilla", value: median(cpu(ours)), unit: "µs", samples: cpu(ours) },
      { name: "client CPU per apply, client-node", value: median(cpu(theirs)), unit: "µs", samples: cpu(theirs) },
    ];
  },
};
