export type { CloudMember } from "./clouds/cloud-member.ts";
export type { CloudMachine, CloudSite } from "./clouds/cloud-site.ts";
export { startCloudSandbox, type CloudSandbox, type CloudSandboxOptions } from "./clouds/start-cloud-sandbox.ts";
export { DEFAULT_MEMBERS } from "./default-members.ts";
export { SAMPLE_REPLICAS, sampleApp } from "./sample-app.ts";
export type { SandboxCloud, SandboxMember, SandboxPool, SandboxTaint } from "./sandbox-member.ts";
export { startFleetSandbox, type FleetSandbox, type SandboxOptions } from "./start-fleet-sandbox.ts";
