import { isInputError, type KubeObject } from "@flotilla/core";
import { expect, test } from "vitest";
import { aDocument } from "../../test-support/embedded-fleet.ts";
import { aWeb } from "../../test-support/some-manifests.ts";
import { DEFAULT_PLACEMENT } from "../policy/default-placement.ts";
import type { PlacementPolicy } from "../policy/placement-policy.ts";
import { groupStream } from "./group-stream.ts";
import { readManifests } from "./manifest.ts";
import type { Stream } from "./stream.ts";

type Values = Readonly<Record<string, unknown>>;

function anObject(
  apiVersion: string,
  kind: string,
  name: string,
  rest: Values = {},
  namespace: string | null = "shop",
): KubeObject {
  return { apiVersion, kind, metadata: namespace === null ? { name } : { name, namespace }, ...rest };
}

function group(objects: readonly unknown[], placements: readonly PlacementPolicy[] = []): Stream {
  const documents = objects.map((object) => aDocument(object));
  return groupStream(readManifests(documents), { placements, overrides: [] });
}

/** For each object: its role, and the names of the units it goes with. */
function told(stream: Stream): Record<string, string> {
  return Object.fromEntries(
    stream.items.map(({ ref, role, goesWith }) => {
      const units = goesWith.map((index) => stream.items[index]?.ref.name ?? "?");
      return [`${ref.kind}/${ref.name}`, `${role}: ${units.join("+")}`];
    }),
  );
}

function web(name: string, podSpec: Values = {}): KubeObject {
  const value = structuredClone(aWeb({ name }).value) as { spec: { template: { spec: Values } } };
  value.spec.template.spec = { ...value.spec.template.spec, ...podSpec };
  return value as unknown as KubeObject;
}

function aPolicy(name: string, workloads: PlacementPolicy["spec"]["workloads"]): PlacementPolicy {
  return { kind: "PlacementPolicy", name, namespace: "shop", spec: { ...DEFAULT_PLACEMENT, workloads } };
}

test("what a pod names follows it, however it is named, and what those name too", () => {
  const pod = {
    serviceAccountName: "runner",
    imagePullSecrets: [{ name: "pull" }],
    priorityClassName: "high",
    volumes: [
      { name: "a", projected: { sources: [{ configMap: { name: "projected" } }, { secret: { name: "token" } }] } },
      { name: "b", persistentVolumeClaim: { claimName: "data" } },
      { name: "c", secret: { secretName: "tls" } },
    ],
    initContainers: [
      { name: "i", image: "i", env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "init", key: "a" } } }] },
    ],
  };
  const stream = group([
    anObject("storage.k8s.io/v1", "StorageClass", "fast", {}, null),
    anObject("v1", "PersistentVolumeClaim", "data", { spec: { storageClassName: "fast" } }),
    anObject("v1", "ServiceAccount", "runner", { imagePullSecrets: [{ name: "account-pull" }] }),
    anObject("v1", "Secret", "account-pull"),
    anObject("rbac.authorization.k8s.io/v1", "Role", "reader"),
    anObject("rbac.authorization.k8s.io/v1", "RoleBinding", "reader", {
      subjects: [{ kind: "ServiceAccount", name: "runner" }],
      roleRef: { kind: "Role", name: "reader" },
    }),
    ...["pull", "token", "tls"].map((name) => anObject("v1", "Secret", name)),
    ...["projected", "init"].map((name) => anObject("v1", "ConfigMap", name)),
    anObject("scheduling.k8s.io/v1", "PriorityClass", "high", {}, null),
    web("web", pod),
  ]);
  const followers = Object.entries(told(stream)).filter(([name]) => name !== "Deployment/web");
  expect(followers.map(([, what]) => what)).toEqual(followers.map(() => "follower: web"));
  expect(followers).toHaveLength(12);
  expect(stream.assumed).toEqual([]);
});

test("what points at a workload accompanies it: by selector, by target, through a Service", () => {
  const stream = group([
    web("web"),
    web("other"),
    anObject("v1", "Service", "web", { spec: { selector: { app: "web" } } }),
    anObject("v1", "Service", "none", { spec: {} }),
    anObject("networking.k8s.io/v1", "Ingress", "web", {
      spec: {
        tls: [{ secretName: "cert" }],
        rules: [{ http: { paths: [{ backend: { service: { name: "web" } } }] } }],
      },
    }),
    anObject("v1", "Secret", "cert"),
    anObject("gateway.networking.k8s.io/v1", "HTTPRoute", "web", {
      spec: { rules: [{ backendRefs: [{ name: "web", port: 80 }] }] },
    }),
    anObject("autoscaling/v2", "HorizontalPodAutoscaler", "web", {
      spec: { scaleTargetRef: { kind: "Deployment", name: "other" } },
    }),
    anObject("policy/v1", "PodDisruptionBudget", "web", { spec: { selector: { matchLabels: { app: "web" } } } }),
    anObject("networking.k8s.io/v1", "NetworkPolicy", "web", {
      spec: { podSelector: { matchLabels: { app: "other" } } },
    }),
    anObject("v1", "Service", "web", { spec: { selector: { app: "web" } } }, "elsewhere"),
  ]);
  expect(told(stream)).toMatchObject({
    "Service/none": "follower: web+other",
    "Ingress/web": "companion: web",
    "Secret/cert": "follower: web",
    "HTTPRoute/web": "companion: web",
    "HorizontalPodAutoscaler/web": "companion: other",
    "PodDisruptionBudget/web": "companion: web",
    "NetworkPolicy/web": "companion: other",
  });
  expect(stream.items[2]?.goesWith).toEqual([0]);
  expect(stream.items.at(-1)?.goesWith).toEqual([0, 1]);
  expect(stream.items.map(({ unit }) => unit?.isAutoscaled)).toEqual([
    false,
    true,
    ...Array.from({ length: 9 }, () => undefined),
  ]);
});

