import type { Document } from "@flotilla/core";
import { aDocument } from "./embedded-fleet.ts";

type Values = Readonly<Record<string, unknown>>;

export interface WebOptions {
  readonly name?: string;
  readonly namespace?: string;
  readonly replicas?: number;
  readonly image?: string;
  readonly cpu?: string;
  readonly configMap?: string;
  readonly secret?: string;
}

/** A Deployment of small pods; it names a ConfigMap and a Secret where asked to. */
export function aWeb(options: WebOptions = {}): Document {
  const {
    name = "web",
    namespace = "shop",
    replicas = 6,
    image = "nginx:1.27",
    cpu = "100m",
    configMap,
    secret,
  } = options;
  const envFrom = [
    ...(configMap === undefined ? [] : [{ configMapRef: { name: configMap } }]),
    ...(secret === undefined ? [] : [{ secretRef: { name: secret } }]),
  ];
  const container = {
    name: "web",
    image,
    resources: { requests: { cpu, memory: "64Mi" } },
    ...(envFrom.length > 0 ? { envFrom } : {}),
  };
  return aDocument({
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name, namespace, labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: { metadata: { labels: { app: name } }, spec: { containers: [container] } },
    },
  });
}

export function aConfigMap(name: string, data: Values = { key: "value" }, namespace = "shop"): Document {
  return aDocument({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, namespace }, data });
}

export function aSecret(name: string, stringData: Values, namespace = "shop"): Document {
  return aDocument({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace }, stringData });
}

export function aService(name: string, app = name, namespace = "shop"): Document {
  const spec = { selector: { app }, ports: [{ port: 80 }] };
  return aDocument({ apiVersion: "v1", kind: "Service", metadata: { name, namespace }, spec });
}

/** A policy for Deployment `name`, on the named clusters or all. */
export function aPlacement(name: string, spec: Values, namespace = "shop"): Document {
  const workloads = [{ apiVersion: "apps/v1", kind: "Deployment", name }];
  return aDocument({
    apiVersion: "flotilla.dev/v1alpha1",
    kind: "PlacementPolicy",
    metadata: { name, namespace },
    spec: { workloads, ...spec },
  });
}

export function anOverride(name: string, rules: readonly Values[], namespace = "shop"): Document {
  const workloads = [{ apiVersion: "apps/v1", kind: "Deployment", name }];
  return aDocument({
    apiVersion: "flotilla.dev/v1alpha1",
    kind: "OverridePolicy",
    metadata: { name, namespace },
    spec: { workloads, rules },
  });
}
