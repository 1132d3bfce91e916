import { CloudError } from "@flotilla/core";

/** One page of a list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * The pages of a list, one after the other. A token that was given before would go round for ever: that is an error of the
 * service (or of whoever stands between), told as such.
 */
export async function* pagesOf<T>(
  what: string,
  read: (nextToken: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[], void, undefined> {
  const seen = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await read(nextToken);
    nextToken = page.nextToken === "" ? undefined : page.nextToken;
    if (nextToken !== undefined && seen.has(nextToken)) {
      const why = `the page token repeats after ${seen.size} pages, and the list has no end`;
      throw new CloudError("transient", `${what}: ${why}; is there a proxy between? Try again later`, {
        code: "RepeatedPageToken",
      });
    }
    if (nextToken !== undefined) seen.add(nextToken);
    yield page.items;
  } while (nextToken !== undefined);
}
