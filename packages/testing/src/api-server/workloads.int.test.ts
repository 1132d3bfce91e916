import { createVirtualClock } from "../clock/virtual-clock.ts";
import { expect, test } from "vitest";
import type { FakeNode } from "./api-server.ts";
import { eventually, serverUnderTest, type ServerUnderTest } from "./client/server-under-test.ts";
import { numberAt, objectAt, objectsAt, stringAt, type JsonObject } from "./json/json.ts";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
const MERGE = "application/merge-patch+json";
const node = (name: string, rest: Partial<FakeNode> = {}): FakeNode => ({ name, cpu: "2", memory: "4Gi", ...rest });
const template = (spec: JsonObject = {}, metadata: JsonObject = {}): JsonObject => ({
  metadata: { labels: { app: "web" }, ...metadata },
  spec: { containers: [{ name: "c", image: "web:1", resources: { requests: { cpu: "500m" } } }], ...spec },
});
const deployment = (replicas: number, pod: JsonObject = template()): JsonObject => ({
  metadata: { name: "web" },
  spec: { replicas, selector: { matchLabels: { app: "web" } }, template: pod },
});

function reader(under: ServerUnderTest): { readonly web: () => JsonObject; readonly pods: () => JsonObject[] } {
  const objects = under.server.objects();
  return {
    web: () => (objects.get("apps/v1", "Deployment", "default", "web") ?? {}) as JsonObject,
    pods: () => objects.list("v1", "Pod", "default") as unknown as JsonObject[],
  };
}
const condition = (object: JsonObject, type: string): string | undefined =>
  stringAt(
    objectsAt(object, "status", "conditions").find((one) => one["type"] === type),
    "status",
  );
const isReady = (pod: JsonObject): boolean => condition(pod, "Ready") === "True";

test("a deployment becomes available, and a new template replaces its pods without falling below its minimum", async () => {
  await using under = await serverUnderTest({ nodes: [node("a"), node("b")] });
  const { web, pods } = reader(under);
  await under.ok("POST", DEPLOYMENTS, deployment(4));
  await eventually("4 available", () => numberAt(web(), "status", "availableReplicas") === 4);
  expect([condition(web(), "Available"), condition(web(), "Progressing")]).toEqual(["True", "True"]);
  let least = 4;
  const watch = under.client
    .lines(
      "/api/v1/namespaces/default/pods?watch=1",
      {},
      () => (least = Math.min(least, pods().filter(isReady).length)),
    )
    .catch(() => {});
  const image = { spec: { template: { spec: { containers: [{ name: "c", image: "web:2" }] } } } };
  await under.ok("PATCH", `${DEPLOYMENTS}/web`, image, "application/strategic-merge-patch+json");
  await eventually("all pods are new", () => {
    const images = pods().map((pod) => stringAt(objectsAt(pod, "spec", "containers")[0], "image"));
    return (
      images.length === 4 &&
      images.every((one) => one === "web:2") &&
      numberAt(web(), "status", "updatedReplicas") === 4
    );
  });
  expect(least).toBeGreaterThanOrEqual(3);
  const sets = under.server.objects().list("apps/v1", "ReplicaSet", "default") as unknown as JsonObject[];
  expect(sets.map((set) => numberAt(set, "spec", "replicas"))).toEqual(expect.arrayContaining([0, 4]));
  under.server.endWatches();
  await watch;
});

test("a full cluster leaves pods pending and says why; room lets them in", async () => {
  await using under = await serverUnderTest({
    nodes: [node("a", { cpu: "1" }), node("b", { taints: [{ key: "k", effect: "NoSchedule" }] })],
  });
  const { pods } = reader(under);
  await under.ok("POST", DEPLOYMENTS, deployment(3));
  const pending = (): JsonObject[] =>
    pods().filter(
      (pod) => stringAt(pod, "status", "phase") === "Pending" && condition(pod, "PodScheduled") === "False",
    );
  await eventually("one pod has no place", () => pending().length === 1 && pods().filter(isReady).length === 2);
  const [first] = objectsAt(pending()[0], "status", "conditions");
  expect(first).toMatchObject({
    reason: "Unschedulable",
    message: "0/2 nodes are available: 1 Insufficient cpu, 1 node(s) had untolerated taint(s).",
  });
  await under.ok("PATCH", "/api/v1/nodes/b", { spec: { taints: null } }, MERGE);
  await eventually("all are ready", () => pods().filter(isReady).length === 3);
});

