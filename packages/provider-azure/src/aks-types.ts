/** What we read of a managed cluster, in the names of the SDK. Everything may be missing, and values may be new ones. */
export interface AksCluster {
  readonly id?: string;
  readonly name?: string;
  readonly location?: string;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly sku?: { readonly name?: string; readonly tier?: string } | undefined;
  readonly provisioningState?: string | undefined;
  readonly powerState?: { readonly code?: string } | undefined;
  readonly kubernetesVersion?: string | undefined;
  readonly currentKubernetesVersion?: string | undefined;
  readonly fqdn?: string | undefined;
  readonly privateFqdn?: string | undefined;
  readonly publicNetworkAccess?: string | undefined;
  readonly apiServerAccessProfile?:
    { readonly enablePrivateCluster?: boolean; readonly enableVnetIntegration?: boolean } | undefined;
  readonly networkProfile?:
    | {
        readonly podCidr?: string;
        readonly podCidrs?: readonly string[];
        readonly serviceCidr?: string;
        readonly serviceCidrs?: readonly string[];
      }
    | undefined;
  /** Where AKS keeps machines, and the network if nobody brought one. */
  readonly nodeResourceGroup?: string | undefined;
  readonly nodeProvisioningProfile?: { readonly mode?: string } | undefined;
  readonly oidcIssuerProfile?: { readonly issuerURL?: string } | undefined;
  readonly status?: { readonly provisioningError?: unknown } | undefined;
  readonly systemData?: { readonly createdAt?: Date } | undefined;
  readonly agentPoolProfiles?: readonly AksPool[] | undefined;
}

/** What we read of an agent pool. `count`, `minCount` and `maxCount` are totals over all zones. */
export interface AksPool {
  readonly name?: string;
  readonly count?: number | undefined;
  readonly vmSize?: string | undefined;
  readonly vnetSubnetID?: string | undefined;
  readonly enableAutoScaling?: boolean | undefined;
  readonly minCount?: number | undefined;
  readonly maxCount?: number | undefined;
  readonly orchestratorVersion?: string | undefined;
  readonly currentOrchestratorVersion?: string | undefined;
  readonly provisioningState?: string | undefined;
  readonly powerState?: { readonly code?: string } | undefined;
  readonly availabilityZones?: readonly string[] | undefined;
  readonly scaleSetPriority?: string | undefined;
  readonly nodeLabels?: Readonly<Record<string, string>> | undefined;
  readonly nodeTaints?: readonly string[] | undefined;
  readonly status?: { readonly provisioningError?: unknown } | undefined;
  readonly virtualMachinesProfile?: { readonly scale?: AksMachineScale } | undefined;
  readonly virtualMachineNodesStatus?: readonly AksMachineCount[] | undefined;
}

/** Of a pool of single machines: by size, fixed or scaled. */
interface AksMachineScale {
  readonly manual?: readonly AksMachineCount[];
  readonly autoscale?: readonly { readonly size?: string; readonly minCount?: number; readonly maxCount?: number }[];
}

/** So many machines of one size. */
interface AksMachineCount {
  readonly size?: string;
  readonly count?: number;
}
