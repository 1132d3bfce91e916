import { CloudError } from "@flotilla/core";
import type { AzureOptions } from "./azure-options.ts";

/** The SDKs build their URLs on this one, whatever the override: so links in answers and stored states stay real. */
export const ARM_ORIGIN = "https://management.azure.com";
/** The retail price API; public, no credentials. */
export const PRICES_ORIGIN = "https://prices.azure.com";

/** Where requests for each of Azure's own hosts go. */
export interface AzureHosts {
  /**
   * Where a request for `url` is sent: Azure's own hosts, or what the configuration put in their place. One that carries a token
   * goes to Resource Manager alone: the price list takes none, and a link in an answer may lead there.
   *
   * @throws CloudError `policy` for any other host: nothing is sent to it.
   */
  route(url: string, carriesToken: boolean): URL;
  /** A link out of an answer, as the SDKs may follow it: on Azure's own host. @throws CloudError `policy` */
  canonical(link: string): string;
  /** Whether an override stands for Resource Manager, and its host name. */
  readonly armHostname: string | undefined;
}

/** Azure's own hosts under the overrides of a configuration. */
export function hostsOf({ endpoint, endpoints }: AzureOptions): AzureHosts {
  const overrides = new Map<string, URL>();
  const arm = endpoints?.arm ?? endpoint;
  const prices = endpoints?.prices ?? endpoint;
  if (arm !== undefined) overrides.set(ARM_ORIGIN, endpointOf(arm));
  if (prices !== undefined) overrides.set(PRICES_ORIGIN, endpointOf(prices));
  const canonical = (link: string): string => {
    const url = URL.parse(link);
    if (url !== null && isOwn(url.origin)) return url.href;
    for (const [origin, override] of overrides) {
      // Prices and Resource Manager can share a server: the path tells which it is.
      const isPrices = url?.pathname.startsWith("/api/") === true;
      if (url?.origin === override.origin && isPrices === (origin === PRICES_ORIGIN)) return moved(url, origin).href;
    }
    throw refused(url);
  };
  return {
    canonical,
    route(text, carriesToken) {
      const url = URL.parse(text);
      if (url === null || !isOwn(url.origin)) throw refused(url);
      if (carriesToken && url.origin !== ARM_ORIGIN) {
        throw new CloudError("policy", `azure: ${url.host} takes no token; nothing was sent to it`);
      }
      const override = overrides.get(url.origin);
      return override === undefined ? url : moved(url, override.origin);
    },
    armHostname: overrides.get(ARM_ORIGIN)?.hostname,
  };
}

/** Options of a configuration were checked before; those that come from code were not. */
function endpointOf(text: string): URL {
  const url = URL.parse(text);
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === "" && url.password === "";
  if (isPlain && isOrigin(url)) return url;
  throw new CloudError("invalid", "azure: an endpoint of the options is no http or https URL of scheme, host and port");
}

/** Whether there is nothing behind host and port. */
export function isOrigin({ pathname, search, hash }: URL): boolean {
  return ["", "/"].includes(`${pathname}${search}${hash}`);
}

function isOwn(origin: string): boolean {
  return origin === ARM_ORIGIN || origin === PRICES_ORIGIN;
}

function moved({ pathname, search }: URL, origin: string): URL {
  return new URL(`${origin}${pathname}${search}`);
}

/** Only the host is repeated: the rest of a link can hold a signature. */
function refused(url: URL | null): CloudError {
  const host = url === null ? "an address that is no URL" : url.host;
  return new CloudError("policy", `azure: ${host} is no Azure host and no configured endpoint; nothing was sent to it`);
}
