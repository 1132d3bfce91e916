import { CloudError, type Ctx, isJsonObject } from "@flotilla/core";
import type { AzureCall } from "./azure-call.ts";
import { type AzureSession, send } from "./azure-session.ts";
import { getJson } from "./get-json.ts";

/** One page of a list, and the link to the next as the SDKs may follow it. */
export interface ArmPage {
  readonly items: readonly unknown[];
  readonly nextLink: string | undefined;
}

/** Reads a page of a list of Resource Manager that no SDK of ours asks. @throws CloudError `internal` for an answer without a list */
export async function readArmPage(session: AzureSession, call: AzureCall, url: string, ctx: Ctx): Promise<ArmPage> {
  const body = await send(session, call, (sdk) => getJson(sdk, url, { withToken: true }), ctx);
  const { value, nextLink } = isJsonObject(body) ? body : {};
  if (!Array.isArray(value)) {
    throw new CloudError("internal", `azure ${call.action}: the answer holds no list; is there a proxy?`);
  }
  const isLink = typeof nextLink === "string" && nextLink !== "";
  return { items: value, nextLink: isLink ? session.transport.canonicalLink(nextLink) : undefined };
}
