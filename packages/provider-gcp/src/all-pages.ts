import { CloudError } from "@flotilla/core";

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/**
 * Follows page tokens to the end. A token that was given before would go round for ever: that is an error of the service (or
 * of whoever stands between), told as such.
 */
export async function allPages<T>(
  what: string,
  read: (nextToken: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let nextToken: string | undefined;
  do {
    const page = await read(nextToken);
    items.push(...page.items);
    nextToken = page.nextToken === "" ? undefined : page.nextToken;
    if (nextToken !== undefined && seen.has(nextToken)) {
      throw new CloudError(
        "internal",
        `${what}: the page token repeats after ${items.length} items; the list has no end`,
      );
    }
    if (nextToken !== undefined) seen.add(nextToken);
  } while (nextToken !== undefined);
  return items;
}
