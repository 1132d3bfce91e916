export type { EmulatedAwsRole, EmulatedAwsUser } from "./aws-identities.ts";
export { SAMPLE_AWS_ACCOUNTS, SAMPLE_AWS_CLOUD } from "./sample-cloud.ts";
export {
  type AwsEmulator,
  type AwsEmulatorOptions,
  EMULATED_ROLE_NAME,
  startAwsEmulator,
} from "./start-aws-emulator.ts";
export type { EksTokenIdentity } from "./verify-eks-token.ts";
