// Real clusters to play with: `node --conditions=source e2e/real-clusters/main.ts [CLUSTERS] [NODES]`; Ctrl-C ends them.
import { once } from "node:events";
import { prepareRealBinaries } from "./prepare-real-binaries.ts";
import { startRealClusters } from "./start-real-clusters.ts";

const [count = "3", nodes = "4"] = process.argv.slice(2);
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const prepared = await prepareRealBinaries(say);
if ("reason" in prepared) {
  say(prepared.reason);
  process.exit(3);
}
const startedAtMs = performance.now();
await using planes = await startRealClusters({ count: Number(count), nodes: Number(nodes) });
say(`${count} clusters usable after ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s; Ctrl-C ends them`);
process.stdout.write(`export KUBECONFIG=${planes.kubeconfigPath}\n`);
await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
say("stopping …");
