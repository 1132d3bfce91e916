import { isIP } from "node:net";
import type { GkeCluster } from "./gke-types.ts";

/** Where a cluster's API server is, and whether its certificate is of the cluster's own authority or of a public one. */
export interface ClusterServer {
  readonly url: string;
  readonly isPublicCa: boolean;
}

const DNS_SUFFIX = ".gke.goog";

/**
 * The DNS endpoint where it takes outside traffic: IAM guards it, so it works from anywhere. Else the address GKE names.
 * Only addresses and Google's own names are taken: whatever answers here is sent the user's token.
 */
export function serverOf({ endpoint, controlPlaneEndpointsConfig }: GkeCluster): ClusterServer | undefined {
  const { dnsEndpointConfig, ipEndpointsConfig } = controlPlaneEndpointsConfig ?? {};
  const dnsName = dnsEndpointConfig?.endpoint ?? "";
  if (dnsEndpointConfig?.allowExternalTraffic === true && isGkeName(dnsName)) {
    return { url: `https://${dnsName}`, isPublicCa: true };
  }
  const { enabled, enablePublicEndpoint, publicEndpoint, privateEndpoint } = ipEndpointsConfig ?? {};
  const mayUseIp = enabled !== false || dnsName === "";
  const preferred = enablePublicEndpoint === true ? publicEndpoint : undefined;
  const address = mayUseIp ? [preferred, endpoint, publicEndpoint, privateEndpoint].find(isAddress) : undefined;
  if (address !== undefined) return { url: `https://${address}`, isPublicCa: false };
  const name = isGkeName(dnsName) ? dnsName : (endpoint ?? "");
  return isGkeName(name) ? { url: `https://${name}`, isPublicCa: true } : undefined;
}

function isGkeName(name: string): boolean {
  return name.endsWith(DNS_SUFFIX) && /^[a-z0-9.-]+$/.test(name);
}

/** An IP address, with a port only where a local server stands in for the cloud. */
function isAddress(text: string | null | undefined): text is string {
  if (typeof text !== "string") return false;
  const [, v6, v4, port] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  return isIP(v6 ?? v4 ?? "") !== 0 && (port === undefined || Number(port) <= 65_535);
}
