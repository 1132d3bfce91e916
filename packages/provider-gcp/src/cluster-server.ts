import { isApiAddress } from "./api-address.ts";
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
export function serverOf(
  { endpoint, controlPlaneEndpointsConfig }: GkeCluster,
  isLocalCloud: boolean,
): ClusterServer | undefined {
  const { dnsEndpointConfig, ipEndpointsConfig } = controlPlaneEndpointsConfig ?? {};
  const dnsName = dnsEndpointConfig?.endpoint ?? "";
  if (dnsEndpointConfig?.allowExternalTraffic === true && isGkeName(dnsName)) {
    return { url: `https://${dnsName}`, isPublicCa: true };
  }
  const { enabled, enablePublicEndpoint, publicEndpoint, privateEndpoint } = ipEndpointsConfig ?? {};
  const mayUseIp = enabled !== false || dnsName === "";
  const preferred = enablePublicEndpoint === true ? publicEndpoint : undefined;
  const addresses = mayUseIp ? [preferred, endpoint, publicEndpoint, privateEndpoint] : [];
  const address = addresses.find((text) => isApiAddress(text, isLocalCloud));
  if (address !== undefined) return { url: `https://${address}`, isPublicCa: false };
  const name = isGkeName(dnsName) ? dnsName : (endpoint ?? "");
  return isGkeName(name) ? { url: `https://${name}`, isPublicCa: true } : undefined;
}

function isGkeName(name: string): boolean {
  return name.endsWith(DNS_SUFFIX) && /^[a-z0-9.-]+$/.test(name);
}
