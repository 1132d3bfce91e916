/**
 * The field names, types, required marks, list keys and patch keys of cluster-level groups,
 * in the notation of `parse-type-table.ts`. Source: the OpenAPI documents and JSON tags of Kubernetes 1.36.
 */
export const CLUSTER_TYPES: string = `
@ io.k8s.apimachinery.pkg.apis.meta.v1
Condition lastTransitionTime!:t message!~:s observedGeneration?:i64 reason!~:s status!~:s type!~:s
DeleteOptions dryRun:[s] gracePeriodSeconds:i64 ignoreStoreReadErrorWithClusterBreakingPotential:b orphanDependents:b
  preconditions:Preconditions propagationPolicy:s
FieldSelectorRequirement key!~:s operator!~:s values:[s]
LabelSelector %atomic matchExpressions:[LabelSelectorRequirement] matchLabels:{s}
LabelSelectorRequirement key!~:s operator!~:s values:[s]
ManagedFieldsEntry apiVersion?:s fieldsType?:s fieldsV1:any manager?:s operation?:s subresource?:s time:t
ObjectMeta annotations:{s} creationTimestamp:t deletionGracePeriodSeconds:i64 deletionTimestamp:t finalizers:[s]@@+
  generateName?:s generation?:i64 labels:{s} managedFields:[ManagedFieldsEntry] name?:s namespace?:s
  ownerReferences:[OwnerReference]@uid+uid resourceVersion?:s selfLink?:s uid?:s
OwnerReference %atomic apiVersion!~:s blockOwnerDeletion:b controller:b kind!~:s name!~:s uid!~:s
Preconditions resourceVersion:s uid:s
@ io.k8s.api.networking.v1
HTTPIngressPath backend!~:IngressBackend path?:s pathType!:s(Exact|ImplementationSpecific|Prefix)
HTTPIngressRuleValue paths!~:[HTTPIngressPath]
IPBlock cidr!~:s except:[s]
Ingress metadata~:ObjectMeta spec~:IngressSpec status~:IngressStatus
IngressBackend resource:TypedLocalObjectReference service:IngressServiceBackend
IngressClass metadata~:ObjectMeta spec~:IngressClassSpec
IngressClassParametersReference apiGroup:s kind!~:s name!~:s namespace:s scope:s
IngressClassSpec controller?:s parameters:IngressClassParametersReference
IngressLoadBalancerIngress hostname?:s ip?:s ports:[IngressPortStatus]
IngressLoadBalancerStatus ingress:[IngressLoadBalancerIngress]
IngressPortStatus error:s port!~:i32 protocol!~:s(SCTP|TCP|UDP)
IngressRule host?:s http:HTTPIngressRuleValue
IngressServiceBackend name!~:s port~:ServiceBackendPort
IngressSpec defaultBackend:IngressBackend ingressClassName:s rules:[IngressRule] tls:[IngressTLS]
IngressStatus loadBalancer~:IngressLoadBalancerStatus
IngressTLS hosts:[s] secretName?:s
NetworkPolicy metadata~:ObjectMeta spec~:NetworkPolicySpec
NetworkPolicyEgressRule ports:[NetworkPolicyPort] to:[NetworkPolicyPeer]
NetworkPolicyIngressRule from:[NetworkPolicyPeer] ports:[NetworkPolicyPort]
NetworkPolicyPeer ipBlock:IPBlock namespaceSelector:LabelSelector podSelector:LabelSelector
NetworkPolicyPort endPort:i32 port:x protocol:s(SCTP|TCP|UDP)
NetworkPolicySpec egress:[NetworkPolicyEgressRule] ingress:[NetworkPolicyIngressRule] podSelector~:LabelSelector
  policyTypes:[s(Egress|Ingress)]
ServiceBackendPort %atomic name?:s number?:i32
@ io.k8s.api.rbac.v1
AggregationRule clusterRoleSelectors:[LabelSelector]
ClusterRole aggregationRule:AggregationRule metadata~:ObjectMeta rules~:[PolicyRule]
ClusterRoleBinding metadata~:ObjectMeta roleRef!~:RoleRef subjects:[Subject]
PolicyRule apiGroups:[s] nonResourceURLs:[s] resourceNames:[s] resources:[s] verbs!~:[s]
Role metadata~:ObjectMeta rules~:[PolicyRule]
RoleBinding metadata~:ObjectMeta roleRef!~:RoleRef subjects:[Subject]
RoleRef %atomic apiGroup~:s kind!~:s name!~:s
Subject %atomic apiGroup?:s kind!~:s name!~:s namespace?:s
@ io.k8s.api.storage.v1
CSIDriver metadata~:ObjectMeta spec!~:CSIDriverSpec
CSIDriverSpec attachRequired:b fsGroupPolicy:s nodeAllocatableUpdatePeriodSeconds:i64 podInfoOnMount:b
  preventPodSchedulingIfMissing:b requiresRepublish:b seLinuxMount:b serviceAccountTokenInSecrets:b storageCapacity:b
  tokenRequests:[TokenRequest] volumeLifecycleModes:[s]@@
StorageClass allowVolumeExpansion:b allowedTopologies:[TopologySelectorTerm] metadata~:ObjectMeta mountOptions:[s]
  parameters:{s} provisioner!~:s reclaimPolicy:s(Delete|Recycle|Retain)
  volumeBindingMode:s(Immediate|WaitForFirstConsumer)
TokenRequest audience!~:s expirationSeconds:i64
@ io.k8s.api.scheduling.v1
PriorityClass description?:s globalDefault?:b metadata~:ObjectMeta preemptionPolicy:s(Never|PreemptLowerPriority)
  value~:i32
@ io.k8s.api.coordination.v1
Lease metadata~:ObjectMeta spec~:LeaseSpec
LeaseSpec acquireTime:u holderIdentity:s leaseDurationSeconds:i32 leaseTransitions:i32 preferredHolder:s renewTime:u
  strategy:s
@ io.k8s.api.discovery.v1
Endpoint addresses!~:[s]@@ conditions~:EndpointConditions deprecatedTopology:{s} hints:EndpointHints hostname:s
  nodeName:s targetRef:ObjectReference zone:s
EndpointConditions ready:b serving:b terminating:b
EndpointHints forNodes:[ForNode] forZones:[ForZone]
EndpointPort %atomic appProtocol:s name:s port:i32 protocol:s(SCTP|TCP|UDP)
EndpointSlice addressType!~:s(FQDN|IPv4|IPv6) endpoints~:[Endpoint] metadata~:ObjectMeta ports~:[EndpointPort]
ForNode name!~:s
ForZone name!~:s
@ io.k8s.api.events.v1
Event action?:s deprecatedCount?:i32 deprecatedFirstTimestamp:t deprecatedLastTimestamp:t
  deprecatedSource~:EventSource eventTime!:u metadata~:ObjectMeta note?:s reason?:s regarding~:ObjectReference
  related:ObjectReference reportingController?:s reportingInstance?:s series:EventSeries type?:s
EventSeries count!~:i32 lastObservedTime!:u
@ io.k8s.api.authentication.v1
SelfSubjectReview metadata~:ObjectMeta status~:SelfSubjectReviewStatus
SelfSubjectReviewStatus userInfo~:UserInfo
TokenReview metadata~:ObjectMeta spec!~:TokenReviewSpec status~:TokenReviewStatus
TokenReviewSpec audiences:[s] token!?:s
TokenReviewStatus audiences:[s] authenticated?:b error?:s user~:UserInfo
UserInfo extra:{[s]} groups:[s] uid?:s username?:s
@ io.k8s.api.authorization.v1
FieldSelectorAttributes rawSelector?:s requirements:[FieldSelectorRequirement]
LabelSelectorAttributes rawSelector?:s requirements:[LabelSelectorRequirement]
NonResourceAttributes path?:s verb?:s
NonResourceRule nonResourceURLs:[s] verbs!~:[s]
ResourceAttributes fieldSelector:FieldSelectorAttributes group?:s labelSelector:LabelSelectorAttributes name?:s
  namespace?:s resource?:s subresource?:s verb?:s version?:s
ResourceRule apiGroups:[s] resourceNames:[s] resources:[s] verbs!~:[s]
SelfSubjectAccessReview metadata~:ObjectMeta spec!~:SelfSubjectAccessReviewSpec status~:SubjectAccessReviewStatus
SelfSubjectAccessReviewSpec nonResourceAttributes:NonResourceAttributes resourceAttributes:ResourceAttributes
SelfSubjectRulesReview metadata~:ObjectMeta spec!~:SelfSubjectRulesReviewSpec status~:SubjectRulesReviewStatus
SelfSubjectRulesReviewSpec namespace?:s
SubjectAccessReview metadata~:ObjectMeta spec!~:SubjectAccessReviewSpec status~:SubjectAccessReviewStatus
SubjectAccessReviewSpec extra:{[s]} groups:[s] nonResourceAttributes:NonResourceAttributes
  resourceAttributes:ResourceAttributes uid?:s user?:s
SubjectAccessReviewStatus allowed!~:b denied?:b evaluationError?:s reason?:s
SubjectRulesReviewStatus evaluationError?:s incomplete!~:b nonResourceRules!~:[NonResourceRule]
  resourceRules!~:[ResourceRule]
@ io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1
CustomResourceColumnDefinition description?:s format?:s jsonPath!~:s name!~:s priority?:i32 type!~:s
CustomResourceConversion strategy!~:s webhook:WebhookConversion
CustomResourceDefinition metadata~:ObjectMeta spec!~:CustomResourceDefinitionSpec
  status~:CustomResourceDefinitionStatus
CustomResourceDefinitionCondition lastTransitionTime:t message?:s observedGeneration?:i64 reason?:s status!~:s
  type!~:s
CustomResourceDefinitionNames categories:[s] kind!~:s listKind?:s plural!~:s shortNames:[s] singular?:s
CustomResourceDefinitionSpec conversion:CustomResourceConversion group!~:s names!~:CustomResourceDefinitionNames
  preserveUnknownFields?:b scope!~:s versions!~:[CustomResourceDefinitionVersion]
CustomResourceDefinitionStatus acceptedNames~:CustomResourceDefinitionNames
  conditions~:[CustomResourceDefinitionCondition]@type observedGeneration?:i64 storedVersions~:[s]
CustomResourceDefinitionVersion additionalPrinterColumns:[CustomResourceColumnDefinition] deprecated?:b
  deprecationWarning:s name!~:s schema:CustomResourceValidation selectableFields:[SelectableField] served!~:b
  storage!~:b subresources:CustomResourceSubresources
CustomResourceSubresourceScale labelSelectorPath:s specReplicasPath!~:s statusReplicasPath!~:s
CustomResourceSubresourceStatus
CustomResourceSubresources scale:CustomResourceSubresourceScale status:CustomResourceSubresourceStatus
CustomResourceValidation openAPIV3Schema:JSONSchemaProps
ExternalDocumentation description?:s url?:s
JSONSchemaProps $ref:s $schema?:s additionalItems:any additionalProperties:any allOf:[JSONSchemaProps]
  anyOf:[JSONSchemaProps] default:any definitions?:{JSONSchemaProps} dependencies?:{any} description?:s enum:[any]
  example:any exclusiveMaximum?:b exclusiveMinimum?:b externalDocs:ExternalDocumentation format?:s id?:s items:any
  maxItems:i64 maxLength:i64 maxProperties:i64 maximum:f minItems:i64 minLength:i64 minProperties:i64 minimum:f
  multipleOf:f not:JSONSchemaProps nullable?:b oneOf:[JSONSchemaProps] pattern?:s patternProperties:{JSONSchemaProps}
  properties:{JSONSchemaProps} required:[s] title?:s type?:s uniqueItems?:b x-kubernetes-embedded-resource?:b
  x-kubernetes-int-or-string?:b x-kubernetes-list-map-keys:[s] x-kubernetes-list-type:s x-kubernetes-map-type:s
  x-kubernetes-preserve-unknown-fields:b x-kubernetes-validations?:[ValidationRule]@rule+rule
SelectableField jsonPath!~:s
ServiceReference name!~:s namespace!~:s path:s port:i32
ValidationRule fieldPath?:s message?:s messageExpression?:s optionalOldSelf:b
  reason:s(FieldValueDuplicate|FieldValueForbidden|FieldValueInvalid|FieldValueRequired) rule!~:s
WebhookClientConfig caBundle:y service:ServiceReference url:s
WebhookConversion clientConfig:WebhookClientConfig conversionReviewVersions!~:[s]
`;
