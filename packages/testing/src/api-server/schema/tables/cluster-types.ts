/**
 * The field names, types, required marks, list keys and patch keys of cluster-level groups,
 * in the notation of `parse-type-table.ts`. Source: the OpenAPI documents and JSON tags of Kubernetes 1.36.
 */
export const CLUSTER_TYPES: string = `
@ io.k8s.apimachinery.pkg.apis.meta.v1
Condition lastTransitionTime!~#4:t message!~#6:s observedGeneration?#3:i64 reason!~#5:s status!~#2:s type!~#1:s
DeleteOptions dryRun#5:[s] gracePeriodSeconds#1:i64 ignoreStoreReadErrorWithClusterBreakingPotential#6:b
  orphanDependents#3:b preconditions#2:Preconditions propagationPolicy#4:s
FieldSelectorRequirement key!~#1:s operator!~#2:s values#3:[s]
LabelSelector %atomic matchExpressions#2:[LabelSelectorRequirement] matchLabels#1:{s}
LabelSelectorRequirement key!~#1:s operator!~#2:s values#3:[s]
ManagedFieldsEntry apiVersion?#3:s fieldsType?#6:s fieldsV1#7:any manager?#1:s operation?#2:s subresource?#8:s
  time#4:t
ObjectMeta annotations#12:{s} creationTimestamp#8:t deletionGracePeriodSeconds#10:i64 deletionTimestamp#9:t
  finalizers#14:[s]@@+ generateName?#2:s generation?#7:i64 labels#11:{s} managedFields#17:[ManagedFieldsEntry]
  name?#1:s namespace?#3:s ownerReferences#13:[OwnerReference]@uid+uid resourceVersion?#6:s selfLink?#4:s uid?#5:s
OwnerReference %atomic apiVersion!~#5:s blockOwnerDeletion#7:b controller#6:b kind!~#1:s name!~#3:s uid!~#4:s
Preconditions resourceVersion#2:s uid#1:s
@ io.k8s.api.networking.v1
HTTPIngressPath backend!~#2:IngressBackend path?#1:s pathType!#3:s(Exact|ImplementationSpecific|Prefix)
HTTPIngressRuleValue paths!~#1:[HTTPIngressPath]
IPBlock cidr!~#1:s except#2:[s]
Ingress metadata~#1:ObjectMeta spec~#2:IngressSpec status~#3:IngressStatus
IngressBackend resource#3:TypedLocalObjectReference service#4:IngressServiceBackend
IngressClass metadata~#1:ObjectMeta spec~#2:IngressClassSpec
IngressClassParametersReference apiGroup#1:s kind!~#2:s name!~#3:s namespace#5:s scope#4:s
IngressClassSpec controller?#1:s parameters#2:IngressClassParametersReference
IngressLoadBalancerIngress hostname?#2:s ip?#1:s ports#4:[IngressPortStatus]
IngressLoadBalancerStatus ingress#1:[IngressLoadBalancerIngress]
IngressPortStatus error#3:s port!~#1:i32 protocol!~#2:s(SCTP|TCP|UDP)
IngressRule host?#1:s http#2.1:HTTPIngressRuleValue
IngressServiceBackend name!~#1:s port~#2:ServiceBackendPort
IngressSpec defaultBackend#1:IngressBackend ingressClassName#4:s rules#3:[IngressRule] tls#2:[IngressTLS]
IngressStatus loadBalancer~#1:IngressLoadBalancerStatus
IngressTLS hosts#1:[s] secretName?#2:s
NetworkPolicy metadata~#1:ObjectMeta spec~#2:NetworkPolicySpec
NetworkPolicyEgressRule ports#1:[NetworkPolicyPort] to#2:[NetworkPolicyPeer]
NetworkPolicyIngressRule from#2:[NetworkPolicyPeer] ports#1:[NetworkPolicyPort]
NetworkPolicyPeer ipBlock#3:IPBlock namespaceSelector#2:LabelSelector podSelector#1:LabelSelector
NetworkPolicyPort endPort#3:i32 port#2:x protocol#1:s(SCTP|TCP|UDP)
NetworkPolicySpec egress#3:[NetworkPolicyEgressRule] ingress#2:[NetworkPolicyIngressRule] podSelector~#1:LabelSelector
  policyTypes#4:[s(Egress|Ingress)]
ServiceBackendPort %atomic name?#1:s number?#2:i32
@ io.k8s.api.rbac.v1
AggregationRule clusterRoleSelectors#1:[LabelSelector]
ClusterRole aggregationRule#3:AggregationRule metadata~#1:ObjectMeta rules~#2:[PolicyRule]
ClusterRoleBinding metadata~#1:ObjectMeta roleRef!~#3:RoleRef subjects#2:[Subject]
PolicyRule apiGroups#2:[s] nonResourceURLs#5:[s] resourceNames#4:[s] resources#3:[s] verbs!~#1:[s]
Role metadata~#1:ObjectMeta rules~#2:[PolicyRule]
RoleBinding metadata~#1:ObjectMeta roleRef!~#3:RoleRef subjects#2:[Subject]
RoleRef %atomic apiGroup~#1:s kind!~#2:s name!~#3:s
Subject %atomic apiGroup?#2:s kind!~#1:s name!~#3:s namespace?#4:s
@ io.k8s.api.storage.v1
CSIDriver metadata~#1:ObjectMeta spec!~#2:CSIDriverSpec
CSIDriverSpec attachRequired#1:b fsGroupPolicy#5:s nodeAllocatableUpdatePeriodSeconds#9:i64 podInfoOnMount#2:b
  preventPodSchedulingIfMissing#11:b requiresRepublish#7:b seLinuxMount#8:b serviceAccountTokenInSecrets#10:b
  storageCapacity#4:b tokenRequests#6:[TokenRequest] volumeLifecycleModes#3:[s]@@
StorageClass allowVolumeExpansion#6:b allowedTopologies#8:[TopologySelectorTerm] metadata~#1:ObjectMeta
  mountOptions#5:[s] parameters#3:{s} provisioner!~#2:s reclaimPolicy#4:s(Delete|Recycle|Retain)
  volumeBindingMode#7:s(Immediate|WaitForFirstConsumer)
TokenRequest audience!~#1:s expirationSeconds#2:i64
@ io.k8s.api.scheduling.v1
PriorityClass description?#4:s globalDefault?#3:b metadata~#1:ObjectMeta
  preemptionPolicy#5:s(Never|PreemptLowerPriority) value~#2:i32
@ io.k8s.api.coordination.v1
Lease metadata~#1:ObjectMeta spec~#2:LeaseSpec
LeaseSpec acquireTime#3:u holderIdentity#1:s leaseDurationSeconds#2:i32 leaseTransitions#5:i32 preferredHolder#7:s
  renewTime#4:u strategy#6:s
@ io.k8s.api.discovery.v1
Endpoint addresses!~#1:[s]@@ conditions~#2:EndpointConditions deprecatedTopology#5:{s} hints#8:EndpointHints
  hostname#3:s nodeName#6:s targetRef#4:ObjectReference zone#7:s
EndpointConditions ready#1:b serving#2:b terminating#3:b
EndpointHints forNodes#2:[ForNode] forZones#1:[ForZone]
EndpointPort %atomic appProtocol#4:s name#1:s port#3:i32 protocol#2:s(SCTP|TCP|UDP)
EndpointSlice addressType!~#4:s(FQDN|IPv4|IPv6) endpoints~#2:[Endpoint] metadata~#1:ObjectMeta ports~#3:[EndpointPort]
ForNode name!~#1:s
ForZone name!~#1:s
@ io.k8s.api.events.v1
Event action?#6:s deprecatedCount?#15:i32 deprecatedFirstTimestamp~#13:t deprecatedLastTimestamp~#14:t
  deprecatedSource~#12:EventSource eventTime!~#2:u metadata~#1:ObjectMeta note?#10:s reason?#7:s
  regarding~#8:ObjectReference related#9:ObjectReference reportingController?#4:s reportingInstance?#5:s
  series#3:EventSeries type?#11:s
EventSeries count!~#1:i32 lastObservedTime!~#2:u
@ io.k8s.api.authentication.v1
SelfSubjectReview metadata~#1:ObjectMeta status~#2:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo~#1:UserInfo
TokenReview metadata~#1:ObjectMeta spec!~#2:TokenReviewSpec status~#3:TokenReviewStatus
TokenReviewSpec audiences#2:[s] token!?#1:s
TokenReviewStatus audiences#4:[s] authenticated?#1:b error?#3:s user~#2:UserInfo
UserInfo extra#4:{[s]} groups#3:[s] uid?#2:s username?#1:s
@ io.k8s.api.authorization.v1
FieldSelectorAttributes rawSelector?#1:s requirements#2:[FieldSelectorRequirement]
LabelSelectorAttributes rawSelector?#1:s requirements#2:[LabelSelectorRequirement]
NonResourceAttributes path?#1:s verb?#2:s
NonResourceRule nonResourceURLs#2:[s] verbs!~#1:[s]
ResourceAttributes fieldSelector#8:FieldSelectorAttributes group?#3:s labelSelector#9:LabelSelectorAttributes
  name?#7:s namespace?#1:s resource?#5:s subresource?#6:s verb?#2:s version?#4:s
ResourceRule apiGroups#2:[s] resourceNames#4:[s] resources#3:[s] verbs!~#1:[s]
SelfSubjectAccessReview metadata~#1:ObjectMeta spec!~#2:SelfSubjectAccessReviewSpec
  status~#3:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec nonResourceAttributes#2:NonResourceAttributes resourceAttributes#1:ResourceAttributes
SelfSubjectRulesReview metadata~#1:ObjectMeta spec!~#2:SelfSubjectRulesReviewSpec status~#3:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace?#1:s
SubjectAccessReview metadata~#1:ObjectMeta spec!~#2:SubjectAccessReviewSpec status~#3:SubjectAccessReviewStatus
SubjectAccessReviewSpec extra#5:{[s]} groups#4:[s] nonResourceAttributes#2:NonResourceAttributes
  resourceAttributes#1:ResourceAttributes uid?#6:s user?#3:s
SubjectAccessReviewStatus allowed!~#1:b denied?#4:b evaluationError?#3:s reason?#2:s
SubjectRulesReviewStatus evaluationError?#4:s incomplete!~#3:b nonResourceRules!~#2:[NonResourceRule]
  resourceRules!~#1:[ResourceRule]
@ io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
CustomResourceColumnDefinition description?#4:s format?#3:s jsonPath!~#6:s name!~#1:s priority?#5:i32 type!~#2:s
CustomResourceConversion strategy!~#1:s webhook#2:WebhookConversion
CustomResourceDefinition metadata~#1:ObjectMeta spec!~#2:CustomResourceDefinitionSpec
  status~#3:CustomResourceDefinitionStatus
CustomResourceDefinitionCondition lastTransitionTime~#3:t message?#5:s observedGeneration?#6:i64 reason?#4:s
  status!~#2:s type!~#1:s
CustomResourceDefinitionNames categories#6:[s] kind!~#4:s listKind?#5:s plural!~#1:s shortNames#3:[s] singular?#2:s
CustomResourceDefinitionSpec conversion#9:CustomResourceConversion group!~#1:s names!~#3:CustomResourceDefinitionNames
  preserveUnknownFields?#10:b scope!~#4:s versions!~#7:[CustomResourceDefinitionVersion]
CustomResourceDefinitionStatus acceptedNames~#2:CustomResourceDefinitionNames
  conditions~#1:[CustomResourceDefinitionCondition]@type observedGeneration?#4:i64 storedVersions~#3:[s]
CustomResourceDefinitionVersion additionalPrinterColumns#6:[CustomResourceColumnDefinition] deprecated?#7:b
  deprecationWarning#8:s name!~#1:s schema#4:CustomResourceValidation selectableFields#9:[SelectableField]
  served!~#2:b storage!~#3:b subresources#5:CustomResourceSubresources
CustomResourceSubresourceScale labelSelectorPath#3:s specReplicasPath!~#1:s statusReplicasPath!~#2:s
CustomResourceSubresourceStatus
CustomResourceSubresources scale#2:CustomResourceSubresourceScale status#1:CustomResourceSubresourceStatus
CustomResourceValidation openAPIV3Schema#1:JSONSchemaProps
ExternalDocumentation description?#1:s url?#2:s
JSONSchemaProps $ref#3:s $schema?#2:s additionalItems#33:any additionalProperties#30:any allOf#25:[JSONSchemaProps]
  anyOf#27:[JSONSchemaProps] default#8:any definitions?#34:{JSONSchemaProps} dependencies?#32:{any} description?#4:s
  enum#20:[any] example#36:any exclusiveMaximum?#10:b exclusiveMinimum?#12:b externalDocs#35:ExternalDocumentation
  format?#6:s id?#1:s items#24:any maxItems#16:i64 maxLength#13:i64 maxProperties#21:i64 maximum#9:f minItems#17:i64
  minLength#14:i64 minProperties#22:i64 minimum#11:f multipleOf#19:f not#28:JSONSchemaProps nullable?#37:b
  oneOf#26:[JSONSchemaProps] pattern?#15:s patternProperties#31:{JSONSchemaProps} properties#29:{JSONSchemaProps}
  required#23:[s] title?#7:s type?#5:s uniqueItems?#18:b x-kubernetes-embedded-resource?#39:b
  x-kubernetes-int-or-string?#40:b x-kubernetes-list-map-keys#41:[s] x-kubernetes-list-type#42:s
  x-kubernetes-map-type#43:s x-kubernetes-preserve-unknown-fields#38:b
  x-kubernetes-validations?#44:[ValidationRule]@rule+rule
SelectableField jsonPath!~#1:s
ServiceReference name!~#2:s namespace!~#1:s path#3:s port#4:i32
ValidationRule fieldPath?#5:s message?#2:s messageExpression?#3:s optionalOldSelf#6:b
  reason#4:s(FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired) rule!~#1:s
WebhookClientConfig caBundle#2:y service#1:ServiceReference url#3:s
WebhookConversion clientConfig#2:WebhookClientConfig conversionReviewVersions!~#3:[s]
`;
