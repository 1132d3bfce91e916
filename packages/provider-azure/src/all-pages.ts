import { CloudError } from "@flotilla/core";

/** A subscription holds 5,000 clusters at most, and the price list of a region as many lines. Source: AKS quotas. */
const PAGES_MAX = 10_000;

/**
 * Follows links to the end. `read` takes a page and gives the link to the next. A link that was given before would go round
 * for ever, and so would links that never end: that is an error of the service (or of whoever stands between), told as such.
 *
 * @throws CloudError `transient`
 */
export async function eachPage(
  what: string,
  read: (link: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  const seen = new Set<string>();
  for (let link = await read(undefined); link !== undefined; link = await read(link)) {
    if (seen.has(link) || seen.size === PAGES_MAX) {
      const why = seen.has(link) ? "the link to the next page repeats" : `there are more than ${PAGES_MAX} pages`;
      throw new CloudError(
        "transient",
        `${what}: ${why}, so the list has no end; is there a proxy? if not, try again later`,
      );
    }
    seen.add(link);
  }
}
