import type { AzureTransport } from "./transport.ts";

/** What every pager of the Azure SDKs is. */
interface SdkPager<T> {
  byPage(settings?: { continuationToken?: string }): AsyncIterableIterator<readonly T[]>;
}

/**
 * One page of an SDK's pager: page by page, so that each one goes through the call policy. The link to the next is as the
 * service gave it; it is checked when it is followed, so that a bad one takes nothing away of what was read.
 *
 * @throws CloudError `policy` for a link to a foreign host
 */
export async function pageOf<T>(
  pager: SdkPager<T>,
  link: string | undefined,
  transport: AzureTransport,
): Promise<{ readonly items: readonly T[]; readonly nextLink: string | undefined }> {
  const pages = pager.byPage(link === undefined ? {} : { continuationToken: transport.canonicalLink(link) });
  const { value } = await pages.next();
  const items = (value ?? []) as readonly T[] & { readonly continuationToken?: string };
  const nextLink = items.continuationToken;
  return { items: [...items], nextLink: nextLink === "" ? undefined : nextLink };
}
