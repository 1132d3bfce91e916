/**
 * What is read of a GKE cluster. Every field may be absent, `null`, or the zero of its type: false and zero are left out on
 * the wire, and the client fills them in. Enum fields are plain text or a number, because a new value must not throw.
 */
export interface GkeCluster {
  readonly name?: Text;
  readonly location?: Text;
  readonly zone?: Text;
  readonly locations?: readonly string[] | null;
  readonly status?: EnumValue;
  readonly currentMasterVersion?: Text;
  readonly initialClusterVersion?: Text;
  readonly currentNodeCount?: number | null;
  readonly createTime?: Text;
  readonly endpoint?: Text;
  readonly masterAuth?: { readonly clusterCaCertificate?: Text } | null;
  readonly controlPlaneEndpointsConfig?: {
    readonly dnsEndpointConfig?: { readonly endpoint?: Text; readonly allowExternalTraffic?: boolean | null } | null;
    readonly ipEndpointsConfig?: {
      readonly enabled?: boolean | null;
      readonly enablePublicEndpoint?: boolean | null;
      readonly publicEndpoint?: Text;
      readonly privateEndpoint?: Text;
    } | null;
  } | null;
  readonly privateClusterConfig?: {
    readonly enablePrivateEndpoint?: boolean | null;
    readonly privateEndpoint?: Text;
  } | null;
  readonly network?: Text;
  readonly networkConfig?: { readonly network?: Text; readonly subnetwork?: Text } | null;
  readonly clusterIpv4Cidr?: Text;
  readonly servicesIpv4Cidr?: Text;
  readonly ipAllocationPolicy?: {
    readonly clusterIpv4CidrBlock?: Text;
    readonly servicesIpv4CidrBlock?: Text;
    readonly servicesIpv6CidrBlock?: Text;
    readonly subnetIpv6CidrBlock?: Text;
  } | null;
  readonly releaseChannel?: { readonly channel?: EnumValue } | null;
  readonly autopilot?: { readonly enabled?: boolean | null } | null;
  readonly resourceLabels?: Readonly<Record<string, string>> | null;
  readonly conditions?: readonly GkeCondition[] | null;
  readonly nodePools?: readonly GkeNodePool[] | null;
}

/** One pool; its counts are per zone, except those that say total. */
export interface GkeNodePool {
  readonly name?: Text;
  readonly status?: EnumValue;
  readonly version?: Text;
  readonly initialNodeCount?: number | null;
  readonly locations?: readonly string[] | null;
  readonly instanceGroupUrls?: readonly string[] | null;
  readonly conditions?: readonly GkeCondition[] | null;
  readonly networkConfig?: { readonly podIpv4CidrBlock?: Text; readonly subnetwork?: Text } | null;
  readonly autoscaling?: {
    readonly enabled?: boolean | null;
    readonly minNodeCount?: number | null;
    readonly maxNodeCount?: number | null;
    readonly totalMinNodeCount?: number | null;
    readonly totalMaxNodeCount?: number | null;
  } | null;
  readonly config?: {
    readonly machineType?: Text;
    readonly spot?: boolean | null;
    readonly preemptible?: boolean | null;
    readonly flexStart?: boolean | null;
    readonly labels?: Readonly<Record<string, string>> | null;
    readonly taints?: readonly { readonly key?: Text; readonly value?: Text; readonly effect?: EnumValue }[] | null;
  } | null;
}

/** Why something is not well. */
export interface GkeCondition {
  readonly code?: EnumValue;
  readonly message?: Text;
}

type Text = string | null;
/** The name of a value; its number where the client's version does not know it. */
type EnumValue = string | number | null;
