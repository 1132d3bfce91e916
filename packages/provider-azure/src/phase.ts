import type { ClusterPhase } from "@flotilla/core";

const PHASES: Readonly<Record<string, ClusterPhase>> = {
  creating: "creating",
  accepted: "creating",
  succeeded: "ready",
  updating: "updating",
  upgrading: "updating",
  scaling: "updating",
  starting: "updating",
  stopping: "updating",
  migrating: "updating",
  canceling: "updating",
  rotatingclustercertificates: "updating",
  reconcilingclustercertificates: "updating",
  upgradingnodeimageversion: "updating",
  deleting: "deleting",
  failed: "failed",
  // The last operation was called off half way; what stood before still runs.
  canceled: "degraded",
};

/**
 * Of a cluster or a pool. Stopped is a power state of something that is otherwise fine; an error that is reported beside
 * success is an ailment. An unknown value is `unknown`: AKS adds more, and is loose about case.
 */
export function phaseOf(resource: {
  readonly provisioningState?: string | undefined;
  readonly powerState?: { readonly code?: string } | undefined;
  readonly status?: { readonly provisioningError?: unknown } | undefined;
}): ClusterPhase {
  const { provisioningState = "", powerState, status } = resource;
  const phase = Object.hasOwn(PHASES, provisioningState.toLowerCase())
    ? (PHASES[provisioningState.toLowerCase()] ?? "unknown")
    : "unknown";
  if (phase !== "ready") return phase;
  if (powerState?.code?.toLowerCase() === "stopped") return "stopped";
  const hasError = status?.provisioningError !== undefined && status.provisioningError !== null;
  return hasError ? "degraded" : phase;
}
