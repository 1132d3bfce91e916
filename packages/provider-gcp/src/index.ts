export { egressCost, type GcpEgressInput } from "./egress.ts";
export { GCP_ERRORS, type GcpErrorRow, type GcpFailure, toCloudError } from "./errors.ts";
export { flotillaProvider } from "./factory.ts";
export type { GcpOptions, GcpService, GcpTokenVariable } from "./gcp-options.ts";
export { createGcpProvider, type GcpProviderDeps } from "./provider.ts";
export type { GcpTransportHook } from "./transport.ts";
