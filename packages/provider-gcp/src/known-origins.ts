import type { GcpOptions } from "./gcp-options.ts";

/** Whether a token may go to a URL: Google's API hosts over https, or exactly what the configuration named. */
export function originsOf(options: GcpOptions): (url: URL) => boolean {
  const configured = new Set(
    [options.endpoint, ...Object.values(options.endpoints ?? {})]
      .filter((url) => url !== undefined)
      .map((url) => new URL(url).origin),
  );
  return (url) => configured.has(url.origin) || isGoogleApi(url);
}

function isGoogleApi({ protocol, hostname, port, username }: URL): boolean {
  return protocol === "https:" && port === "" && username === "" && hostname.endsWith(".googleapis.com");
}
