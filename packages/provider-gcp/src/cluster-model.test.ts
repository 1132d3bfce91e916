import { expect, test } from "vitest";
import { toCluster } from "./cluster-model.ts";
import type { GkeCluster } from "./gke-types.ts";

const modelOf = (cluster: GkeCluster) =>
  toCluster({
    project: "p",
    cluster: { name: "c", location: "europe-west1", ...cluster },
    groups: new Map(),
    subnetCidrs: [],
    isLocalCloud: false,
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

test("why a cluster or a pool is not well is told in GKE's words, once", () => {
  const stockout = { code: "GCE_STOCKOUT", message: "us-central1-a has no n2 machines" };
  const { warnings } = modelOf({
    conditions: [stockout, stockout, { code: 99, message: "new" }, { message: "x".repeat(999) }],
    nodePools: [{ name: "batch", conditions: [{ code: "GCE_QUOTA_EXCEEDED", message: null }] }, { name: "fine" }],
  });
  expect(warnings).toEqual([
    "GCE_STOCKOUT: us-central1-a has no n2 machines",
    "99: new",
    "x".repeat(300),
    "pool batch: GCE_QUOTA_EXCEEDED",
  ]);
  expect(modelOf({ conditions: [] })).not.toHaveProperty("warnings");
});
