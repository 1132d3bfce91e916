export type { AzureAudience, AzureTokenIdentity, MintInput } from "./azure-tokens.ts";
export type { AzureLock } from "./locks.ts";
export { SAMPLE_AZURE_CLOUD, SAMPLE_AZURE_SUBSCRIPTIONS } from "./sample-cloud.ts";
export { type AzureEmulator, type AzureEmulatorOptions, startAzureEmulator } from "./start-azure-emulator.ts";
