export type { AwsAccount, AwsCredentialVariables, AwsOptions, AwsService } from "./aws-options.ts";
export { type AwsEgressInput, egressCost } from "./egress.ts";
export { AWS_ERRORS, type AwsErrorRow, type AwsFailure, toCloudError } from "./errors.ts";
export { mintEksToken, type EksTokenInput } from "./eks-token.ts";
export { flotillaProvider } from "./factory.ts";
export type { AwsKeys } from "./keys.ts";
export { createAwsProvider, type AwsProviderDeps } from "./provider.ts";
export type { AwsTransportHook } from "./transport.ts";
