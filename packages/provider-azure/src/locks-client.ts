import { type Ctx, isJsonObject } from "@flotilla/core";
import { readArmPage } from "./arm-page.ts";
import type { AzureSession } from "./azure-session.ts";
import { ARM_ORIGIN } from "./hosts.ts";

/** The one call of Azure's locks. On the pipeline that the SDKs are made of: there is one list to read. */
export interface LocksClient {
  /** One page of the locks on a subscription and on everything in it. */
  listLocks(link: string | undefined, ctx: Ctx): Promise<LockPage>;
}

/** Locks of one page, by the resource id of what they keep from being deleted, in lower case; and the link to the next. */
interface LockPage {
  readonly lockedIds: readonly string[];
  readonly nextLink: string | undefined;
}

/** The latest version of Microsoft.Authorization locks. */
const API_VERSION = "2020-05-01";
/** A read-only thing is not deleted either. */
const GUARDING: ReadonlySet<unknown> = new Set(["CanNotDelete", "ReadOnly"]);

/** Opens the client; nothing is asked before the first call. */
export function openLocksClient(session: AzureSession, subscription: string): LocksClient {
  const path = `/subscriptions/${encodeURIComponent(subscription)}/providers/Microsoft.Authorization/locks`;
  const firstPage = `${ARM_ORIGIN}${path}?api-version=${API_VERSION}`;
  return {
    async listLocks(link, ctx) {
      const call = { action: "locks.list", subscription };
      const { items, nextLink } = await readArmPage(session, call, link ?? firstPage, ctx);
      return { lockedIds: items.flatMap(toLockedId), nextLink };
    },
  };
}

/** A lock's id is the id of what it locks and its own name behind that. */
function toLockedId(item: unknown): readonly string[] {
  if (!isJsonObject(item) || typeof item["id"] !== "string" || !isJsonObject(item["properties"])) return [];
  const [, locked] = /^(.+)\/providers\/microsoft\.authorization\/locks\/[^/]+$/.exec(item["id"].toLowerCase()) ?? [];
  return locked === undefined || !GUARDING.has(item["properties"]["level"]) ? [] : [locked];
}
