import { CloudError, type Ctx, isJsonObject } from "@flotilla/core";
import type { AzureCall } from "./azure-call.ts";
import { type AzureSession, send } from "./azure-session.ts";
import { getJson } from "./get-json.ts";

/** One page of a list, and the link to the next as the service gave it: whoever reads on checks where it leads. */
export interface Page {
  readonly items: readonly unknown[];
  readonly nextLink: string | undefined;
}

/** What a service calls the parts of its pages, and whether it takes a token. */
export interface PageFormat {
  readonly items: string;
  readonly nextLink: string;
  readonly withToken: boolean;
}

/**
 * Reads a page of a list that no SDK of ours asks, at an address of the service or at a link of its answer.
 *
 * @throws CloudError `transient` for an answer that is no page, `policy` for a link to a foreign host
 */
export function readPage(
  session: AzureSession,
  call: AzureCall,
  { url, format }: { readonly url: string; readonly format: PageFormat },
  ctx: Ctx,
): Promise<Page> {
  const { items: itemsName, nextLink: linkName, withToken } = format;
  return send(
    session,
    call,
    async (sdk) => {
      const body = await getJson(sdk, session.transport.canonicalLink(url), { withToken });
      const { [itemsName]: items, [linkName]: link } = isJsonObject(body) ? body : {};
      // The last page has no link, or null, or an empty one.
      const nextLink = link ?? "";
      if (!Array.isArray(items) || typeof nextLink !== "string") {
        throw new CloudError("transient", `azure ${call.action}: the answer is no page of a list; is there a proxy?`);
      }
      return { items, nextLink: nextLink === "" ? undefined : nextLink };
    },
    ctx,
  );
}
