/** What a token for Azure Resource Manager is asked for. */
export const ARM_SCOPE = "https://management.azure.com/.default";

/**
 * What a token for the API servers of AKS is asked for: the application that all AKS servers with Entra ID trust. It is fixed
 * here, whatever a kubeconfig says, so that nothing an answer holds can turn one token into another.
 * Source: Azure/kubelogin#69, cluster-api-provider-azure.
 */
export const AKS_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";

/** What a token says that it is for, without scheme. Source: Azure Resource Manager, authentication errors; Azure/kubelogin. */
const AUDIENCES: Readonly<Record<string, readonly string[]>> = {
  [ARM_SCOPE]: ["management.azure.com", "management.core.windows.net"],
  [AKS_SCOPE]: [AKS_SCOPE.replace(/\/\.default$/, "")],
};

/** Whether a token of this audience (`aud`) is what the scope asks for. */
export function isForScope(scope: string, audience: unknown): boolean {
  const bare = String(audience)
    .toLowerCase()
    .replace(/^(?:https:\/\/|api:\/\/|spn:)/, "")
    .replace(/\/$/, "");
  return AUDIENCES[scope]?.includes(bare) === true;
}