test("node selectors and required affinity are obeyed", async () => {
  await using under = await serverUnderTest({
    nodes: [
      node("a"),
      node("b", { labels: { disk: "fast", zone: "z1" } }),
      node("c", { labels: { disk: "fast", zone: "z2" } }),
    ],
  });
  const { pods } = reader(under);
  const affinity = {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key: "zone", operator: "NotIn", values: ["z1"] }] }],
      },
    },
  };
  await under.ok("POST", DEPLOYMENTS, deployment(2, template({ nodeSelector: { disk: "fast" }, affinity })));
  await eventually("both run", () => pods().filter(isReady).length === 2);
  expect(pods().map((pod) => stringAt(pod, "spec", "nodeName"))).toEqual(["c", "c"]);
});

test("a lost node makes its pods unready, evicts them after their toleration, and takes them back if it returns before", async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  await using under = await serverUnderTest({ nodes: [node("a")], clock });
  const { web, pods } = reader(under);
  await under.ok("POST", DEPLOYMENTS, deployment(2));
  await eventually("2 available", () => numberAt(web(), "status", "availableReplicas") === 2);
  under.server.setNodeReady("a", false);
  await eventually("none available", () => numberAt(web(), "status", "availableReplicas") === undefined);
  under.server.setNodeReady("a", true);
  await eventually("2 available again", () => numberAt(web(), "status", "availableReplicas") === 2);
  under.server.setNodeReady("a", false);
  await eventually("none available", () => numberAt(web(), "status", "availableReplicas") === undefined);
  await clock.advance(299_000);
  expect(pods().filter((pod) => stringAt(pod, "metadata", "deletionTimestamp") !== undefined)).toEqual([]);
  await clock.advance(2_000);
  await eventually("both are evicted and replaced", () => pods().length === 4);
  expect(pods().filter((pod) => stringAt(pod, "metadata", "deletionTimestamp") !== undefined)).toHaveLength(2);
});

test("a pod that crashes is not ready, and its deployment runs out of time", async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  await using under = await serverUnderTest({ nodes: [node("a")], clock });
  const { web, pods } = reader(under);
  const crashing = template({}, { annotations: { "flotilla.dev/test-crashloop": "true" } });
  await under.ok("POST", DEPLOYMENTS, deployment(1, crashing));
  await eventually(
    "it crashes",
    () =>
      stringAt(objectsAt(pods()[0], "status", "containerStatuses")[0], "state", "waiting", "reason") ===
      "CrashLoopBackOff",
  );
  await clock.advance(601_000);
  await eventually("progress has stopped", () => condition(web(), "Progressing") === "False");
  expect(objectsAt(web(), "status", "conditions").find((one) => one["type"] === "Progressing")?.["reason"]).toBe(
    "ProgressDeadlineExceeded",
  );
});

test("pods take their time to be ready, in the clock's time", async () => {
  const clock = createVirtualClock(Date.UTC(2026, 0, 1));
  await using under = await serverUnderTest({ nodes: [node("a")], clock, readyAfterMs: 30_000 });
  const { pods } = reader(under);
  await under.ok("POST", DEPLOYMENTS, deployment(1));
  await eventually("it has a node", () => stringAt(pods()[0], "spec", "nodeName") === "a" && clock.sleeping > 0);
  await clock.advance(29_999);
  expect(pods().filter(isReady)).toEqual([]);
  await clock.advance(1);
  await eventually("it is ready", () => pods().filter(isReady).length === 1);
});

