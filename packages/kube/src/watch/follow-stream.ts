import type { Clock, Ctx, KindInfo, Random, WatchEvent, WatchInput } from "@flotilla/core";
import { collectionPath, queryOf } from "../cluster/resource-path.ts";
import type { KubeHttp, KubeStream } from "../http/kube-http.ts";
import { readStatusBody } from "../http/status-body.ts";
import type { Attention } from "./attention.ts";
import { LineSplitter } from "./line-splitter.ts";
import type { SeenObjects } from "./seen-objects.ts";
import { SilenceGuard } from "./silence-guard.ts";
import { readWatchLine, type WatchLine } from "./watch-line.ts";

/** How a stream ended and how far it got. Filled while it runs, so that it is true also when the reader leaves in the middle. */
export interface StreamEnd {
  /** The last version that was told in full: the next stream goes on from here. */
  version: string;
  why: "ended" | "lost" | "silent" | "refused" | "expired" | "broken";
  message?: string;
  heardAny: boolean;
}

const LIVENESS_MS = 300_000;
/** As in client-go: the server is asked to end each watch after 5 to 10 minutes, so that load can move to other servers. */
const WATCH_SECONDS_MIN = 300;

/**
 * One connection's worth of events, in batches as chunks bring them: a turn of a generator for each event would cost as much
 * as reading it. @throws CloudError when it cannot be opened; how it ended otherwise is told in `end`.
 */
export async function* followStream(
  deps: { readonly http: KubeHttp; readonly clock: Clock; readonly random: Random },
  kind: KindInfo,
  input: WatchInput,
  { seen, attention, end }: { readonly seen: SeenObjects; readonly attention: Attention; readonly end: StreamEnd },
  ctx: Ctx,
): AsyncGenerator<readonly WatchEvent[], void, undefined> {
  using stream = await deps.http.open(streamRequest(kind, input, end.version, deps.random), ctx);
  using silence = new SilenceGuard(deps.clock, input.livenessMs ?? LIVENESS_MS, () => {
    end.why = "silent";
    stream.abort();
  });
  const reading: Reading = { splitter: new LineSplitter(), attention, end };
  for (;;) {
    const chunk = await nextChunk(stream, end);
    if (chunk === undefined) break;
    silence.heard();
    reading.splitter.push(chunk);
    const batch: WatchEvent[] = [];
    for (let line = nextLine(reading); line !== undefined; line = nextLine(reading)) {
      end.heardAny = true;
      for (const event of eventsOf(line, seen)) batch.push(event);
      end.version = line.type === "bookmark" ? line.resourceVersion : line.watched.resourceVersion;
    }
    if (batch.length > 0) yield batch;
    takeBroken(reading, seen);
    if (end.why !== "ended") return;
  }
  if (reading.splitter.pendingBytes > 0 && end.why === "ended") end.why = "lost";
}

/** The next chunk; `undefined` at the end, however it came. A lost stream is no error: the next one goes on where it was. */
async function nextChunk(stream: KubeStream, end: StreamEnd): Promise<Buffer | undefined> {
  try {
    return await stream.next();
  } catch (error) {
    if (end.why === "ended") {
      end.why = "lost";
      if (error instanceof Error) end.message = error.message;
    }
    return undefined;
  }
}

/** The next line with an object; `undefined` when a further chunk is needed or the stream is over, then `end` says why. */
function nextLine({ splitter, attention, end }: Reading): ObjectLine | undefined {
  try {
    const found = splitter.next();
    if (found === undefined) return undefined;
    const line = readWatchLine(found, attention, end.version);
    if (line.type !== "error" && line.type !== "broken") return line;
    end.why = line.type === "broken" ? "broken" : whyOf(line.status);
    end.message =
      line.type === "broken" ? line.why : (readStatusBody(line.status)?.message ?? "an error without a status");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    end.why = "broken";
    end.message = error.message;
  }
  return undefined;
}

/** A look at a told event found it broken: go back to before it. */
function takeBroken({ attention, end }: Reading, seen: SeenObjects): void {
  const broken = attention.takeBroken();
  if (broken === undefined) return;
  seen.doubt(broken.watched);
  end.version = broken.version;
  end.why = "broken";
  end.message = "an event that turned out to be no JSON";
}

interface Reading {
  readonly splitter: LineSplitter;
  readonly attention: Attention;
  readonly end: StreamEnd;
}

type ObjectLine = Exclude<WatchLine, { readonly type: "error" | "broken" }>;

function whyOf(status: unknown): StreamEnd["why"] {
  const { code, reason } = readStatusBody(status) ?? {};
  return code === 410 || reason === "Expired" || reason === "Gone" ? "expired" : "refused";
}

function eventsOf(line: ObjectLine, seen: SeenObjects): readonly WatchEvent[] {
  switch (line.type) {
    case "changed":
      return seen.changed(line.watched);
    case "deleted":
      return seen.deleted(line.watched);
    case "bookmark":
      return [{ type: "bookmark", resourceVersion: line.resourceVersion }];
    default:
      return line satisfies never;
  }
}

function streamRequest(kind: KindInfo, input: WatchInput, version: string, random: Random) {
  const query = queryOf({
    watch: 1,
    allowWatchBookmarks: true,
    resourceVersion: version,
    labelSelector: input.labelSelector,
    fieldSelector: input.fieldSelector,
    timeoutSeconds: Math.floor(WATCH_SECONDS_MIN * (1 + random.next())),
  });
  const path = collectionPath(kind, input.namespace) + query;
  return { method: "GET", path, repeatable: true, describe: () => `watch ${kind.plural}` } as const;
}
