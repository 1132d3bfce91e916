export { DEFAULT_MEMBERS } from "./default-members.ts";
export { SAMPLE_REPLICAS, sampleApp } from "./sample-app.ts";
export type { SandboxCloud, SandboxMember, SandboxPool, SandboxTaint } from "./sandbox-member.ts";
export { startFleetSandbox, type FleetSandbox, type SandboxOptions } from "./start-fleet-sandbox.ts";
