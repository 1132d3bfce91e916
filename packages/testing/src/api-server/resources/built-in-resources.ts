import { parseTypeTables } from "../schema/parse-type-table.ts";
import { CLUSTER_TYPES } from "../schema/tables/cluster-types.ts";
import { CORE_TYPES } from "../schema/tables/core-types.ts";
import { WORKLOAD_TYPES } from "../schema/tables/workload-types.ts";
import type { TypeTable } from "../schema/parse-type-table.ts";
import { ALL_VERBS, type Resource, type ScalePaths } from "./resource.ts";

/**
 * `package group/version` lines, then one kind each: plural, singular, kind, scope, and what is not standard: `short=`,
 * `cat=`, `sub=` (subresources), `verbs=`, `gen` (has a generation). Source: discovery of Kubernetes 1.36.
 */
const KINDS = `
@ io.k8s.api.core.v1 v1
bindings binding Binding namespaced verbs=create
configmaps configmap ConfigMap namespaced short=cm
endpoints endpoints Endpoints namespaced short=ep
events event Event namespaced short=ev
limitranges limitrange LimitRange namespaced short=limits
namespaces namespace Namespace cluster short=ns sub=finalize,status verbs=create,delete,get,list,patch,update,watch
nodes node Node cluster short=no sub=status
persistentvolumeclaims persistentvolumeclaim PersistentVolumeClaim namespaced short=pvc sub=status
persistentvolumes persistentvolume PersistentVolume cluster short=pv sub=status
pods pod Pod namespaced short=po cat=all sub=binding,eviction,status gen
podtemplates podtemplate PodTemplate namespaced
replicationcontrollers replicationcontroller ReplicationController namespaced short=rc cat=all sub=scale,status gen
resourcequotas resourcequota ResourceQuota namespaced short=quota sub=status
secrets secret Secret namespaced
serviceaccounts serviceaccount ServiceAccount namespaced short=sa
services service Service namespaced short=svc cat=all sub=status
@ io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1 apiextensions.k8s.io/v1
customresourcedefinitions customresourcedefinition CustomResourceDefinition cluster short=crd,crds cat=api-extensions sub=status gen
@ io.k8s.api.apps.v1 apps/v1
controllerrevisions controllerrevision ControllerRevision namespaced
daemonsets daemonset DaemonSet namespaced short=ds cat=all sub=status gen
deployments deployment Deployment namespaced short=deploy cat=all sub=scale,status gen
replicasets replicaset ReplicaSet namespaced short=rs cat=all sub=scale,status gen
statefulsets statefulset StatefulSet namespaced short=sts cat=all sub=scale,status gen
@ io.k8s.api.authentication.v1 authentication.k8s.io/v1
selfsubjectreviews selfsubjectreview SelfSubjectReview cluster verbs=create
tokenreviews tokenreview TokenReview cluster verbs=create
@ io.k8s.api.authorization.v1 authorization.k8s.io/v1
selfsubjectaccessreviews selfsubjectaccessreview SelfSubjectAccessReview cluster verbs=create
subjectaccessreviews subjectaccessreview SubjectAccessReview cluster verbs=create
@ io.k8s.api.autoscaling.v2 autoscaling/v2
horizontalpodautoscalers horizontalpodautoscaler HorizontalPodAutoscaler namespaced short=hpa cat=all sub=status
@ io.k8s.api.batch.v1 batch/v1
cronjobs cronjob CronJob namespaced short=cj cat=all sub=status gen
jobs job Job namespaced cat=all sub=status gen
@ io.k8s.api.coordination.v1 coordination.k8s.io/v1
leases lease Lease namespaced
@ io.k8s.api.discovery.v1 discovery.k8s.io/v1
endpointslices endpointslice EndpointSlice namespaced gen
@ io.k8s.api.events.v1 events.k8s.io/v1
events event Event namespaced short=ev
@ io.k8s.api.networking.v1 networking.k8s.io/v1
ingressclasses ingressclass IngressClass cluster gen
ingresses ingress Ingress namespaced short=ing sub=status gen
networkpolicies networkpolicy NetworkPolicy namespaced short=netpol gen
@ io.k8s.api.policy.v1 policy/v1
poddisruptionbudgets poddisruptionbudget PodDisruptionBudget namespaced short=pdb sub=status gen
@ io.k8s.api.rbac.v1 rbac.authorization.k8s.io/v1
clusterrolebindings clusterrolebinding ClusterRoleBinding cluster
clusterroles clusterrole ClusterRole cluster
rolebindings rolebinding RoleBinding namespaced
roles role Role namespaced
@ io.k8s.api.scheduling.v1 scheduling.k8s.io/v1
priorityclasses priorityclass PriorityClass cluster short=pc gen
@ io.k8s.api.storage.v1 storage.k8s.io/v1
csidrivers csidriver CSIDriver cluster
storageclasses storageclass StorageClass cluster short=sc
`;

const REPLICAS: ScalePaths = { specReplicas: ["spec", "replicas"], statusReplicas: ["status", "replicas"] };

/** The kinds every server has, and all types they are made of. */
export function builtInResources(): { readonly resources: readonly Resource[]; readonly types: TypeTable } {
  const types = parseTypeTables([CORE_TYPES, WORKLOAD_TYPES, CLUSTER_TYPES]);
  const resources: Resource[] = [];
  let [scope, group, version] = ["", "", ""];
  for (const line of KINDS.trim().split("\n")) {
    const words = line.split(" ");
    if (words[0] === "@") {
      scope = words[1] ?? "";
      const parts = (words[2] ?? "").split("/");
      [group, version] = parts.length === 1 ? ["", parts[0] ?? ""] : [parts[0] ?? "", parts[1] ?? ""];
    } else resources.push(readKind(words, { scope, group, version, types }));
  }
  return { resources, types };
}

function readKind(
  words: readonly string[],
  at: { readonly scope: string; readonly group: string; readonly version: string; readonly types: TypeTable },
): Resource {
  const [plural = "", singular = "", kind = "", scope = "", ...rest] = words;
  const listOf = (key: string): string[] =>
    rest
      .find((word) => word.startsWith(`${key}=`))
      ?.slice(key.length + 1)
      .split(",") ?? [];
  const schema = at.types.get(`${at.scope}.${kind}`);
  if (schema === undefined) throw new Error(`no type for the kind ${kind} in ${at.scope}`);
  const verbs = listOf("verbs");
  const subresources = listOf("sub");
  return {
    group: at.group,
    version: at.version,
    plural,
    singular,
    kind,
    listKind: `${kind}List`,
    namespaced: scope === "namespaced",
    shortNames: listOf("short"),
    categories: listOf("cat"),
    verbs: verbs.length === 0 ? ALL_VERBS : verbs,
    subresources,
    schema,
    hasGeneration: rest.includes("gen"),
    ...(subresources.includes("scale") ? { scale: REPLICAS } : {}),
  };
}
