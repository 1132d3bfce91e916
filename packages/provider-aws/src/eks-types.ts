/**
 * What discovery reads of an EKS cluster. Every field may be absent: recordings of the real service lack each of
 * `certificateAuthority`, `platformVersion`, `identity` and `tags` somewhere. Enum fields are plain text, because a new value
 * must not throw.
 */
export interface EksCluster {
  readonly name?: string;
  /** Only of local clusters on Outposts: what their tokens are signed for instead of the name. */
  readonly id?: string;
  readonly arn?: string;
  readonly createdAt?: Date;
  readonly version?: string;
  readonly platformVersion?: string;
  readonly endpoint?: string;
  readonly status?: string;
  readonly deletionProtection?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly certificateAuthority?: { readonly data?: string };
  readonly identity?: { readonly oidc?: { readonly issuer?: string } };
  readonly health?: { readonly issues?: readonly EksIssue[] };
  readonly computeConfig?: { readonly enabled?: boolean };
  readonly upgradePolicy?: { readonly supportType?: string };
  readonly kubernetesNetworkConfig?: { readonly serviceIpv4Cidr?: string; readonly serviceIpv6Cidr?: string };
  readonly remoteNetworkConfig?: { readonly remotePodNetworks?: readonly { readonly cidrs?: readonly string[] }[] };
  /** Only of clusters that EKS merely shows and somebody else runs. */
  readonly connectorConfig?: { readonly provider?: string };
  readonly outpostConfig?: { readonly outpostArns?: readonly string[] };
  readonly resourcesVpcConfig?: {
    readonly vpcId?: string;
    readonly subnetIds?: readonly string[];
    readonly endpointPublicAccess?: boolean;
    readonly endpointPrivateAccess?: boolean;
    readonly publicAccessCidrs?: readonly string[];
  };
}

export interface EksIssue {
  readonly code?: string;
  readonly message?: string;
}

export interface EksNodegroup {
  readonly nodegroupName?: string;
  readonly status?: string;
  readonly version?: string;
  readonly capacityType?: string;
  readonly instanceTypes?: readonly string[];
  readonly subnets?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key?: string; readonly value?: string; readonly effect?: string }[];
  readonly scalingConfig?: { readonly minSize?: number; readonly maxSize?: number; readonly desiredSize?: number };
  readonly health?: { readonly issues?: readonly EksIssue[] };
}
