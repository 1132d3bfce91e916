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
  readonly virtualMachinesProfile?:
    | { readonly scale?: { readonly manual?: readonly { readonly size?: string; readonly count?: number }[] } }
    | undefined;
}
