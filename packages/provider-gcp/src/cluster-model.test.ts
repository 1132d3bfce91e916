import { expect, test } from "vitest";
import { toCluster } from "./cluster-model.ts";
import type { GkeCluster } from "./gke-types.ts";

const modelOf = (cluster: GkeCluster) =>
  toCluster({
    project: "p",
    cluster: { name: "c", location: "europe-west1", ...cluster },
    groups: new Map(),
    subnetCidrs: [],
  });

test.for([
  ["europe-west1", "europe-west1", []],
  ["europe-west1-b", "europe-west1", ["europe-west1-b"]],
  ["northamerica-northeast2-a", "northamerica-northeast2", ["northamerica-northeast2-a"]],
  ["us-central1-ai1a", "us-central1", ["us-central1-ai1a"]],
] as const)("a cluster at %s is in %s", ([location, region, zones]) => {
  const cluster = modelOf({ location });
  expect([cluster.region, cluster.zones, cluster.id]).toEqual([region, zones, `gcp/p/${location}/c`]);
});

test.for([
  ["PROVISIONING", "creating"],
  ["RUNNING", "ready"],
  ["RECONCILING", "updating"],
  ["STOPPING", "deleting"],
  ["ERROR", "failed"],
  ["DEGRADED", "degraded"],
  ["STATUS_UNSPECIFIED", "unknown"],
  [9, "unknown"],
  [null, "unknown"],
] as const)("GKE's %s is %s", ([status, phase]) => {
  expect(modelOf({ status }).phase).toBe(phase);
});

test("the channel is the support tier, but for none and one that has no name", () => {
  expect(modelOf({ releaseChannel: { channel: "EXTENDED" } }).supportTier).toBe("EXTENDED");
  for (const channel of ["UNSPECIFIED", 7, "", null])
    expect(modelOf({ releaseChannel: { channel } })).not.toHaveProperty("supportTier");
});
