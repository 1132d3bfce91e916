import { stubAddress, tell } from "./address.ts";
import { createEventCounter, liveHeapBytes } from "./watch-load.ts";

const bareBytes = liveHeapBytes();
const { connectKubeCluster } = await import("@flotilla/kube");
const tokens = { token: async () => ({ value: "bench", expiresAtMs: null }), invalidate: () => {} };
const cluster = connectKubeCluster({ id: "bench", access: { ...stubAddress(), auth: { kind: "bearer", tokens } } });
const counter = createEventCounter();
const watching = (async () => {
  const ctx = { signal: new AbortController().signal };
  for await (const event of cluster.watch({ apiVersion: "v1", kind: "Pod", namespace: "default" }, ctx)) {
    if (event.type === "modified") counter.count();
  }
})();
const ended = watching.then(() => Promise.reject(new Error("the watch ended before it had told everything")));
const rate = await Promise.race([counter.done, ended]);
tell({ ...rate, heapBytes: liveHeapBytes() - bareBytes });
