import { CloudError } from "@flotilla/core";

interface Page<T> {
  readonly items: readonly T[];
  readonly nextToken: string | undefined;
}

/** How far a list was read. */
export interface Progress<T> {
  readonly items: T[];
  /** Every token that was given, the next page's last. */
  readonly tokens: Set<string>;
  nextToken: string | undefined;
}

/** Nothing was read yet. */
export function startOfList<T>(): Progress<T> {
  return { items: [], tokens: new Set(), nextToken: undefined };
}

/**
 * Follows page tokens to the end, from where `progress` is; it holds what was read when a page fails. A token that was given
 * before would go round for ever: that is an error of the service (or of whoever stands between), told as such.
 */
export async function allPages<T>(
  what: string,
  read: (nextToken: string | undefined) => Promise<Page<T>>,
  progress: Progress<T> = startOfList(),
): Promise<readonly T[]> {
  const { items, tokens } = progress;
  do {
    const page = await read(progress.nextToken);
    items.push(...page.items);
    const nextToken = page.nextToken === "" ? undefined : page.nextToken;
    if (nextToken !== undefined && tokens.has(nextToken)) {
      throw new CloudError(
        "transient",
        `${what}: the page token repeats after ${items.length} items, so the list has no end; is there a proxy? else look again later`,
      );
    }
    if (nextToken !== undefined) tokens.add(nextToken);
    progress.nextToken = nextToken;
  } while (progress.nextToken !== undefined);
  return items;
}
