import { BlockList, isIP } from "node:net";

/**
 * Whether an API server may be at an address, which an answer names and the token goes to: an IP address, at the port of https.
 * This machine and other ports are only for a cloud that is itself on this machine: at Google nothing is there.
 */
export function isApiAddress(text: string | null | undefined, isLocalCloud: boolean): text is string {
  if (typeof text !== "string") return false;
  const [, v6, v4, port = "443"] = /^(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const address = v6 ?? v4 ?? "";
  if (isIP(address) === 0 || Number(port) > 65_535 || isIn(address, NOBODY)) return false;
  return isLocalCloud || (port === "443" && !isIn(address, LOOPBACK));
}

/** Whether a URL leads to this machine. */
export function isOnThisMachine(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || isIn(host, LOOPBACK);
}

type Subnet = readonly [network: string, prefix: number, family: "ipv4" | "ipv6"];

const LOOPBACK: readonly Subnet[] = [
  ["127.0.0.0", 8, "ipv4"],
  ["::1", 128, "ipv6"],
];

/** Link-local (metadata servers), unspecified, multicast, broadcast: no API server is there. */
const NOBODY: readonly Subnet[] = [
  ["169.254.0.0", 16, "ipv4"],
  ["0.0.0.0", 8, "ipv4"],
  ["224.0.0.0", 4, "ipv4"],
  ["255.255.255.255", 32, "ipv4"],
  ["fe80::", 10, "ipv6"],
  ["::", 128, "ipv6"],
  ["ff00::", 8, "ipv6"],
];

/** An IPv4 address that is written as an IPv6 one (`::ffff:127.0.0.1`) counts as what it is. */
function isIn(address: string, subnets: readonly Subnet[]): boolean {
  const list = new BlockList();
  for (const subnet of subnets) list.addSubnet(...subnet);
  return list.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}
