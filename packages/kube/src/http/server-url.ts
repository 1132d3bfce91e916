import { CloudError } from "@flotilla/core";
import { isLoopback } from "./is-loopback.ts";

/** A server's address taken apart: requests go to `origin`, their paths behind `prefix`. */
export interface ServerUrl {
  readonly origin: string;
  /** Path of the server URL without a trailing slash, e.g. `/k8s/clusters/c-1` behind Rancher; mostly empty. */
  readonly prefix: string;
}

/**
 * Checks where credentials may go: https, or http on loopback; no user, query or fragment in the URL.
 *
 * @throws CloudError `invalid`
 */
export function parseServerUrl(clusterId: string, server: string): ServerUrl {
  const url = URL.parse(server);
  if (url === null) throw refused(clusterId, "is not an absolute URL; expected https://HOST:PORT");
  if (url.username !== "" || url.password !== "") {
    throw refused(clusterId, "holds a user or password; put credentials under the kubeconfig's users");
  }
  if (url.search !== "" || url.hash !== "")
    throw refused(clusterId, "has a query or fragment; expected https://HOST:PORT[/PATH]");
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw refused(clusterId, "is plain http; credentials travel over https only (http is accepted on loopback)");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:")
    throw refused(clusterId, `has protocol ${url.protocol}; expected https:`);
  return { origin: url.origin, prefix: url.pathname.replace(/\/+$/, "") };
}

/** The URL itself is not repeated: it may hold a password. */
function refused(clusterId: string, why: string): CloudError {
  return new CloudError("invalid", `${clusterId}: the server's address ${why}`);
}
