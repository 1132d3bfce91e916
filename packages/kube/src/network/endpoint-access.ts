import type { ClusterEndpoint } from "@flotilla/core";
import { BlockList, isIP } from "node:net";
import { isLoopback } from "../http/is-loopback.ts";

/** Addresses that no packet from the internet reaches. Source: IANA special-purpose registries (RFC 1918, 6598, 3927, 4193, 4291). */
const PRIVATE: readonly (readonly [network: string, prefix: number, family: "ipv4" | "ipv6"])[] = [
  ["10.0.0.0", 8, "ipv4"],
  ["172.16.0.0", 12, "ipv4"],
  ["192.168.0.0", 16, "ipv4"],
  ["100.64.0.0", 10, "ipv4"],
  ["169.254.0.0", 16, "ipv4"],
  ["fc00::", 7, "ipv6"],
  ["fe80::", 10, "ipv6"],
];

/** What the address alone tells: a name may lead anywhere, so it is `unknown`. */
export function endpointAccess(server: string): ClusterEndpoint["access"] {
  const hostname = URL.parse(server)?.hostname ?? "";
  if (isLoopback(hostname)) return "private";
  const host = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host);
  if (family === 0) return "unknown";
  const list = new BlockList();
  for (const [network, prefix, type] of PRIVATE) list.addSubnet(network, prefix, type);
  return list.check(host, family === 6 ? "ipv6" : "ipv4") ? "private" : "public";
}
