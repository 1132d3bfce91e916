/** What every pager of the Azure SDKs is. */
interface SdkPager<T> {
  byPage(settings?: { continuationToken?: string }): AsyncIterableIterator<readonly T[]>;
}

/** One page of an SDK's pager and the link to the next: page by page, so that each one goes through the call policy. */
export async function pageOf<T>(
  pager: SdkPager<T>,
  link: string | undefined,
): Promise<{ readonly items: readonly T[]; readonly nextLink: string | undefined }> {
  const pages = pager.byPage(link === undefined ? {} : { continuationToken: link });
  const { value } = await pages.next();
  const items = (value ?? []) as readonly T[] & { readonly continuationToken?: string };
  const nextLink = items.continuationToken;
  return { items: [...items], nextLink: nextLink === "" ? undefined : nextLink };
}
