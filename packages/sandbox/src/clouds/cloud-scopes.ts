import type { SandboxCloud } from "../sandbox-member.ts";

/** The account, the project and the subscription of the sandbox. */
export const CLOUD_SCOPES: Readonly<Record<SandboxCloud, string>> = {
  aws: "123456789012",
  gcp: "flotilla-sandbox",
  azure: "5a4db000-0000-4000-8000-000000000001",
};

/** Of every AKS cluster of the sandbox. */
export const RESOURCE_GROUP = "sandbox";

/** A policy of the organization keeps everybody out of it: part of the fleet that cannot be looked at. */
export const DENIED_REGION = "me-south-1";
