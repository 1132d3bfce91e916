import { CloudError, isLoopbackHost } from "@flotilla/core";
import type { AksCluster } from "./aks-types.ts";

/** Of every API server of AKS in the public cloud; private DNS zones must end with it too. Source: AKS documentation. */
const AKS_SUFFIX = ".azmk8s.io";

/**
 * Says where a token may go: to the server of the cluster itself, as Resource Manager knows it, under AKS's own domains. Where
 * the configuration put a server in place of Resource Manager, to that machine too.
 *
 * @throws CloudError `invalid` for any other server: an address in a kubeconfig alone is no reason to trust it.
 */
export function checkServer(
  server: string,
  input: { readonly clusterId: string; readonly cluster: AksCluster; readonly armHostname: string | undefined },
): string {
  const { clusterId, cluster, armHostname } = input;
  const url = URL.parse(server);
  if (url === null || url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    throw refused(clusterId, "names no plain URL");
  }
  const isLocal = isLoopbackHost(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) throw refused(clusterId, "is not https");
  const own = [cluster.fqdn, cluster.privateFqdn].filter((host) => host !== undefined).map(bare);
  if (!own.includes(bare(url.hostname)))
    throw refused(clusterId, `is at ${url.hostname}, which is not the cluster's name`);
  const isAzure = bare(url.hostname).endsWith(AKS_SUFFIX);
  const isOverride =
    armHostname !== undefined && (armHostname === url.hostname || (isLocal && isLoopbackHost(armHostname)));
  if (!isAzure && !isOverride) throw refused(clusterId, `is at ${url.hostname}, which is no name of AKS`);
  return server;
}

/** Without port, in lower case. */
function bare(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, "");
}

function refused(clusterId: string, why: string): CloudError {
  return new CloudError("invalid", `the API server that AKS gave for ${clusterId} ${why}; no token is sent there`);
}
