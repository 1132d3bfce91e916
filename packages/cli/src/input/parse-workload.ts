import { nearestName } from "@flotilla/core";
import type { ObjectName } from "@flotilla/scheduler";
import { UsageError } from "./usage-error.ts";

/** Kinds by the names kubectl knows them: lower-case kind, plural and short names. */
const KINDS: readonly (readonly [kind: string, ...names: string[]])[] = [
  ["Deployment", "deployments", "deploy"],
  ["StatefulSet", "statefulsets", "sts"],
  ["DaemonSet", "daemonsets", "ds"],
  ["ReplicaSet", "replicasets", "rs"],
  ["Job", "jobs"],
  ["CronJob", "cronjobs", "cj"],
  ["Pod", "pods", "po"],
  ["ReplicationController", "replicationcontrollers", "rc"],
  ["Service", "services", "svc"],
  ["ConfigMap", "configmaps", "cm"],
  ["Secret", "secrets"],
  ["Namespace", "namespaces", "ns"],
  ["ServiceAccount", "serviceaccounts", "sa"],
  ["PersistentVolumeClaim", "persistentvolumeclaims", "pvc"],
  ["Ingress", "ingresses", "ing"],
  ["NetworkPolicy", "networkpolicies", "netpol"],
  ["HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa"],
  ["PodDisruptionBudget", "poddisruptionbudgets", "pdb"],
];

const CLUSTER_SCOPED: ReadonlySet<string> = new Set(["Namespace"]);
const NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/;
const KIND = /^[A-Za-z][A-Za-z0-9]*$/;

/**
 * `[NAMESPACE/]KIND/NAME` → a name to look for. KIND is case-insensitive and may be plural or short (`deploy`); other kinds
 * are taken as they are written. Without a namespace, `default` is meant for the kinds that are known to have one.
 *
 * @throws UsageError
 */
export function parseWorkload(text: string): ObjectName {
  const parts = text.split("/");
  const [name = "", kindText = "", namespace] = parts.toReversed();
  const isNamed = NAME.test(name) && KIND.test(kindText) && (namespace === undefined || NAME.test(namespace));
  if (parts.length < 2 || parts.length > 3 || !isNamed) {
    throw new UsageError(`"${text}": expected [NAMESPACE/]KIND/NAME, for example default/Deployment/web`);
  }
  const kind = knownKind(kindText);
  if (kind === undefined) return { kind: kindText, name, ...(namespace === undefined ? {} : { namespace }) };
  return CLUSTER_SCOPED.has(kind) ? { kind, name } : { kind, name, namespace: namespace ?? "default" };
}

/** The kind as Kubernetes writes it; `undefined` for one we do not know. @throws UsageError for what looks like a slip */
function knownKind(text: string): string | undefined {
  const lower = text.toLowerCase();
  const found = KINDS.find(([kind, ...names]) => kind.toLowerCase() === lower || names.includes(lower));
  if (found !== undefined) return found[0];
  const nearest = nearestName(
    lower,
    KINDS.flatMap(([kind, ...names]) => [kind.toLowerCase(), ...names.filter((each) => each.length > SHORT_NAME)]),
  );
  if (nearest === undefined) return undefined;
  throw new UsageError(`unknown kind "${text}": did you mean "${nearest}"?`);
}

/** Almost any word is near to a name of two or three letters. */
const SHORT_NAME = 3;
