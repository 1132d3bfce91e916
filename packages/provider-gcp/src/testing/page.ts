import { EmulatorRefusal, pageOf } from "@flotilla/testing";
import { errorReply, invalidArgument, invalidValue } from "./gcp-failure.ts";
import type { GcpCall } from "./gcp-world.ts";

/** How a list names its page size (Compute Engine in its own way), and what it is at most. */
export interface Paging {
  readonly sizeName: "pageSize" | "maxResults";
  readonly sizeDefault: number;
  readonly sizeMax: number;
}

/**
 * A page of a list, as the request asks for it. Too large a size is cut, but refused by Compute Engine; a negative one and a
 * foreign token are refused by all.
 */
export function page<T>(
  call: GcpCall,
  items: readonly T[],
  { sizeName, sizeDefault, sizeMax }: Paging,
): { readonly items: readonly T[]; readonly next: { readonly nextPageToken?: string } } {
  const { query, path } = call.request;
  const isCompute = sizeName === "maxResults";
  const refused = (field: string, problem: string): EmulatorRefusal => {
    const ofCompute = invalidValue(field, query.get(field) ?? "", problem);
    const ofOthers = invalidArgument(`Invalid value for field "${field}": ${problem}`);
    return new EmulatorRefusal(errorReply(isCompute ? ofCompute : ofOthers));
  };
  const asked = Number(query.get(sizeName) ?? "0");
  const askedMax = isCompute ? sizeMax : Number.MAX_SAFE_INTEGER;
  if (!Number.isInteger(asked) || asked < 0 || asked > askedMax) {
    throw refused(sizeName, `Acceptable values are 0 to ${askedMax}, inclusive.`);
  }
  const size = Math.min(asked === 0 ? sizeDefault : asked, sizeMax, call.world.pageSizeMax);
  const token = query.get("pageToken") ?? undefined;
  const list = `${path}?${query.get("filter") ?? ""}${query.get("query") ?? ""}`;
  const found = pageOf(items, { token, size, list, loops: call.loopsPages });
  if (found === undefined) throw refused("pageToken", "The token is not one of this list.");
  return { items: found.items, next: found.nextToken === undefined ? {} : { nextPageToken: found.nextToken } };
}
