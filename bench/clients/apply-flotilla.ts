import { connectKubeCluster } from "@flotilla/kube";
import type { KubeObject } from "@flotilla/core";
import { sampleDeployment } from "../stub/sample-objects.ts";
import { stubAddress, tell } from "./address.ts";
import { measureApply } from "./apply-load.ts";

const tokens = { token: async () => ({ value: "bench", expiresAtMs: null }), invalidate: () => {} };
await using cluster = connectKubeCluster({
  id: "bench",
  access: { ...stubAddress(), auth: { kind: "bearer", tokens } },
});
const object = sampleDeployment("web") as unknown as KubeObject;
const ctx = { signal: new AbortController().signal };
tell(await measureApply(() => cluster.apply(object, { fieldManager: "bench", force: true }, ctx)));
