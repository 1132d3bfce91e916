import { tell } from "./address.ts";
import { createEventCounter, liveHeapBytes } from "./watch-load.ts";

const bareBytes = liveHeapBytes();
const { CoreV1Api, makeInformer } = await import("@kubernetes/client-node");
const { clientNodeConfig } = await import("./client-node-config.ts");
const config = clientNodeConfig();
const core = config.makeApiClient(CoreV1Api);
const informer = makeInformer(config, "/api/v1/namespaces/default/pods", () =>
  core.listNamespacedPod({ namespace: "default" }),
);
const counter = createEventCounter();
informer.on("update", counter.count);
informer.on("error", (error: unknown) => {
  throw new Error("the informer stopped", { cause: error });
});
await informer.start();
const rate = await counter.done;
tell({ ...rate, heapBytes: liveHeapBytes() - bareBytes });