test("another object that a policy selects goes where that policy's workloads go", () => {
  const policy = aPolicy("web", [
    { apiVersion: "apps/v1", kind: "Deployment", name: "web" },
    { apiVersion: "v1", kind: "ConfigMap" },
  ]);
  const stream = group(
    [web("web"), web("other"), anObject("v1", "ConfigMap", "picked"), anObject("v1", "Secret", "loose")],
    [policy],
  );
  expect(told(stream)).toMatchObject({ "ConfigMap/picked": "follower: web", "Secret/loose": "follower: web+other" });
});

test("an object that nothing brings is placed by itself where there is no workload; a claim always", () => {
  const alone = group([anObject("v1", "ConfigMap", "a"), anObject("v1", "PersistentVolumeClaim", "data")]);
  expect(alone.items.map(({ unit }) => [unit?.hasPods, unit?.workload.division])).toEqual([
    [false, "PerCluster"],
    [false, "Single"],
  ]);
  const withWeb = group([web("web"), anObject("v1", "PersistentVolumeClaim", "data")]);
  expect(told(withWeb)["PersistentVolumeClaim/data"]).toBe("workload: data");
  const picked = group(
    [web("web"), anObject("v1", "ConfigMap", "a")],
    [aPolicy("only", [{ apiVersion: "v1", kind: "ConfigMap" }])],
  );
  expect(told(picked)["ConfigMap/a"]).toBe("workload: a");
});

test("namespaces and definitions go with what is in them or of their kind", () => {
  const definition = anObject(
    "apiextensions.k8s.io/v1",
    "CustomResourceDefinition",
    "crons.x.io",
    { spec: { group: "x.io", scope: "Namespaced", names: { kind: "Cron" } } },
    null,
  );
  const stream = group([
    definition,
    anObject("v1", "Namespace", "shop", {}, null),
    web("web"),
    anObject("x.io/v1", "Cron", "c"),
  ]);
  expect(told(stream)).toMatchObject({
    "CustomResourceDefinition/crons.x.io": "follower: web",
    "Namespace/shop": "namespace: web",
    "Cron/c": "follower: web",
  });
});

test("names outside the stream are assumed, unless they are optional or every server has them", () => {
  const pod = {
    serviceAccountName: "default",
    volumes: [
      { name: "a", configMap: { name: "gone" } },
      { name: "b", secret: { secretName: "maybe", optional: true } },
      { name: "c", configMap: { name: "kube-root-ca.crt" } },
    ],
  };
  expect(group([web("web", pod)]).assumed).toEqual(["ConfigMap shop/gone"]);
});

test.each<[string, readonly unknown[], string]>([
  ["no map", ["text"], "expected a Kubernetes object"],
  ["no kind", [{ apiVersion: "v1", metadata: { name: "a" } }], "expected the object's kind"],
  [
    "a name with a slash",
    [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a/b" } }],
    "expected the object's name",
  ],
  ["generateName", [{ apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "a-" } }], "generateName"],
  [
    "a bad namespace",
    [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "../x" } }],
    "expected a namespace",
  ],
  [
    "a label that is a number",
    [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", labels: { v: 1 } } }],
    "put it in quotes",
  ],
  [
    "twice the same",
    [anObject("v1", "ConfigMap", "a"), anObject("v1", "ConfigMap", "a")],
    "is there twice; the first is at app.yaml:1",
  ],
  [
    "a number in a ConfigMap",
    [{ ...anObject("v1", "ConfigMap", "a"), data: { port: 80 } }],
    "found 80: put it in quotes",
  ],
  ["plain text as a Secret's data", [{ ...anObject("v1", "Secret", "a"), data: { p: "p@ss" } }], "expected base64"],
  [
    "a bad quantity",
    [web("web", { containers: [{ name: "c", image: "i", resources: { requests: { cpu: "lots" } } }] })],
    "cpu",
  ],
])("%s is refused with its place", (_, objects, message) => {
  let thrown: unknown;
  try {
    group(objects);
  } catch (error) {
    thrown = error;
  }
  expect(isInputError(thrown)).toBe(true);
  expect((thrown as Error).message).toContain(message);
  expect((thrown as Error).message).toContain("app.yaml:1:1");
});

test("cluster-scoped kinds have no namespace and others live in default", () => {
  const manifests = readManifests([
    aDocument(anObject("rbac.authorization.k8s.io/v1", "ClusterRole", "r")),
    aDocument(anObject("v1", "ConfigMap", "a", {}, null)),
  ]);
  expect(manifests.map(({ object }) => object.metadata.namespace)).toEqual([undefined, "default"]);
});

test("the value of a Secret is in no message", () => {
  const secret = { ...anObject("v1", "Secret", "a"), data: { p: 987654 }, stringData: { q: 123456 } };
  const wrong = (() => {
    try {
      return group([secret]);
    } catch (error) {
      return (error as Error).message;
    }
  })();
  expect(wrong).toContain("data.p: expected a string");
  expect(wrong).toContain("stringData.q: expected a string");
  expect(wrong).not.toMatch(/987654|123456/);
});
