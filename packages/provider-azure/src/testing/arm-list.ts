import { type EmulatorReply, jsonReply, pageOf } from "@flotilla/testing";
import { armError, refuse } from "./azure-failure.ts";
import { type AzureRequest, baseUrl } from "./azure-request.ts";

/** What one page of a list holds at most when nobody says otherwise. */
const PAGE_SIZE = 100;

/** A page of a list, rendered alone of all, with an absolute link to the next as Resource Manager gives it. */
export function armList<T>(asked: AzureRequest, items: readonly T[], render: (item: T) => unknown): EmulatorReply {
  const { request, context, world } = asked;
  const token = request.query.get("$skiptoken") ?? request.query.get("$skipToken") ?? undefined;
  const page = pageOf(items, {
    token,
    size: Math.min(PAGE_SIZE, world.pageSizeMax),
    list: `${request.path.toLowerCase()} ${context.action}`,
    loops: context.loopsPages,
  });
  if (page === undefined) refuse(armError(400, "InvalidSkipToken", "The provided skip token is invalid."));
  const value = page.items.map((item) => render(item));
  if (page.nextToken === undefined) return jsonReply(200, { value });
  const query = new URLSearchParams({
    "api-version": request.query.get("api-version") ?? "",
    $skiptoken: page.nextToken,
  });
  return jsonReply(200, { value, nextLink: `${baseUrl(asked)}${request.path}?${query.toString()}` });
}
