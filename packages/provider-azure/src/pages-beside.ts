import { type Clock, type Ctx, isCloudError, isTimeout, withTimeout } from "@flotilla/core";
import { eachPage } from "./all-pages.ts";

/** Clusters wait no longer than this for what is read beside them: they are worth more than that. */
const TIMEOUT_MS = 10_000;

/** Reads pages of something that clusters can do without, as far as it may be read and is in time. Whether that was all. */
export async function eachPageBeside(
  { what, clock }: { readonly what: string; readonly clock: Clock },
  read: (link: string | undefined, ctx: Ctx) => Promise<string | undefined>,
  ctx: Ctx,
): Promise<boolean> {
  using timed = withTimeout(ctx, clock, TIMEOUT_MS);
  try {
    await eachPage(what, (link) => read(link, timed));
    return true;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (isCloudError(error) || isTimeout(error)) return false;
    throw error;
  }
}
