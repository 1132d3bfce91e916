import { CloudError, isJsonObject } from "@flotilla/core";

/** Members of a credentials file that say where the credentials are sent. */
const ENDPOINTS = ["token_url", "token_uri", "service_account_impersonation_url"] as const;

/**
 * Credentials of workload and workforce identity are traded for a token wherever their file says; the library believes it. Only
 * Google may be there, or what the configuration put in its place.
 *
 * @throws CloudError `policy`
 */
export function refuseForeignEndpoints(file: unknown, isKnown: (url: URL) => boolean): void {
  const { source_credentials: source, ...own } = isJsonObject(file) ? file : {};
  if (source !== undefined) refuseForeignEndpoints(source, isKnown); // of an impersonated service account
  for (const name of ENDPOINTS) {
    const url = own[name];
    if (url === undefined || (typeof url === "string" && URL.canParse(url) && isKnown(new URL(url)))) continue;
    const host = typeof url === "string" && URL.canParse(url) ? new URL(url).host : "no URL";
    throw new CloudError(
      "policy",
      `gcp: ${name} of the credentials file names ${host}, which is no Google API host; nothing was sent to it`,
    );
  }
}
