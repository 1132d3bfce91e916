/**
 * The field names, types, required marks, list keys and patch keys of apps, batch, autoscaling and policy,
 * in the notation of `parse-type-table.ts`. Source: the OpenAPI documents and JSON tags of Kubernetes 1.36.
 */
export const WORKLOAD_TYPES: string = `
@ io.k8s.api.apps.v1
ControllerRevision data:any metadata~:ObjectMeta revision!~:i64
DaemonSet metadata~:ObjectMeta spec~:DaemonSetSpec status~:DaemonSetStatus
DaemonSetCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
DaemonSetSpec minReadySeconds?:i32 revisionHistoryLimit:i32 selector!:LabelSelector template!~:PodTemplateSpec
  updateStrategy~:DaemonSetUpdateStrategy
DaemonSetStatus collisionCount:i32 conditions:[DaemonSetCondition]@type+type currentNumberScheduled!~:i32
  desiredNumberScheduled!~:i32 numberAvailable?:i32 numberMisscheduled!~:i32 numberReady!~:i32 numberUnavailable?:i32
  observedGeneration?:i64 updatedNumberScheduled?:i32
DaemonSetUpdateStrategy rollingUpdate:RollingUpdateDaemonSet type?:s(OnDelete|RollingUpdate)
Deployment metadata~:ObjectMeta spec~:DeploymentSpec status~:DeploymentStatus
DeploymentCondition lastTransitionTime:t lastUpdateTime:t message?:s reason?:s status!~:s type!~:s
DeploymentSpec minReadySeconds?:i32 paused?:b progressDeadlineSeconds:i32 replicas:i32 revisionHistoryLimit:i32
  selector!:LabelSelector strategy~:DeploymentStrategy+rk template!~:PodTemplateSpec
DeploymentStatus availableReplicas?:i32 collisionCount:i32 conditions:[DeploymentCondition]@type+type
  observedGeneration?:i64 readyReplicas?:i32 replicas?:i32 terminatingReplicas:i32 unavailableReplicas?:i32
  updatedReplicas?:i32
DeploymentStrategy rollingUpdate:RollingUpdateDeployment type?:s(Recreate|RollingUpdate)
ReplicaSet metadata~:ObjectMeta spec~:ReplicaSetSpec status~:ReplicaSetStatus
ReplicaSetCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
ReplicaSetSpec minReadySeconds?:i32 replicas:i32 selector!:LabelSelector template~:PodTemplateSpec
ReplicaSetStatus availableReplicas?:i32 conditions:[ReplicaSetCondition]@type+type fullyLabeledReplicas?:i32
  observedGeneration?:i64 readyReplicas?:i32 replicas!~:i32 terminatingReplicas:i32
RollingUpdateDaemonSet maxSurge:x maxUnavailable:x
RollingUpdateDeployment maxSurge:x maxUnavailable:x
RollingUpdateStatefulSetStrategy maxUnavailable:x partition:i32
StatefulSet metadata~:ObjectMeta spec~:StatefulSetSpec status~:StatefulSetStatus
StatefulSetCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
StatefulSetOrdinals start~:i32
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted?:s whenScaled?:s
StatefulSetSpec minReadySeconds?:i32 ordinals:StatefulSetOrdinals
  persistentVolumeClaimRetentionPolicy:StatefulSetPersistentVolumeClaimRetentionPolicy
  podManagementPolicy?:s(OrderedReady|Parallel) replicas:i32 revisionHistoryLimit:i32 selector!:LabelSelector
  serviceName~:s template!~:PodTemplateSpec updateStrategy~:StatefulSetUpdateStrategy
  volumeClaimTemplates:[PersistentVolumeClaim]
StatefulSetStatus availableReplicas~:i32 collisionCount:i32 conditions:[StatefulSetCondition]@type+type
  currentReplicas?:i32 currentRevision?:s observedGeneration?:i64 readyReplicas?:i32 replicas!~:i32 updateRevision?:s
  updatedReplicas?:i32
StatefulSetUpdateStrategy rollingUpdate:RollingUpdateStatefulSetStrategy type?:s(OnDelete|RollingUpdate)
@ io.k8s.api.batch.v1
CronJob metadata~:ObjectMeta spec!~:CronJobSpec status~:CronJobStatus
CronJobSpec concurrencyPolicy?:s(Allow|Forbid|Replace) failedJobsHistoryLimit:i32 jobTemplate!~:JobTemplateSpec
  schedule!~:s startingDeadlineSeconds:i64 successfulJobsHistoryLimit:i32 suspend:b timeZone:s
CronJobStatus active:[ObjectReference] lastScheduleTime:t lastSuccessfulTime:t
Job metadata~:ObjectMeta spec~:JobSpec status~:JobStatus
JobCondition lastProbeTime:t lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
JobSpec activeDeadlineSeconds:i64 backoffLimit:i32 backoffLimitPerIndex:i32 completionMode:s(Indexed|NonIndexed)
  completions:i32 managedBy:s manualSelector:b maxFailedIndexes:i32 parallelism:i32 podFailurePolicy:PodFailurePolicy
  podReplacementPolicy:s(Failed|TerminatingOrFailed) selector:LabelSelector successPolicy:SuccessPolicy suspend:b
  template!~:PodTemplateSpec ttlSecondsAfterFinished:i32
JobStatus active?:i32 completedIndexes?:s completionTime:t conditions:[JobCondition]+type failed?:i32 failedIndexes:s
  ready:i32 startTime:t succeeded?:i32 terminating:i32 uncountedTerminatedPods:UncountedTerminatedPods
JobTemplateSpec metadata~:ObjectMeta spec~:JobSpec
PodFailurePolicy rules!~:[PodFailurePolicyRule]
PodFailurePolicyOnExitCodesRequirement containerName:s operator!~:s(In|NotIn) values!~:[i32]@@
PodFailurePolicyOnPodConditionsPattern status~:s type!~:s
PodFailurePolicyRule action!~:s(Count|FailIndex|FailJob|Ignore) onExitCodes:PodFailurePolicyOnExitCodesRequirement
  onPodConditions:[PodFailurePolicyOnPodConditionsPattern]
SuccessPolicy rules!~:[SuccessPolicyRule]
SuccessPolicyRule succeededCount:i32 succeededIndexes:s
UncountedTerminatedPods failed:[s]@@ succeeded:[s]@@
@ io.k8s.api.autoscaling.v1
Scale metadata~:ObjectMeta spec~:ScaleSpec status~:ScaleStatus
ScaleSpec replicas?:i32
ScaleStatus replicas!~:i32 selector?:s
@ io.k8s.api.autoscaling.v2
ContainerResourceMetricSource container!~:s name!~:s target!~:MetricTarget
ContainerResourceMetricStatus container!~:s current!~:MetricValueStatus name!~:s
CrossVersionObjectReference apiVersion?:s kind!~:s name!~:s
ExternalMetricSource metric!~:MetricIdentifier target!~:MetricTarget
ExternalMetricStatus current!~:MetricValueStatus metric!~:MetricIdentifier
HPAScalingPolicy periodSeconds!~:i32 type!~:s value!~:i32
HPAScalingRules policies:[HPAScalingPolicy] selectPolicy:s stabilizationWindowSeconds:i32 tolerance:q
HorizontalPodAutoscaler metadata~:ObjectMeta spec!~:HorizontalPodAutoscalerSpec status~:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerBehavior scaleDown:HPAScalingRules scaleUp:HPAScalingRules
HorizontalPodAutoscalerCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
HorizontalPodAutoscalerSpec behavior:HorizontalPodAutoscalerBehavior maxReplicas!~:i32 metrics:[MetricSpec]
  minReplicas:i32 scaleTargetRef!~:CrossVersionObjectReference
HorizontalPodAutoscalerStatus conditions:[HorizontalPodAutoscalerCondition]@type+type currentMetrics~:[MetricStatus]
  currentReplicas?:i32 desiredReplicas!~:i32 lastScaleTime:t observedGeneration:i64
MetricIdentifier name!~:s selector:LabelSelector
MetricSpec containerResource:ContainerResourceMetricSource external:ExternalMetricSource object:ObjectMetricSource
  pods:PodsMetricSource resource:ResourceMetricSource type!~:s
MetricStatus containerResource:ContainerResourceMetricStatus external:ExternalMetricStatus object:ObjectMetricStatus
  pods:PodsMetricStatus resource:ResourceMetricStatus type!~:s
MetricTarget averageUtilization:i32 averageValue:q type!~:s value:q
MetricValueStatus averageUtilization:i32 averageValue:q value:q
ObjectMetricSource describedObject!~:CrossVersionObjectReference metric!~:MetricIdentifier target!~:MetricTarget
ObjectMetricStatus current!~:MetricValueStatus describedObject!~:CrossVersionObjectReference metric!~:MetricIdentifier
PodsMetricSource metric!~:MetricIdentifier target!~:MetricTarget
PodsMetricStatus current!~:MetricValueStatus metric!~:MetricIdentifier
ResourceMetricSource name!~:s target!~:MetricTarget
ResourceMetricStatus current!~:MetricValueStatus name!~:s
@ io.k8s.api.policy.v1
Eviction deleteOptions:DeleteOptions metadata~:ObjectMeta
PodDisruptionBudget metadata~:ObjectMeta spec~:PodDisruptionBudgetSpec status~:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec maxUnavailable:x minAvailable:x selector:LabelSelector
  unhealthyPodEvictionPolicy:s(AlwaysAllow|IfHealthyBudget)
PodDisruptionBudgetStatus conditions:[Condition]@type+type currentHealthy~:i32 desiredHealthy~:i32 disruptedPods:{t}
  disruptionsAllowed~:i32 expectedPods~:i32 observedGeneration?:i64
`;
