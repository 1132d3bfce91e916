import { stubAddress, tell } from "./address.ts";
import { createEventCounter, liveHeapBytes } from "./watch-load.ts";

const bareBytes = liveHeapBytes();
const { connectKubeCluster } = await import("@flotilla/kube");
const tokens = { token: async () => ({ value: "bench", expiresAtMs: null }), invalidate: () => {} };
const cluster = connectKubeCluster({ id: "bench", access: { ...stubAddress(), auth: { kind: "bearer", tokens } } });
// A reader that only wants to know what changed, or one that looks at every object: the second costs its JSON.
const looks = process.env["WATCH_LOOKS"] === "1";
const counter = createEventCounter();
const watching = (async () => {
  const ctx = { signal: new AbortController().signal };
  for await (const event of cluster.watch({ apiVersion: "v1", kind: "Pod", namespace: "default" }, ctx)) {
    if (event.type !== "modified") continue;
    if (looks && event.object.kind !== "Pod") throw new Error("a watch of pods told of something else");
    counter.count();
  }
})();
const ended = watching.then(() => Promise.reject(new Error("the watch ended before it had told everything")));
const rate = await Promise.race([counter.done, ended]);
tell({ ...rate, heapBytes: liveHeapBytes() - bareBytes });
