import { CloudError, isLoopbackHost } from "@flotilla/core";
import { partitionOf } from "./partition.ts";

/**
 * Says where a token may go: to EKS's own names in the partition of the cluster, by https. The certificate authority comes out
 * of the same answer, so it proves nothing of the name. Where the configuration put a server on this machine in place of EKS,
 * its clusters may be on this machine too.
 *
 * @throws CloudError `policy` for any other server.
 */
export function checkEksServer(
  server: string,
  input: { readonly clusterId: string; readonly region: string; readonly eksEndpoint: string | undefined },
): string {
  const { clusterId, region, eksEndpoint } = input;
  const url = URL.parse(server);
  const { hostname = "" } = url ?? {};
  const isPlain = url !== null && url.username === "" && url.password === "" && url.search === "" && url.hash === "";
  const isEks = url?.protocol === "https:" && isEksName(hostname, region);
  if (isPlain && (isEks || (isLocalUrl(url) && isLocalUrl(URL.parse(eksEndpoint ?? ""))))) return server;
  throw new CloudError(
    "policy",
    `the API server that EKS gave for ${clusterId} is ${url === null ? "no URL" : `at ${url.protocol}//${url.host}`}; ` +
      `expected https and a name of EKS such as *.${region}.eks.${partitionOf(region).dnsSuffix}: no token is sent there`,
  );
}

function isLocalUrl(url: URL | null): boolean {
  return url !== null && /^https?:$/.test(url.protocol) && isLoopbackHost(url.hostname);
}

/**
 * `ID.gr7.REGION.eks.amazonaws.com`; of IPv6 clusters `ID.gr7.eks-cluster.REGION.api.aws`. Behind these names are no
 * customers' servers. Source: EKS user guide, "Cluster API server endpoint".
 */
function isEksName(hostname: string, region: string): boolean {
  const { dnsSuffix, dualStackSuffix } = partitionOf(region);
  return [
    `.eks.${dnsSuffix}`,
    `.eks.${region}.${dnsSuffix}`,
    `.eks.${region}.${dualStackSuffix}`,
    `.eks-cluster.${region}.${dualStackSuffix}`,
  ].some((suffix) => hostname.endsWith(suffix));
}
