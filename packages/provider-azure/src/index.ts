export type { AzureCredential, AzureToken } from "./azure-credential.ts";
export type { AzureCredentialVariables, AzureOptions, AzureService } from "./azure-options.ts";
export { type AzureEgressInput, egressCost } from "./egress.ts";
export { AZURE_ERRORS, type AzureErrorRow } from "./error-table.ts";
export { type AzureFailure, toCloudError } from "./errors.ts";
export { flotillaProvider } from "./factory.ts";
export { type AzureProviderDeps, createAzureProvider } from "./provider.ts";
export type { AzureTransportHook } from "./transport.ts";
