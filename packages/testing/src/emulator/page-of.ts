import { stableHex } from "./stable-id.ts";

export interface PageInput {
  /** What the caller sent; `undefined` or empty is the first page. */
  readonly token: string | undefined;
  /** What the caller asked for, at most; already checked. */
  readonly size: number;
  /** What the list is of (action, scope, region, filters): a token of another list is refused. */
  readonly list: string;
  /** A fault asks for tokens that repeat. */
  readonly loops?: boolean;
}

export interface EmulatedPage<T> {
  readonly items: readonly T[];
  readonly nextToken?: string;
}

/** A page of a list, with an opaque token to the next. `undefined`: the token is none of this list. */
export function pageOf<T>(items: readonly T[], input: PageInput): EmulatedPage<T> | undefined {
  const from = input.token === undefined || input.token === "" ? 0 : offsetOf(input.token, input.list);
  if (from === undefined || from > items.length) return undefined;
  const page = items.slice(from, from + input.size);
  const next = from + page.length;
  if (input.loops === true) return { items: page, nextToken: tokenOf(0, input.list) };
  return next < items.length ? { items: page, nextToken: tokenOf(next, input.list) } : { items: page };
}

function tokenOf(offset: number, list: string): string {
  return Buffer.from(`${stableHex(16, "page", list)}:${offset}`).toString("base64");
}

function offsetOf(token: string, list: string): number | undefined {
  const match = /^([0-9a-f]{16}):(\d{1,9})$/.exec(Buffer.from(token, "base64").toString("latin1"));
  return match?.[1] === stableHex(16, "page", list) ? Number(match[2]) : undefined;
}
