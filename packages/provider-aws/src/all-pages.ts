import { type Page, pagesOf } from "./pages-of.ts";

/** A whole list, or the error of any of its pages. */
export async function allPages<T>(
  what: string,
  read: (nextToken: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
  return (await Array.fromAsync(pagesOf(what, read))).flat();
}