test("a job runs its completions in parallel parts, and fails when its pods do", async () => {
  await using under = await serverUnderTest({ nodes: [node("a")] });
  const jobs = "/apis/batch/v1/namespaces/default/jobs";
  const pod = (annotations: JsonObject): JsonObject => ({
    metadata: { annotations },
    spec: { restartPolicy: "Never", containers: [{ name: "c", image: "i" }] },
  });
  await under.ok("POST", jobs, {
    metadata: { name: "good" },
    spec: { completions: 5, parallelism: 2, completionMode: "Indexed", template: pod({}) },
  });
  await under.ok("POST", jobs, {
    metadata: { name: "bad" },
    spec: { backoffLimit: 1, template: pod({ "flotilla.dev/test-fails": "true" }) },
  });
  const job = (name: string): JsonObject =>
    (under.server.objects().get("batch/v1", "Job", "default", name) ?? {}) as JsonObject;
  await eventually("the good one completes", () => condition(job("good"), "Complete") === "True");
  expect(objectAt(job("good"), "status")).toMatchObject({ succeeded: 5, completedIndexes: "0-4" });
  await eventually("the bad one fails", () => condition(job("bad"), "Failed") === "True");
  expect(objectAt(job("bad"), "status")).toMatchObject({ failed: 2 });
});

test("a stateful set grows in order and shrinks from its end; a daemon set follows the nodes", async () => {
  await using under = await serverUnderTest({ nodes: [node("a"), node("b")] });
  const { pods } = reader(under);
  const sets = "/apis/apps/v1/namespaces/default/statefulsets";
  const labels = { app: "db" };
  const pod = { metadata: { labels }, spec: { containers: [{ name: "c", image: "i" }] } };
  await under.ok("POST", sets, {
    metadata: { name: "db" },
    spec: { replicas: 3, serviceName: "db", selector: { matchLabels: labels }, template: pod },
  });
  const names = (app: string): (string | undefined)[] =>
    pods()
      .filter((one) => stringAt(one, "metadata", "labels", "app") === app && isReady(one))
      .map((one) => stringAt(one, "metadata", "name"));
  await eventually("three in order", () => names("db").join() === "db-0,db-1,db-2");
  await under.ok("PATCH", `${sets}/db/scale`, { spec: { replicas: 1 } }, MERGE);
  await eventually("the first is left", () => names("db").join() === "db-0");
  const daemons = "/apis/apps/v1/namespaces/default/daemonsets";
  await under.ok("POST", daemons, {
    metadata: { name: "ds" },
    spec: { selector: { matchLabels: { app: "ds" } }, template: { ...pod, metadata: { labels: { app: "ds" } } } },
  });
  await eventually("one on each node", () => names("ds").length === 2);
  await under.ok("POST", "/api/v1/nodes", {
    metadata: { name: "c" },
    status: { capacity: { cpu: "1", memory: "1Gi", pods: "10" } },
  });
  await eventually("one on the new node", () =>
    pods().some((one) => stringAt(one, "spec", "nodeName") === "c" && isReady(one)),
  );
});

test("an eviction that a budget forbids is refused", async () => {
  await using under = await serverUnderTest({ nodes: [node("a")] });
  const { pods } = reader(under);
  await under.ok("POST", DEPLOYMENTS, deployment(2));
  await under.ok("POST", "/apis/policy/v1/namespaces/default/poddisruptionbudgets", {
    metadata: { name: "b" },
    spec: { minAvailable: 2, selector: { matchLabels: { app: "web" } } },
  });
  const budget = (): JsonObject =>
    (under.server.objects().get("policy/v1", "PodDisruptionBudget", "default", "b") ?? {}) as JsonObject;
  await eventually("the budget is counted", () => numberAt(budget(), "status", "currentHealthy") === 2);
  const name = stringAt(pods()[0], "metadata", "name") ?? "";
  const evict = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name } };
  const refused = await under.client.send("POST", `/api/v1/namespaces/default/pods/${name}/eviction`, { body: evict });
  expect([refused.status, stringAt(refused.body, "reason")]).toEqual([429, "TooManyRequests"]);
});
