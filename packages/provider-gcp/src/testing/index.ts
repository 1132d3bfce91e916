export type { EmulatedAuthorizedUser, EmulatedGcpToken } from "./gcp-tokens.ts";
export type { EmulatedServiceAccount } from "./service-account.ts";
export { SAMPLE_GCP_CLOUD, SAMPLE_GCP_PROJECTS } from "./sample-cloud.ts";
export { type GcpEmulator, type GcpEmulatorOptions, startGcpEmulator } from "./start-gcp-emulator.ts";
