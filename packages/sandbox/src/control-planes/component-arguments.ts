import type { ToolName } from "./binaries/tools.ts";
import { FAKE_NODE_ANNOTATION } from "./fake/node-manifest.ts";

/** The programs of one control plane, in the order they start. */
export const COMPONENTS = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kwok"] as const;

export type Component = (typeof COMPONENTS)[number] & ToolName;

/** What differs from one cluster to the next. Files are named relative to the cluster's folder. */
export interface ComponentSettings {
  readonly apiPort: number;
  readonly etcdPort: number;
  readonly etcdPeerPort: number;
  readonly serviceCidr: string;
  readonly hasTokenWebhook: boolean;
}

/** Only what workloads without volumes need: fewer controllers, less memory. Not here: volumes, certificates, bootstrap tokens. */
const CONTROLLERS = [
  "deployment",
  "replicaset",
  "statefulset",
  "daemonset",
  "job",
  "cronjob",
  "ttl-after-finished",
  "endpoints",
  "endpointslice",
  "namespace",
  "garbage-collector",
  "pod-garbage-collector",
  "serviceaccount",
  "serviceaccount-token",
  "root-ca-certificate-publisher",
  "clusterrole-aggregation",
  "disruption",
  "resourcequota",
  "node-lifecycle", // without it admission's not-ready taint stays on new nodes and every pod stays Pending
  "taint-eviction",
  "horizontal-pod-autoscaler",
].map((name) => `${name}-controller`);

/** The command line of one program. */
export function componentArguments(component: Component, settings: ComponentSettings): readonly string[] {
  switch (component) {
    case "etcd":
      return etcd(settings);
    case "kube-apiserver":
      return apiServer(settings);
    case "kube-controller-manager":
      return controllerManager();
    case "kube-scheduler":
      return ["--kubeconfig=scheduler.kubeconfig", ...QUIET_CLIENT];
    case "kwok":
      return kwok();
    default:
      return component satisfies never;
  }
}

/** No port of their own, no election among one; requests as fast as a test wants them. */
const QUIET_CLIENT = ["--secure-port=0", "--leader-elect=false", "--kube-api-qps=200", "--kube-api-burst=400"];

function etcd({ etcdPort, etcdPeerPort }: ComponentSettings): readonly string[] {
  const client = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${etcdPeerPort}`;
  return [
    "--data-dir=etcd",
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    "--unsafe-no-fsync", // a test's data need not survive a power cut
    "--log-level=warn",
  ];
}

function apiServer({ apiPort, etcdPort, serviceCidr, hasTokenWebhook }: ComponentSettings): readonly string[] {
  return [
    `--etcd-servers=http://127.0.0.1:${etcdPort}`,
    "--bind-address=127.0.0.1",
    `--secure-port=${apiPort}`,
    // A loopback address is no valid endpoint, and without the second flag the server looks for an outside interface.
    "--endpoint-reconciler-type=none",
    "--advertise-address=127.0.0.1",
    "--tls-cert-file=server.crt",
    "--tls-private-key-file=server.key",
    "--client-ca-file=ca.crt",
    "--token-auth-file=tokens.csv",
    "--anonymous-auth=false",
    "--authorization-mode=Node,RBAC",
    `--service-cluster-ip-range=${serviceCidr}`,
    "--service-account-issuer=https://kubernetes.default.svc",
    "--service-account-key-file=sa.pub",
    "--service-account-signing-key-file=sa.key",
    "--allow-privileged=true",
    "--profiling=false",
    "--event-ttl=30m",
    "--shutdown-delay-duration=0s",
    ...(hasTokenWebhook ? TOKEN_WEBHOOK : []),
  ];
}

/** Who has no token any more is out after this long: the server's memory of the webhook's answers, yes and no. */
const TOKEN_WEBHOOK_MEMORY = "2s";

const TOKEN_WEBHOOK = [
  "--authentication-token-webhook-config-file=token-webhook.kubeconfig",
  "--authentication-token-webhook-version=v1",
  `--authentication-token-webhook-cache-ttl=${TOKEN_WEBHOOK_MEMORY}`,
];

function controllerManager(): readonly string[] {
  return [
    "--kubeconfig=controller-manager.kubeconfig",
    "--use-service-account-credentials=true", // its own user may not do what the controllers do
    "--service-account-private-key-file=sa.key",
    "--root-ca-file=ca.crt",
    `--controllers=${CONTROLLERS.join(",")}`,
    ...QUIET_CLIENT,
  ];
}

function kwok(): readonly string[] {
  const { key, value } = FAKE_NODE_ANNOTATION;
  return [
    "--kubeconfig=kwok.kubeconfig",
    "--config=stages.yaml",
    "--manage-all-nodes=false",
    `--manage-nodes-with-annotation-selector=${key}=${value}`,
    "--node-lease-duration-seconds=40",
  ];
}
