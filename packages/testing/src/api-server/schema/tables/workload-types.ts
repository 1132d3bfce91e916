/**
 * The field names, types, required marks, list keys and patch keys of apps, batch, autoscaling and policy,
 * in the notation of `parse-type-table.ts`. Source: the OpenAPI documents and JSON tags of Kubernetes 1.36.
 */
export const WORKLOAD_TYPES: string = `
@ io.k8s.api.apps.v1
ControllerRevision data#2:any metadata~#1:ObjectMeta revision!~#3:i64
DaemonSet metadata~#1:ObjectMeta spec~#2:DaemonSetSpec status~#3:DaemonSetStatus
DaemonSetCondition lastTransitionTime~#3:t message?#5:s reason?#4:s status!~#2:s type!~#1:s
DaemonSetSpec minReadySeconds?#4:i32 revisionHistoryLimit#6:i32 selector!#1:LabelSelector template!~#2:PodTemplateSpec
  updateStrategy~#3:DaemonSetUpdateStrategy
DaemonSetStatus collisionCount#9:i32 conditions#10:[DaemonSetCondition]@type+type currentNumberScheduled!~#1:i32
  desiredNumberScheduled!~#3:i32 numberAvailable?#7:i32 numberMisscheduled!~#2:i32 numberReady!~#4:i32
  numberUnavailable?#8:i32 observedGeneration?#5:i64 updatedNumberScheduled?#6:i32
DaemonSetUpdateStrategy rollingUpdate#2:RollingUpdateDaemonSet type?#1:s(OnDelete|RollingUpdate)
Deployment metadata~#1:ObjectMeta spec~#2:DeploymentSpec status~#3:DeploymentStatus
DeploymentCondition lastTransitionTime~#7:t lastUpdateTime~#6:t message?#5:s reason?#4:s status!~#2:s type!~#1:s
DeploymentSpec minReadySeconds?#5:i32 paused?#7:b progressDeadlineSeconds#9:i32 replicas#1:i32
  revisionHistoryLimit#6:i32 selector!#2:LabelSelector strategy~#4:DeploymentStrategy+rk template!~#3:PodTemplateSpec
DeploymentStatus availableReplicas?#4:i32 collisionCount#8:i32 conditions#6:[DeploymentCondition]@type+type
  observedGeneration?#1:i64 readyReplicas?#7:i32 replicas?#2:i32 terminatingReplicas#9:i32 unavailableReplicas?#5:i32
  updatedReplicas?#3:i32
DeploymentStrategy rollingUpdate#2:RollingUpdateDeployment type?#1:s(Recreate|RollingUpdate)
ReplicaSet metadata~#1:ObjectMeta spec~#2:ReplicaSetSpec status~#3:ReplicaSetStatus
ReplicaSetCondition lastTransitionTime~#3:t message?#5:s reason?#4:s status!~#2:s type!~#1:s
ReplicaSetSpec minReadySeconds?#4:i32 replicas#1:i32 selector!#2:LabelSelector template~#3:PodTemplateSpec
ReplicaSetStatus availableReplicas?#5:i32 conditions#6:[ReplicaSetCondition]@type+type fullyLabeledReplicas?#2:i32
  observedGeneration?#3:i64 readyReplicas?#4:i32 replicas!~#1:i32 terminatingReplicas#7:i32
RollingUpdateDaemonSet maxSurge#2:x maxUnavailable#1:x
RollingUpdateDeployment maxSurge#2:x maxUnavailable#1:x
RollingUpdateStatefulSetStrategy maxUnavailable#2:x partition#1:i32
StatefulSet metadata~#1:ObjectMeta spec~#2:StatefulSetSpec status~#3:StatefulSetStatus
StatefulSetCondition lastTransitionTime~#3:t message?#5:s reason?#4:s status!~#2:s type!~#1:s
StatefulSetOrdinals start~#1:i32
StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted?#1:s whenScaled?#2:s
StatefulSetSpec minReadySeconds?#9:i32 ordinals#11:StatefulSetOrdinals
  persistentVolumeClaimRetentionPolicy#10:StatefulSetPersistentVolumeClaimRetentionPolicy
  podManagementPolicy?#6:s(OrderedReady|Parallel) replicas#1:i32 revisionHistoryLimit#8:i32 selector!#2:LabelSelector
  serviceName~#5:s template!~#3:PodTemplateSpec updateStrategy~#7:StatefulSetUpdateStrategy
  volumeClaimTemplates#4:[PersistentVolumeClaim]
StatefulSetStatus availableReplicas~#11:i32 collisionCount#9:i32 conditions#10:[StatefulSetCondition]@type+type
  currentReplicas?#4:i32 currentRevision?#6:s observedGeneration?#1:i64 readyReplicas?#3:i32 replicas!~#2:i32
  updateRevision?#7:s updatedReplicas?#5:i32
StatefulSetUpdateStrategy rollingUpdate#2:RollingUpdateStatefulSetStrategy type?#1:s(OnDelete|RollingUpdate)
@ io.k8s.api.batch.v1
CronJob metadata~#1:ObjectMeta spec!~#2:CronJobSpec status~#3:CronJobStatus
CronJobSpec concurrencyPolicy?#3:s(Allow|Forbid|Replace) failedJobsHistoryLimit#7:i32 jobTemplate!~#5:JobTemplateSpec
  schedule!~#1:s startingDeadlineSeconds#2:i64 successfulJobsHistoryLimit#6:i32 suspend#4:b timeZone#8:s
CronJobStatus active#1:[ObjectReference] lastScheduleTime#4:t lastSuccessfulTime#5:t
Job metadata~#1:ObjectMeta spec~#2:JobSpec status~#3:JobStatus
JobCondition lastProbeTime~#3:t lastTransitionTime~#4:t message?#6:s reason?#5:s status!~#2:s type!~#1:s
JobSpec activeDeadlineSeconds#3:i64 backoffLimit#7:i32 backoffLimitPerIndex#12:i32
  completionMode#9:s(Indexed|NonIndexed) completions#2:i32 managedBy#15:s manualSelector#5:b maxFailedIndexes#13:i32
  parallelism#1:i32 podFailurePolicy#11:PodFailurePolicy podReplacementPolicy#14:s(Failed|TerminatingOrFailed)
  selector#4:LabelSelector successPolicy#16:SuccessPolicy suspend#10:b template!~#6:PodTemplateSpec
  ttlSecondsAfterFinished#8:i32
JobStatus active?#4:i32 completedIndexes?#7:s completionTime#3:t conditions#1:[JobCondition]+type failed?#6:i32
  failedIndexes#10:s ready#9:i32 startTime#2:t succeeded?#5:i32 terminating#11:i32
  uncountedTerminatedPods#8:UncountedTerminatedPods
JobTemplateSpec metadata~#1:ObjectMeta spec~#2:JobSpec
PodFailurePolicy rules!~#1:[PodFailurePolicyRule]
PodFailurePolicyOnExitCodesRequirement containerName#1:s operator!~#2:s(In|NotIn) values!~#3:[i32]@@
PodFailurePolicyOnPodConditionsPattern status~#2:s type!~#1:s
PodFailurePolicyRule action!~#1:s(Count|FailIndex|FailJob|Ignore) onExitCodes#2:PodFailurePolicyOnExitCodesRequirement
  onPodConditions#3:[PodFailurePolicyOnPodConditionsPattern]
SuccessPolicy rules!~#1:[SuccessPolicyRule]
SuccessPolicyRule succeededCount#2:i32 succeededIndexes#1:s
UncountedTerminatedPods failed#2:[s]@@ succeeded#1:[s]@@
@ io.k8s.api.autoscaling.v1
Scale metadata~#1:ObjectMeta spec~#2:ScaleSpec status~#3:ScaleStatus
ScaleSpec replicas?#1:i32
ScaleStatus replicas!~#1:i32 selector?#2:s
@ io.k8s.api.autoscaling.v2
ContainerResourceMetricSource container!~#3:s name!~#1:s target!~#2:MetricTarget
ContainerResourceMetricStatus container!~#3:s current!~#2:MetricValueStatus name!~#1:s
CrossVersionObjectReference apiVersion?#3:s kind!~#1:s name!~#2:s
ExternalMetricSource metric!~#1:MetricIdentifier target!~#2:MetricTarget
ExternalMetricStatus current!~#2:MetricValueStatus metric!~#1:MetricIdentifier
HPAScalingPolicy periodSeconds!~#3:i32 type!~#1:s value!~#2:i32
HPAScalingRules policies#2:[HPAScalingPolicy] selectPolicy#1:s stabilizationWindowSeconds#3:i32 tolerance#4:q
HorizontalPodAutoscaler metadata~#1:ObjectMeta spec!~#2:HorizontalPodAutoscalerSpec
  status~#3:HorizontalPodAutoscalerStatus
HorizontalPodAutoscalerBehavior scaleDown#2:HPAScalingRules scaleUp#1:HPAScalingRules
HorizontalPodAutoscalerCondition lastTransitionTime~#3:t message?#5:s reason?#4:s status!~#2:s type!~#1:s
HorizontalPodAutoscalerSpec behavior#5:HorizontalPodAutoscalerBehavior maxReplicas!~#3:i32 metrics#4:[MetricSpec]
  minReplicas#2:i32 scaleTargetRef!~#1:CrossVersionObjectReference
HorizontalPodAutoscalerStatus conditions#6:[HorizontalPodAutoscalerCondition]@type+type
  currentMetrics~#5:[MetricStatus] currentReplicas?#3:i32 desiredReplicas!~#4:i32 lastScaleTime#2:t
  observedGeneration#1:i64
MetricIdentifier name!~#1:s selector#2:LabelSelector
MetricSpec containerResource#7:ContainerResourceMetricSource external#5:ExternalMetricSource
  object#2:ObjectMetricSource pods#3:PodsMetricSource resource#4:ResourceMetricSource type!~#1:s
MetricStatus containerResource#7:ContainerResourceMetricStatus external#5:ExternalMetricStatus
  object#2:ObjectMetricStatus pods#3:PodsMetricStatus resource#4:ResourceMetricStatus type!~#1:s
MetricTarget averageUtilization#4:i32 averageValue#3:q type!~#1:s value#2:q
MetricValueStatus averageUtilization#3:i32 averageValue#2:q value#1:q
ObjectMetricSource describedObject!~#1:CrossVersionObjectReference metric!~#3:MetricIdentifier target!~#2:MetricTarget
ObjectMetricStatus current!~#2:MetricValueStatus describedObject!~#3:CrossVersionObjectReference
  metric!~#1:MetricIdentifier
PodsMetricSource metric!~#1:MetricIdentifier target!~#2:MetricTarget
PodsMetricStatus current!~#2:MetricValueStatus metric!~#1:MetricIdentifier
ResourceMetricSource name!~#1:s target!~#2:MetricTarget
ResourceMetricStatus current!~#2:MetricValueStatus name!~#1:s
@ io.k8s.api.policy.v1
Eviction deleteOptions#2:DeleteOptions metadata~#1:ObjectMeta
PodDisruptionBudget metadata~#1:ObjectMeta spec~#2:PodDisruptionBudgetSpec status~#3:PodDisruptionBudgetStatus
PodDisruptionBudgetSpec maxUnavailable#3:x minAvailable#1:x selector#2:LabelSelector
  unhealthyPodEvictionPolicy#4:s(AlwaysAllow|IfHealthyBudget)
PodDisruptionBudgetStatus conditions#7:[Condition]@type+type currentHealthy~#4:i32 desiredHealthy~#5:i32
  disruptedPods#2:{t} disruptionsAllowed~#3:i32 expectedPods~#6:i32 observedGeneration?#1:i64
`;
