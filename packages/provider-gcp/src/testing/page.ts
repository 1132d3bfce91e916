import { EmulatorRefusal, pageOf } from "@flotilla/testing";
import { errorReply, invalidArgument } from "./gcp-failure.ts";
import type { GcpCall } from "./gcp-world.ts";

/** How a list names its page size, and what it is at most. */
export interface Paging {
  readonly sizeName: "pageSize" | "maxResults";
  readonly sizeDefault: number;
  readonly sizeMax: number;
}

/** A page of a list, as the request asks for it. Too large a size is cut, a negative one and a foreign token refused. */
export function page<T>(
  call: GcpCall,
  items: readonly T[],
  { sizeName, sizeDefault, sizeMax }: Paging,
): { readonly items: readonly T[]; readonly next: { readonly nextPageToken?: string } } {
  const { query, path } = call.request;
  const asked = Number(query.get(sizeName) ?? "0");
  if (!Number.isInteger(asked) || asked < 0) throw refused(`Invalid value for field "${sizeName}".`);
  const size = Math.min(asked === 0 ? sizeDefault : asked, sizeMax, call.world.pageSizeMax);
  const token = query.get("pageToken") ?? undefined;
  const list = `${path}?${query.get("filter") ?? ""}${query.get("query") ?? ""}`;
  const found = pageOf(items, { token, size, list, loops: call.loopsPages });
  if (found === undefined) throw refused('Invalid value for field "pageToken": the token is not one of this list.');
  return { items: found.items, next: found.nextToken === undefined ? {} : { nextPageToken: found.nextToken } };
}

function refused(message: string): EmulatorRefusal {
  return new EmulatorRefusal(errorReply(invalidArgument(message)));
}
