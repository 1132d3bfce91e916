import { BlockList, isIP } from "node:net";

/** `localhost`, 127.0.0.0/8 and ::1 as a URL's hostname writes them (IPv6 in brackets). Other names are not looked up. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  const family = isIP(host);
  if (family === 0) return false;
  const list = new BlockList();
  list.addSubnet("127.0.0.0", 8, "ipv4");
  list.addAddress("::1", "ipv6");
  return list.check(host, family === 6 ? "ipv6" : "ipv4");
}
