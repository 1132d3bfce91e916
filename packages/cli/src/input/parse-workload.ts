import { nearestName, type ObjectRef } from "@flotilla/core";
import { UsageError } from "./usage-error.ts";

/** Kinds by the names kubectl knows them: lower-case kind, plural and short names. */
const KINDS: readonly (readonly [apiVersion: string, kind: string, ...names: string[]])[] = [
  ["apps/v1", "Deployment", "deployments", "deploy"],
  ["apps/v1", "StatefulSet", "statefulsets", "sts"],
  ["apps/v1", "DaemonSet", "daemonsets", "ds"],
  ["apps/v1", "ReplicaSet", "replicasets", "rs"],
  ["batch/v1", "Job", "jobs"],
  ["batch/v1", "CronJob", "cronjobs", "cj"],
  ["v1", "Pod", "pods", "po"],
  ["v1", "ReplicationController", "replicationcontrollers", "rc"],
  ["v1", "Service", "services", "svc"],
  ["v1", "ConfigMap", "configmaps", "cm"],
  ["v1", "Secret", "secrets"],
  ["v1", "Namespace", "namespaces", "ns"],
  ["v1", "ServiceAccount", "serviceaccounts", "sa"],
  ["v1", "PersistentVolumeClaim", "persistentvolumeclaims", "pvc"],
  ["networking.k8s.io/v1", "Ingress", "ingresses", "ing"],
  ["networking.k8s.io/v1", "NetworkPolicy", "networkpolicies", "netpol"],
  ["autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa"],
  ["policy/v1", "PodDisruptionBudget", "poddisruptionbudgets", "pdb"],
];

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(["Namespace"]);
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;

/**
 * `[NAMESPACE/]KIND/NAME` → a reference. KIND is case-insensitive and may be plural or short (`deploy`); a custom kind is
 * written `Kind.version.group`. The namespace is `default` where none is given.
 *
 * @throws UsageError
 */
export function parseWorkload(text: string): ObjectRef {
  const parts = text.split("/");
  const [name = "", kindText = "", namespace = "default"] = parts.toReversed();
  if (parts.length < 2 || parts.length > 3 || ![name, namespace].every((part) => NAME.test(part)) || kindText === "") {
    throw new UsageError(`"${text}": expected [NAMESPACE/]KIND/NAME, for example default/Deployment/web`);
  }
  const { apiVersion, kind } = parseKind(kindText);
  return CLUSTER_SCOPED.has(kind) ? { apiVersion, kind, name } : { apiVersion, kind, namespace, name };
}

function parseKind(text: string): { readonly apiVersion: string; readonly kind: string } {
  const lower = text.toLowerCase();
  const found = KINDS.find(([, kind, ...names]) => kind.toLowerCase() === lower || names.includes(lower));
  if (found !== undefined) return { apiVersion: found[0], kind: found[1] };
  const custom = /^([A-Z][A-Za-z0-9]*)\.(v[a-z0-9]+)\.([a-z0-9.-]+)$/.exec(text);
  if (custom !== null) return { apiVersion: `${custom[3]}/${custom[2]}`, kind: custom[1] ?? "" };
  const nearest = nearestName(
    lower,
    KINDS.flatMap(([, kind, ...names]) => [kind.toLowerCase(), ...names]),
  );
  const hint = nearest === undefined ? "" : `; did you mean "${nearest}"?`;
  throw new UsageError(`unknown kind "${text}": write a custom kind as Kind.version.group${hint}`);
}
