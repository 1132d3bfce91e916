import type { Ctx } from "@flotilla/core";
import type { AzureCall } from "./azure-call.ts";
import type { AzureSession } from "./azure-session.ts";
import { type Page, type PageFormat, readPage } from "./read-page.ts";

const FORMAT: PageFormat = { items: "value", nextLink: "nextLink", withToken: true };

/** Reads a page of a list of Resource Manager that no SDK of ours asks. @throws CloudError as `readPage` */
export function readArmPage(session: AzureSession, call: AzureCall, url: string, ctx: Ctx): Promise<Page> {
  return readPage(session, call, { url, format: FORMAT }, ctx);
}
