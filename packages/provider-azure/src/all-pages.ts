import { CloudError } from "@flotilla/core";

/**
 * Follows links to the end. `read` takes a page and gives the link to the next. A link that was given before would go round
 * for ever: that is an error of the service (or of whoever stands between), told as such.
 */
export async function eachPage(
  what: string,
  read: (link: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  const seen = new Set<string>();
  for (let link = await read(undefined); link !== undefined; link = await read(link)) {
    if (seen.has(link)) {
      throw new CloudError("internal", `${what}: the link to the next page repeats; the list has no end`);
    }
    seen.add(link);
  }
}
