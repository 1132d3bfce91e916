/**
 * The field names, types, required marks, list keys and patch keys of core/v1,
 * in the notation of `parse-type-table.ts`. Source: the OpenAPI documents and JSON tags of Kubernetes 1.36.
 */
export const CORE_TYPES: string = `
@ io.k8s.api.core.v1
AWSElasticBlockStoreVolumeSource fsType?:s partition?:i32 readOnly?:b volumeID!~:s
Affinity nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity
AppArmorProfile localhostProfile:s type!~:s(Localhost|RuntimeDefault|Unconfined)
AttachedVolume devicePath!~:s name!~:s
AzureDiskVolumeSource cachingMode:s(None|ReadOnly|ReadWrite)=ReadWrite diskName!~:s diskURI!~:s fsType:s=ext4
  kind:s(Dedicated|Managed|Shared)=Shared readOnly:b
AzureFilePersistentVolumeSource readOnly?:b secretName!~:s secretNamespace:s shareName!~:s
AzureFileVolumeSource readOnly?:b secretName!~:s shareName!~:s
Binding metadata~:ObjectMeta target!~:ObjectReference
CSIPersistentVolumeSource controllerExpandSecretRef:SecretReference controllerPublishSecretRef:SecretReference
  driver!~:s fsType?:s nodeExpandSecretRef:SecretReference nodePublishSecretRef:SecretReference
  nodeStageSecretRef:SecretReference readOnly?:b volumeAttributes:{s} volumeHandle!~:s
CSIVolumeSource driver!~:s fsType:s nodePublishSecretRef:LocalObjectReference readOnly:b volumeAttributes:{s}
Capabilities add:[s] drop:[s]
CephFSPersistentVolumeSource monitors!~:[s] path?:s readOnly?:b secretFile?:s secretRef:SecretReference user?:s
CephFSVolumeSource monitors!~:[s] path?:s readOnly?:b secretFile?:s secretRef:LocalObjectReference user?:s
CinderPersistentVolumeSource fsType?:s readOnly?:b secretRef:SecretReference volumeID!~:s
CinderVolumeSource fsType?:s readOnly?:b secretRef:LocalObjectReference volumeID!~:s
ClientIPConfig timeoutSeconds:i32
ClusterTrustBundleProjection labelSelector:LabelSelector name:s optional:b path!~:s signerName:s
ConfigMap binaryData:{y} data:{s} immutable:b metadata~:ObjectMeta
ConfigMapEnvSource name?:s optional:b
ConfigMapKeySelector %atomic key!~:s name?:s optional:b
ConfigMapNodeConfigSource kubeletConfigKey!~:s name!~:s namespace!~:s resourceVersion?:s uid?:s
ConfigMapProjection items:[KeyToPath] name?:s optional:b
ConfigMapVolumeSource defaultMode:i32 items:[KeyToPath] name?:s optional:b
Container args:[s] command:[s] env:[EnvVar]@name+name envFrom:[EnvFromSource] image?:s
  imagePullPolicy?:s(Always|IfNotPresent|Never) lifecycle:Lifecycle livenessProbe:Probe name!~:s
  ports:[ContainerPort]@containerPort,protocol+containerPort readinessProbe:Probe resizePolicy:[ContainerResizePolicy]
  resources~:ResourceRequirements restartPolicy:s restartPolicyRules:[ContainerRestartRule]
  securityContext:SecurityContext startupProbe:Probe stdin?:b stdinOnce?:b terminationMessagePath?:s
  terminationMessagePolicy?:s(FallbackToLogsOnError|File) tty?:b volumeDevices:[VolumeDevice]@devicePath+devicePath
  volumeMounts:[VolumeMount]@mountPath+mountPath workingDir?:s
ContainerExtendedResourceRequest containerName!~:s requestName!~:s resourceName!~:s
ContainerImage names~:[s] sizeBytes?:i64
ContainerPort containerPort!~:i32 hostIP?:s hostPort?:i32 name?:s protocol?:s(SCTP|TCP|UDP)=TCP
ContainerResizePolicy resourceName!~:s restartPolicy!~:s
ContainerRestartRule action!?:s exitCodes:ContainerRestartRuleOnExitCodes
ContainerRestartRuleOnExitCodes operator!?:s values:[i32]@@
ContainerState running:ContainerStateRunning terminated:ContainerStateTerminated waiting:ContainerStateWaiting
ContainerStateRunning startedAt:t
ContainerStateTerminated containerID?:s exitCode!~:i32 finishedAt:t message?:s reason?:s signal?:i32 startedAt:t
ContainerStateWaiting message?:s reason?:s
ContainerStatus allocatedResources?:{q} allocatedResourcesStatus:[ResourceStatus]@name+name containerID?:s image!~:s
  imageID!~:s lastState~:ContainerState name!~:s ready!~:b resources:ResourceRequirements restartCount!~:i32 started:b
  state~:ContainerState stopSignal:s user:ContainerUser volumeMounts:[VolumeMountStatus]@mountPath+mountPath
ContainerUser linux:LinuxContainerUser
DaemonEndpoint Port!~:i32
DownwardAPIProjection items:[DownwardAPIVolumeFile]
DownwardAPIVolumeFile fieldRef:ObjectFieldSelector mode:i32 path!~:s resourceFieldRef:ResourceFieldSelector
DownwardAPIVolumeSource defaultMode:i32 items:[DownwardAPIVolumeFile]
EmptyDirVolumeSource medium?:s sizeLimit:q
EndpointAddress %atomic hostname?:s ip!~:s nodeName:s targetRef:ObjectReference
EndpointPort %atomic appProtocol:s name?:s port!~:i32 protocol?:s(SCTP|TCP|UDP)
EndpointSubset addresses:[EndpointAddress] notReadyAddresses:[EndpointAddress] ports:[EndpointPort]
Endpoints metadata~:ObjectMeta subsets:[EndpointSubset]
EnvFromSource configMapRef:ConfigMapEnvSource prefix?:s secretRef:SecretEnvSource
EnvVar name!~:s value?:s valueFrom:EnvVarSource
EnvVarSource configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector
  resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector
EphemeralContainer args:[s] command:[s] env:[EnvVar]@name+name envFrom:[EnvFromSource] image?:s
  imagePullPolicy?:s(Always|IfNotPresent|Never) lifecycle:Lifecycle livenessProbe:Probe name!~:s
  ports:[ContainerPort]@containerPort,protocol+containerPort readinessProbe:Probe resizePolicy:[ContainerResizePolicy]
  resources~:ResourceRequirements restartPolicy:s restartPolicyRules:[ContainerRestartRule]
  securityContext:SecurityContext startupProbe:Probe stdin?:b stdinOnce?:b targetContainerName?:s
  terminationMessagePath?:s terminationMessagePolicy?:s(FallbackToLogsOnError|File) tty?:b
  volumeDevices:[VolumeDevice]@devicePath+devicePath volumeMounts:[VolumeMount]@mountPath+mountPath workingDir?:s
EphemeralVolumeSource volumeClaimTemplate:PersistentVolumeClaimTemplate
Event action?:s count?:i32 eventTime:u firstTimestamp:t involvedObject!~:ObjectReference lastTimestamp:t message?:s
  metadata!~:ObjectMeta reason?:s related:ObjectReference reportingComponent~:s reportingInstance~:s
  series:EventSeries source~:EventSource type?:s
EventSeries count?:i32 lastObservedTime:u
EventSource component?:s host?:s
ExecAction command:[s]
FCVolumeSource fsType?:s lun:i32 readOnly?:b targetWWNs:[s] wwids:[s]
FileKeySelector %atomic key!~:s optional:b path!~:s volumeName!~:s
FlexPersistentVolumeSource driver!~:s fsType?:s options:{s} readOnly?:b secretRef:SecretReference
FlexVolumeSource driver!~:s fsType?:s options:{s} readOnly?:b secretRef:LocalObjectReference
FlockerVolumeSource datasetName?:s datasetUUID?:s
GCEPersistentDiskVolumeSource fsType?:s partition?:i32 pdName!~:s readOnly?:b
GRPCAction port!~:i32 service:s
GitRepoVolumeSource directory?:s repository!~:s revision?:s
GlusterfsPersistentVolumeSource endpoints!~:s endpointsNamespace:s path!~:s readOnly?:b
GlusterfsVolumeSource endpoints!~:s path!~:s readOnly?:b
HTTPGetAction host?:s httpHeaders:[HTTPHeader] path?:s port!~:x scheme?:s(HTTP|HTTPS)
HTTPHeader name!~:s value!~:s
HostAlias hostnames:[s] ip!~:s
HostIP ip!~:s
HostPathVolumeSource path!~:s type:s(|BlockDevice|CharDevice|Directory|DirectoryOrCreate|File|FileOrCreate|Socket)
ISCSIPersistentVolumeSource chapAuthDiscovery?:b chapAuthSession?:b fsType?:s initiatorName:s iqn!~:s
  iscsiInterface?:s=default lun!~:i32 portals:[s] readOnly?:b secretRef:SecretReference targetPortal!~:s
ISCSIVolumeSource chapAuthDiscovery?:b chapAuthSession?:b fsType?:s initiatorName:s iqn!~:s iscsiInterface?:s=default
  lun!~:i32 portals:[s] readOnly?:b secretRef:LocalObjectReference targetPortal!~:s
ImageVolumeSource pullPolicy?:s(Always|IfNotPresent|Never) reference?:s
ImageVolumeStatus imageRef!?:s
KeyToPath key!~:s mode:i32 path!~:s
Lifecycle postStart:LifecycleHandler preStop:LifecycleHandler stopSignal:s
LifecycleHandler exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction
LimitRange metadata~:ObjectMeta spec~:LimitRangeSpec
LimitRangeItem default?:{q} defaultRequest?:{q} max?:{q} maxLimitRequestRatio?:{q} min?:{q} type!~:s
LimitRangeSpec limits!~:[LimitRangeItem]
LinuxContainerUser gid!~:i64 supplementalGroups:[i64] uid!~:i64
LoadBalancerIngress hostname?:s ip?:s ipMode:s ports:[PortStatus]
LoadBalancerStatus ingress:[LoadBalancerIngress]
LocalObjectReference %atomic name?:s
LocalVolumeSource fsType:s path!~:s
ModifyVolumeStatus status!~:s(InProgress|Infeasible|Pending) targetVolumeAttributesClassName?:s
NFSVolumeSource path!~:s readOnly?:b server!~:s
Namespace metadata~:ObjectMeta spec~:NamespaceSpec status~:NamespaceStatus
NamespaceCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
NamespaceSpec finalizers:[s]
NamespaceStatus conditions:[NamespaceCondition]@type+type phase?:s(Active|Terminating)
Node metadata~:ObjectMeta spec~:NodeSpec status~:NodeStatus
NodeAddress address!~:s type!~:s
NodeAffinity preferredDuringSchedulingIgnoredDuringExecution:[PreferredSchedulingTerm]
  requiredDuringSchedulingIgnoredDuringExecution:NodeSelector
NodeAllocatableResourceClaimStatus containers:[s]@@ resourceClaimName!~:s resources!~:{q}
NodeCondition lastHeartbeatTime:t lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
NodeConfigSource configMap:ConfigMapNodeConfigSource
NodeConfigStatus active:NodeConfigSource assigned:NodeConfigSource error?:s lastKnownGood:NodeConfigSource
NodeDaemonEndpoints kubeletEndpoint~:DaemonEndpoint
NodeFeatures supplementalGroupsPolicy:b
NodeRuntimeHandler features:NodeRuntimeHandlerFeatures name~:s
NodeRuntimeHandlerFeatures recursiveReadOnlyMounts:b userNamespaces:b
NodeSelector %atomic nodeSelectorTerms!~:[NodeSelectorTerm]
NodeSelectorRequirement key!~:s operator!~:s(DoesNotExist|Exists|Gt|In|Lt|NotIn) values:[s]
NodeSelectorTerm %atomic matchExpressions:[NodeSelectorRequirement] matchFields:[NodeSelectorRequirement]
NodeSpec configSource:NodeConfigSource externalID?:s podCIDR?:s podCIDRs:[s]@@+ providerID?:s taints:[Taint]
  unschedulable?:b
NodeStatus addresses:[NodeAddress]@type+type allocatable?:{q} capacity?:{q} conditions:[NodeCondition]@type+type
  config:NodeConfigStatus daemonEndpoints~:NodeDaemonEndpoints declaredFeatures:[s] features:NodeFeatures
  images:[ContainerImage] nodeInfo~:NodeSystemInfo phase?:s(Pending|Running|Terminated)
  runtimeHandlers:[NodeRuntimeHandler] volumesAttached:[AttachedVolume] volumesInUse:[s]
NodeSwapStatus capacity:i64
NodeSystemInfo architecture!~:s bootID!~:s containerRuntimeVersion!~:s kernelVersion!~:s kubeProxyVersion!~:s
  kubeletVersion!~:s machineID!~:s operatingSystem!~:s osImage!~:s swap:NodeSwapStatus systemUUID!~:s
ObjectFieldSelector %atomic apiVersion?:s fieldPath!~:s
ObjectReference %atomic apiVersion?:s fieldPath?:s kind?:s name?:s namespace?:s resourceVersion?:s uid?:s
PersistentVolume metadata~:ObjectMeta spec~:PersistentVolumeSpec status~:PersistentVolumeStatus
PersistentVolumeClaim metadata~:ObjectMeta spec~:PersistentVolumeClaimSpec status~:PersistentVolumeClaimStatus
PersistentVolumeClaimCondition lastProbeTime:t lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
PersistentVolumeClaimSpec accessModes:[s(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod)]
  dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources~:VolumeResourceRequirements
  selector:LabelSelector storageClassName:s volumeAttributesClassName:s volumeMode:s(Block|Filesystem) volumeName?:s
PersistentVolumeClaimStatus accessModes:[s(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod)]
  allocatedResourceStatuses:{s} allocatedResources?:{q} capacity?:{q}
  conditions:[PersistentVolumeClaimCondition]@type+type currentVolumeAttributesClassName:s
  modifyVolumeStatus:ModifyVolumeStatus phase?:s(Bound|Lost|Pending)
PersistentVolumeClaimTemplate metadata~:ObjectMeta spec!~:PersistentVolumeClaimSpec
PersistentVolumeClaimVolumeSource claimName!~:s readOnly?:b
PersistentVolumeSpec accessModes:[s(ReadOnlyMany|ReadWriteMany|ReadWriteOnce|ReadWriteOncePod)]
  awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource
  azureFile:AzureFilePersistentVolumeSource capacity?:{q} cephfs:CephFSPersistentVolumeSource
  cinder:CinderPersistentVolumeSource claimRef:ObjectReference csi:CSIPersistentVolumeSource fc:FCVolumeSource
  flexVolume:FlexPersistentVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource
  glusterfs:GlusterfsPersistentVolumeSource hostPath:HostPathVolumeSource iscsi:ISCSIPersistentVolumeSource
  local:LocalVolumeSource mountOptions:[s] nfs:NFSVolumeSource nodeAffinity:VolumeNodeAffinity
  persistentVolumeReclaimPolicy?:s(Delete|Recycle|Retain) photonPersistentDisk:PhotonPersistentDiskVolumeSource
  portworxVolume:PortworxVolumeSource quobyte:QuobyteVolumeSource rbd:RBDPersistentVolumeSource
  scaleIO:ScaleIOPersistentVolumeSource storageClassName?:s storageos:StorageOSPersistentVolumeSource
  volumeAttributesClassName:s volumeMode:s(Block|Filesystem) vsphereVolume:VsphereVirtualDiskVolumeSource
PersistentVolumeStatus lastPhaseTransitionTime:t message?:s phase?:s(Available|Bound|Failed|Pending|Released)
  reason?:s
PhotonPersistentDiskVolumeSource fsType?:s pdID!~:s
Pod metadata~:ObjectMeta spec~:PodSpec status~:PodStatus
PodAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodAffinityTerm labelSelector:LabelSelector matchLabelKeys:[s] mismatchLabelKeys:[s] namespaceSelector:LabelSelector
  namespaces:[s] topologyKey!~:s
PodAntiAffinity preferredDuringSchedulingIgnoredDuringExecution:[WeightedPodAffinityTerm]
  requiredDuringSchedulingIgnoredDuringExecution:[PodAffinityTerm]
PodCertificateProjection certificateChainPath?:s credentialBundlePath?:s keyPath?:s keyType!?:s
  maxExpirationSeconds:i32 signerName!?:s userAnnotations:{s}
PodCondition lastProbeTime:t lastTransitionTime:t message?:s observedGeneration?:i64 reason?:s status!~:s type!~:s
PodDNSConfig nameservers:[s] options:[PodDNSConfigOption] searches:[s]
PodDNSConfigOption name?:s value:s
PodExtendedResourceClaimStatus requestMappings!~:[ContainerExtendedResourceRequest] resourceClaimName!~:s
PodIP ip!~:s
PodOS name!~:s
PodReadinessGate conditionType!~:s
PodResourceClaim name!~:s resourceClaimName:s resourceClaimTemplateName:s
PodResourceClaimStatus name!~:s resourceClaimName:s
PodSchedulingGate name!~:s
PodSchedulingGroup podGroupName:s
PodSecurityContext appArmorProfile:AppArmorProfile fsGroup:i64 fsGroupChangePolicy:s(Always|OnRootMismatch)
  runAsGroup:i64 runAsNonRoot:b runAsUser:i64 seLinuxChangePolicy:s seLinuxOptions:SELinuxOptions
  seccompProfile:SeccompProfile supplementalGroups:[i64] supplementalGroupsPolicy:s(Merge|Strict) sysctls:[Sysctl]
  windowsOptions:WindowsSecurityContextOptions
PodSpec activeDeadlineSeconds:i64 affinity:Affinity automountServiceAccountToken:b containers!~:[Container]@name+name
  dnsConfig:PodDNSConfig dnsPolicy?:s(ClusterFirst|ClusterFirstWithHostNet|Default|None) enableServiceLinks:b
  ephemeralContainers:[EphemeralContainer]@name+name hostAliases:[HostAlias]@ip+ip hostIPC?:b hostNetwork?:b
  hostPID?:b hostUsers:b hostname?:s hostnameOverride:s imagePullSecrets:[LocalObjectReference]@name+name
  initContainers:[Container]@name+name nodeName?:s nodeSelector:{s} os:PodOS overhead?:{q}
  preemptionPolicy:s(Never|PreemptLowerPriority) priority:i32 priorityClassName?:s readinessGates:[PodReadinessGate]
  resourceClaims:[PodResourceClaim]@name+name+rk resources:ResourceRequirements
  restartPolicy?:s(Always|Never|OnFailure) runtimeClassName:s schedulerName?:s
  schedulingGates:[PodSchedulingGate]@name+name schedulingGroup:PodSchedulingGroup securityContext:PodSecurityContext
  serviceAccount?:s serviceAccountName?:s setHostnameAsFQDN:b shareProcessNamespace:b subdomain?:s
  terminationGracePeriodSeconds:i64 tolerations:[Toleration]
  topologySpreadConstraints:[TopologySpreadConstraint]@topologyKey,whenUnsatisfiable+topologyKey
  volumes:[Volume]@name+name+rk
PodStatus allocatedResources?:{q} conditions:[PodCondition]@type+type containerStatuses:[ContainerStatus]
  ephemeralContainerStatuses:[ContainerStatus] extendedResourceClaimStatus:PodExtendedResourceClaimStatus hostIP?:s
  hostIPs:[HostIP]+ip initContainerStatuses:[ContainerStatus] message?:s
  nodeAllocatableResourceClaimStatuses:[NodeAllocatableResourceClaimStatus] nominatedNodeName?:s
  observedGeneration?:i64 phase?:s(Failed|Pending|Running|Succeeded|Unknown) podIP?:s podIPs:[PodIP]@ip+ip
  qosClass?:s(BestEffort|Burstable|Guaranteed) reason?:s resize?:s
  resourceClaimStatuses:[PodResourceClaimStatus]@name+name+rk resources:ResourceRequirements startTime:t
PodTemplate metadata~:ObjectMeta template~:PodTemplateSpec
PodTemplateSpec metadata~:ObjectMeta spec~:PodSpec
PortStatus error:s port!~:i32 protocol!~:s(SCTP|TCP|UDP)
PortworxVolumeSource fsType?:s readOnly?:b volumeID!~:s
PreferredSchedulingTerm preference!~:NodeSelectorTerm weight!~:i32
Probe exec:ExecAction failureThreshold?:i32 grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds?:i32
  periodSeconds?:i32 successThreshold?:i32 tcpSocket:TCPSocketAction terminationGracePeriodSeconds:i64
  timeoutSeconds?:i32
ProjectedVolumeSource defaultMode:i32 sources~:[VolumeProjection]
QuobyteVolumeSource group?:s readOnly?:b registry!~:s tenant?:s user?:s volume!~:s
RBDPersistentVolumeSource fsType?:s image!~:s keyring?:s=/etc/ceph/keyring monitors!~:[s] pool?:s=rbd readOnly?:b
  secretRef:SecretReference user?:s=admin
RBDVolumeSource fsType?:s image!~:s keyring?:s=/etc/ceph/keyring monitors!~:[s] pool?:s=rbd readOnly?:b
  secretRef:LocalObjectReference user?:s=admin
ReplicationController metadata~:ObjectMeta spec~:ReplicationControllerSpec status~:ReplicationControllerStatus
ReplicationControllerCondition lastTransitionTime:t message?:s reason?:s status!~:s type!~:s
ReplicationControllerSpec minReadySeconds?:i32 replicas:i32=1 selector:{s} template:PodTemplateSpec
ReplicationControllerStatus availableReplicas?:i32 conditions:[ReplicationControllerCondition]@type+type
  fullyLabeledReplicas?:i32 observedGeneration?:i64 readyReplicas?:i32 replicas!~:i32
ResourceClaim name!~:s request?:s
ResourceFieldSelector %atomic containerName?:s divisor:q resource!~:s
ResourceHealth health?:s message:s resourceID!~:s
ResourceQuota metadata~:ObjectMeta spec~:ResourceQuotaSpec status~:ResourceQuotaStatus
ResourceQuotaSpec hard?:{q} scopeSelector:ScopeSelector scopes:[s]
ResourceQuotaStatus hard?:{q} used?:{q}
ResourceRequirements claims:[ResourceClaim]@name limits?:{q} requests?:{q}
ResourceStatus name!~:s resources:[ResourceHealth]@resourceID
SELinuxOptions level?:s role?:s type?:s user?:s
ScaleIOPersistentVolumeSource fsType?:s=xfs gateway!~:s protectionDomain?:s readOnly?:b secretRef!:SecretReference
  sslEnabled?:b storageMode?:s=ThinProvisioned storagePool?:s system!~:s volumeName?:s
ScaleIOVolumeSource fsType?:s=xfs gateway!~:s protectionDomain?:s readOnly?:b secretRef!:LocalObjectReference
  sslEnabled?:b storageMode?:s=ThinProvisioned storagePool?:s system!~:s volumeName?:s
ScopeSelector %atomic matchExpressions:[ScopedResourceSelectorRequirement]
ScopedResourceSelectorRequirement operator!~:s(DoesNotExist|Exists|In|NotIn) scopeName!~:s values:[s]
SeccompProfile localhostProfile:s type!~:s(Localhost|RuntimeDefault|Unconfined)
Secret data:{y} immutable:b metadata~:ObjectMeta stringData:{s} type?:s
SecretEnvSource name?:s optional:b
SecretKeySelector %atomic key!~:s name?:s optional:b
SecretProjection items:[KeyToPath] name?:s optional:b
SecretReference %atomic name?:s namespace?:s
SecretVolumeSource defaultMode:i32 items:[KeyToPath] optional:b secretName?:s
SecurityContext allowPrivilegeEscalation:b appArmorProfile:AppArmorProfile capabilities:Capabilities privileged:b
  procMount:s(Default|Unmasked) readOnlyRootFilesystem:b runAsGroup:i64 runAsNonRoot:b runAsUser:i64
  seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions
Service metadata~:ObjectMeta spec~:ServiceSpec status~:ServiceStatus
ServiceAccount automountServiceAccountToken:b imagePullSecrets:[LocalObjectReference] metadata~:ObjectMeta
  secrets:[ObjectReference]@name+name
ServiceAccountTokenProjection audience?:s expirationSeconds:i64 path!~:s
ServicePort appProtocol:s name?:s nodePort?:i32 port!~:i32 protocol?:s(SCTP|TCP|UDP)=TCP targetPort:x
ServiceSpec allocateLoadBalancerNodePorts:b clusterIP?:s clusterIPs:[s] externalIPs:[s] externalName?:s
  externalTrafficPolicy?:s(Cluster|Local) healthCheckNodePort?:i32 internalTrafficPolicy:s(Cluster|Local)
  ipFamilies:[s(|IPv4|IPv6)] ipFamilyPolicy:s(PreferDualStack|RequireDualStack|SingleStack) loadBalancerClass:s
  loadBalancerIP?:s loadBalancerSourceRanges:[s] ports:[ServicePort]@port,protocol+port publishNotReadyAddresses?:b
  selector:{s} sessionAffinity?:s(ClientIP|None) sessionAffinityConfig:SessionAffinityConfig trafficDistribution:s
  type?:s(ClusterIP|ExternalName|LoadBalancer|NodePort)
ServiceStatus conditions:[Condition]@type+type loadBalancer~:LoadBalancerStatus
SessionAffinityConfig clientIP:ClientIPConfig
SleepAction seconds!~:i64
StorageOSPersistentVolumeSource fsType?:s readOnly?:b secretRef:ObjectReference volumeName?:s volumeNamespace?:s
StorageOSVolumeSource fsType?:s readOnly?:b secretRef:LocalObjectReference volumeName?:s volumeNamespace?:s
Sysctl name!~:s value!~:s
TCPSocketAction host?:s port!~:x
Taint effect!~:s(NoExecute|NoSchedule|PreferNoSchedule) key!~:s timeAdded:t value?:s
Toleration effect?:s(NoExecute|NoSchedule|PreferNoSchedule) key?:s operator?:s(Equal|Exists|Gt|Lt)
  tolerationSeconds:i64 value?:s
TopologySelectorLabelRequirement key!~:s values!~:[s]
TopologySelectorTerm %atomic matchLabelExpressions:[TopologySelectorLabelRequirement]
TopologySpreadConstraint labelSelector:LabelSelector matchLabelKeys:[s] maxSkew!~:i32 minDomains:i32
  nodeAffinityPolicy:s(Honor|Ignore) nodeTaintsPolicy:s(Honor|Ignore) topologyKey!~:s
  whenUnsatisfiable!~:s(DoNotSchedule|ScheduleAnyway)
TypedLocalObjectReference %atomic apiGroup:s kind!~:s name!~:s
TypedObjectReference apiGroup:s kind!~:s name!~:s namespace:s
Volume awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource
  azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource
  csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource
  ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource
  gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource
  hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name!~:s nfs:NFSVolumeSource
  persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource
  portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource
  scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource
  vsphereVolume:VsphereVirtualDiskVolumeSource
VolumeDevice devicePath!~:s name!~:s
VolumeMount mountPath!~:s mountPropagation:s(Bidirectional|HostToContainer|None) name!~:s readOnly?:b
  recursiveReadOnly:s subPath?:s subPathExpr?:s
VolumeMountStatus mountPath!~:s name!~:s readOnly?:b recursiveReadOnly:s volumeStatus:VolumeStatus
VolumeNodeAffinity required:NodeSelector
VolumeProjection clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection
  downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection secret:SecretProjection
  serviceAccountToken:ServiceAccountTokenProjection
VolumeResourceRequirements limits?:{q} requests?:{q}
VolumeStatus image:ImageVolumeStatus
VsphereVirtualDiskVolumeSource fsType?:s storagePolicyID?:s storagePolicyName?:s volumePath!~:s
WeightedPodAffinityTerm podAffinityTerm!~:PodAffinityTerm weight!~:i32
WindowsSecurityContextOptions gmsaCredentialSpec:s gmsaCredentialSpecName:s hostProcess:b runAsUserName:s
`;
