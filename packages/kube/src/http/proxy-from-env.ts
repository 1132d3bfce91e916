import { isLoopback } from "./is-loopback.ts";

/**
 * The proxy that `HTTPS_PROXY` and `NO_PROXY` (either case) name for a server, as Go and so kubectl read them: no proxy for
 * loopback, `*`, exact hosts, and domains with everything below them. Address ranges in `NO_PROXY` are not understood.
 */
export function proxyFromEnv(server: string, env: Readonly<Record<string, string | undefined>>): string | undefined {
  const url = URL.parse(server);
  const proxy = env["HTTPS_PROXY"] ?? env["https_proxy"] ?? "";
  if (url === null || url.protocol !== "https:" || proxy === "" || isLoopback(url.hostname)) return undefined;
  const exceptions = (env["NO_PROXY"] ?? env["no_proxy"] ?? "").split(",").map((item) => item.trim().toLowerCase());
  if (exceptions.some((exception) => covers(exception, url))) return undefined;
  return proxy.includes("://") ? proxy : `http://${proxy}`;
}

function covers(exception: string, url: URL): boolean {
  if (exception === "*") return true;
  const host = exception.replace(/:(\d+)$/, "");
  const port = /:(\d+)$/.exec(exception)?.[1];
  if (host === "" || (port !== undefined && port !== (url.port === "" ? "443" : url.port))) return false;
  const name = host.replace(/^\*?\./, "");
  const isDomainOnly = host !== name;
  return url.hostname.endsWith(`.${name}`) || (!isDomainOnly && url.hostname === name);
}
