import { isLoopbackHost } from "./is-loopback-host.ts";

/**
 * Whether what is sent to `text` stays between this machine and that server: https, or http that does not leave the machine.
 * Endpoints that get tokens or signed requests are held to it. User names and passwords in a URL are refused: they would end
 * up in messages.
 */
export function isConfidentialUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== "" || url.password !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
}
