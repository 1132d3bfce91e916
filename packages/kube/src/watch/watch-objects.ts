import { isCloudError, type Clock, type CloudErrorKind, type Ctx, type KindInfo } from "@flotilla/core";
import { withDeadline, type Random, type WatchEvent, type WatchInput } from "@flotilla/core";
import { listObjects } from "../cluster/list-objects.ts";
import type { KubeHttp } from "../http/kube-http.ts";
import { Attention } from "./attention.ts";
import { followStream, type StreamEnd } from "./follow-stream.ts";
import { ReconnectPace } from "./reconnect-pace.ts";
import { SeenObjects } from "./seen-objects.ts";
import { watchedObject } from "./watched-object.ts";
import { publishWatch, type KubeWatchEvent } from "./watch-channel.ts";

export interface WatchDeps {
  readonly http: KubeHttp;
  readonly clock: Clock;
  readonly random: Random;
}

/** After so many broken streams in a row at one place the place itself is given up: a new list steps over what breaks it. */
const BROKEN_MAX = 3;

/** Before the first list is through, these are answers to the caller's question; later they may pass, so the watch goes on. */
const HOPELESS: ReadonlySet<CloudErrorKind> = new Set<CloudErrorKind>([
  "denied",
  "disabled",
  "internal",
  "invalid",
  "notFound",
  "policy",
  "unauthenticated",
]);

/**
 * List, watch, and again, until aborted. State is what has been seen and the version to go on from; losing the version means
 * listing again, and the difference to what was seen is told as events. They come in batches, none of them empty.
 */
export async function* watchObjects(
  deps: WatchDeps,
  findKind: (ctx: Ctx) => Promise<KindInfo>,
  input: WatchInput,
  outer: Ctx,
): AsyncGenerator<readonly WatchEvent[], void, undefined> {
  using bounded = outer.deadlineMs === undefined ? undefined : withDeadline(outer, deps.clock, outer.deadlineMs);
  const ctx: Ctx = { signal: bounded?.signal ?? outer.signal };
  const watching = new Watching(deps, input);
  while (!ctx.signal.aborted) {
    try {
      const kind = await findKind(ctx);
      if (watching.version === undefined) yield* watching.list(kind, ctx);
      else yield* watching.follow(kind, ctx);
    } catch (error) {
      if (ctx.signal.aborted) return;
      if (!watching.hasListed && isHopeless(error)) throw error;
      watching.failed(error);
    }
    await deps.clock.sleep(watching.pauseMs, { signal: ctx.signal }).catch(() => undefined);
  }
}

function isHopeless(error: unknown): boolean {
  return !isCloudError(error) || HOPELESS.has(error.kind);
}

class Watching {
  readonly #deps: WatchDeps;
  readonly #input: WatchInput;
  readonly #seen: SeenObjects;
  readonly #pace: ReconnectPace;
  readonly #attention = new Attention();
  #brokenInARow = 0;
  /** Where the next stream goes on; `undefined`: list first. */
  version: string | undefined;
  hasListed = false;
  pauseMs = 0;

  constructor(deps: WatchDeps, input: WatchInput) {
    this.#deps = deps;
    this.#input = input;
    this.#seen = new SeenObjects(input);
    this.#pace = new ReconnectPace(deps.random);
  }

  async *list(kind: KindInfo, ctx: Ctx): AsyncGenerator<readonly WatchEvent[], void, undefined> {
    let resourceVersion = "";
    this.#seen.startList();
    for await (const page of listObjects(this.#deps.http, kind, this.#input, ctx)) {
      if (page.restarted === true) this.#seen.startList();
      const batch = page.items.flatMap((object) => this.#seen.listed(watchedObject(object)));
      if (batch.length > 0) yield batch;
      resourceVersion = page.resourceVersion;
    }
    const gone = this.#seen.endList();
    this.version = resourceVersion;
    this.hasListed = true;
    this.pauseMs = 0;
    this.#tell("listed");
    yield [...gone, { type: "synced", resourceVersion }];
  }

  async *follow(kind: KindInfo, ctx: Ctx): AsyncGenerator<readonly WatchEvent[], void, undefined> {
    const end: StreamEnd = { version: this.version ?? "", why: "ended", heardAny: false };
    try {
      const state = { seen: this.#seen, attention: this.#attention, end };
      yield* followStream(this.#deps, kind, this.#input, state, ctx);
    } finally {
      this.version = end.version;
      if (end.heardAny) {
        this.#pace.works();
        this.#brokenInARow = 0;
      }
    }
    this.#after(end);
  }

  failed(error: unknown): void {
    if (isCloudError(error, "stale") || isTooLargeVersion(error)) {
      this.version = undefined;
      this.pauseMs = this.#pace.afterFailureMs();
      this.#tell("expired");
      return;
    }
    this.pauseMs = this.#pace.afterFailureMs(isCloudError(error) ? error.retryAfterMs : undefined);
    this.#tell("failed", error instanceof Error ? error.message : undefined);
  }

  #after(end: StreamEnd): void {
    this.#tell(end.why, end.message);
    if (end.why === "expired") {
      this.version = undefined;
      this.pauseMs = end.heardAny ? 0 : this.#pace.afterFailureMs();
      return;
    }
    if (end.why === "broken") {
      this.#brokenInARow += 1;
      if (this.#brokenInARow >= BROKEN_MAX) this.version = undefined;
    }
    const fine = end.why === "ended" && end.heardAny;
    this.pauseMs = fine ? this.#pace.afterEndMs() : this.#pace.afterFailureMs();
  }

  #tell(what: KubeWatchEvent["what"], message?: string): void {
    const { apiVersion, kind } = this.#input;
    const event = { clusterId: this.#deps.http.id, apiVersion, kind, what, objects: this.#seen.size };
    publishWatch(message === undefined ? event : { ...event, message });
  }
}

/** The server knows only older versions than ours: its store was restored from a backup, or it lags. Source: apiserver `NewTooLargeResourceVersionError`. */
function isTooLargeVersion(error: unknown): boolean {
  return isCloudError(error) && error.status === 504 && /too large resource version/i.test(error.vendorMessage ?? "");
}
