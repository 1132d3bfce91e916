/** What a token for Azure Resource Manager is asked for. */
export const ARM_SCOPE = "https://management.azure.com/.default";

/**
 * What a token for the API servers of AKS is asked for: the application that all AKS servers with Entra ID trust. It is fixed
 * here, whatever a kubeconfig says, so that nothing an answer holds can turn one token into another.
 * Source: Azure/kubelogin#69, cluster-api-provider-azure.
 */
export const AKS_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
