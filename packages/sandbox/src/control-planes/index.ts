export { findBinaries, type FoundBinaries } from "./binaries/find-binaries.ts";
export type { BuildOptions, BuildStep } from "./binaries/build-binaries.ts";
export { type NoBinaries, prepareBinaries } from "./binaries/prepare-binaries.ts";
export type { ToolName } from "./binaries/tools.ts";
export { type Component, COMPONENTS } from "./component-arguments.ts";
export type {
  ControlPlane,
  ControlPlanes,
  ControlPlanesOptions,
  ControlPlaneSpec,
  TokenUser,
  TokenWebhookAccess,
} from "./control-plane.ts";
export {
  createRawClient,
  type RawAccess,
  type RawClient,
  type RawRequest,
  type RawResponse,
} from "./http/raw-client.ts";
export { type KubeconfigEntry, kubeconfigFile, type KubeconfigUser } from "./kubeconfig.ts";
export { type CommandOptions, type CommandResult, runCommand } from "./process/run-command.ts";
export { startControlPlanes } from "./start-control-planes.ts";
export { until, type UntilOptions } from "./until.ts";
