import type { StreamReply } from "../http/reply.ts";
import { StatusError } from "../http/status-error.ts";
import { stringAt, withAt, type JsonObject } from "../json/json.ts";
import { apiVersionOf, bucketOf, type Resource } from "../resources/resource.ts";
import { CompactedError, type StoreEvent } from "../store/object-store.ts";
import type { Predicate } from "./label-selector.ts";
import { checkNotFuture, parseRevision } from "./list-objects.ts";
import type { ServerState } from "./server-state.ts";

/** What a watch request asks for. */
export interface WatchQuery {
  readonly namespace?: string;
  readonly selects: Predicate;
  readonly resourceVersion: string;
  readonly bookmarks: boolean;
  readonly sendInitialEvents: boolean;
  /** `undefined`: until the client goes away. */
  readonly timeoutMs?: number;
  /** How an object is told: as it is, as a table, as metadata. */
  readonly represent: (object: JsonObject) => JsonObject;
}

/** Silence between bookmarks. Source: the watch cache sends one about every minute. */
const BOOKMARK_EVERY_MS = 60_000;

/** A watch of a kind. @throws StatusError 400 bad version, 504 version of the future */
export function watchObjects(state: ServerState, resource: Resource, query: WatchQuery): StreamReply {
  const revision = readRevision(query.resourceVersion);
  if (revision !== undefined) checkNotFuture(state, revision);
  return {
    kind: "stream",
    start(line, end) {
      const watch = new Watch(state, resource, query, line, end);
      watch.start(revision);
      return () => watch.stop();
    },
  };
}

/** A watch answers 500 to a version that is no number, where a list answers 400. */
function readRevision(text: string): number | undefined {
  try {
    return parseRevision(text);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    throw new StatusError(500, undefined, error.message.replace("invalid resource version: ", ""));
  }
}

class Watch {
  readonly #state: ServerState;
  readonly #resource: Resource;
  readonly #query: WatchQuery;
  readonly #line: (text: string) => void;
  readonly #end: () => void;
  readonly #stopping = new AbortController();
  #unsubscribe: () => void = () => {};

  constructor(
    state: ServerState,
    resource: Resource,
    query: WatchQuery,
    line: (text: string) => void,
    end: () => void,
  ) {
    this.#state = state;
    this.#resource = resource;
    this.#query = query;
    this.#line = line;
    this.#end = end;
  }

  start(revision: number | undefined): void {
    const { store } = this.#state;
    const bucket = bucketOf(this.#resource);
    try {
      if (revision === undefined || this.#query.sendInitialEvents) this.#tellState();
      else for (const event of store.since(bucket, revision ?? 0)) this.#tell(event);
    } catch (error) {
      if (!(error instanceof CompactedError)) throw error;
      this.#fail(new StatusError(410, "Expired", `too old resource version: ${revision ?? 0} (${store.revision})`));
      return;
    }
    this.#unsubscribe = store.subscribe(bucket, (event) => this.#tell(event));
    if (this.#query.timeoutMs !== undefined) void this.#after(this.#query.timeoutMs, () => this.#close());
    if (this.#query.bookmarks) void this.#keepBookmarking();
  }

  stop(): void {
    this.#unsubscribe();
    this.#stopping.abort();
  }

  #close(): void {
    this.stop();
    this.#end();
  }

  #tellState(): void {
    const options = this.#query.namespace === undefined ? {} : { namespace: this.#query.namespace };
    for (const [, object] of this.#state.store.list(bucketOf(this.#resource), options)) {
      if (this.#query.selects(object)) this.#write("ADDED", object);
    }
    if (this.#query.sendInitialEvents && this.#query.bookmarks) this.#bookmark({ "k8s.io/initial-events-end": "true" });
  }

  /** An object that comes into the selection is told as added, one that leaves it as deleted. */
  #tell(event: StoreEvent): void {
    const { namespace, selects } = this.#query;
    if (namespace !== undefined && !event.key.startsWith(`${namespace}/`)) return;
    const was = event.previous !== undefined && selects(event.previous);
    const is = event.type !== "DELETED" && selects(event.object);
    if (is) this.#write(was ? "MODIFIED" : "ADDED", event.object);
    else if (was) {
      const last = event.type === "DELETED" ? event.object : (event.previous ?? event.object);
      this.#write("DELETED", withAt(last, ["metadata", "resourceVersion"], String(event.revision)));
    }
  }

  #write(type: string, object: JsonObject): void {
    const versioned =
      this.#resource.custom === undefined ? object : { ...object, apiVersion: apiVersionOf(this.#resource) };
    this.#line(JSON.stringify({ type, object: this.#query.represent(versioned) }));
  }

  #bookmark(annotations?: JsonObject): void {
    const metadata = {
      resourceVersion: String(this.#state.store.revision),
      ...(annotations === undefined ? {} : { annotations }),
    };
    const object = { kind: this.#resource.kind, apiVersion: apiVersionOf(this.#resource), metadata };
    const told = this.#query.represent(object);
    // A table or metadata bookmark keeps its own kind; its revision and annotations are what counts.
    this.#line(
      JSON.stringify({
        type: "BOOKMARK",
        object: stringAt(told, "kind") === "Table" ? { ...told, metadata, rows: [] } : told,
      }),
    );
  }

  #fail(error: StatusError): void {
    this.#line(JSON.stringify({ type: "ERROR", object: error.toStatus() }));
    this.#close();
  }

  async #keepBookmarking(): Promise<void> {
    while (!this.#stopping.signal.aborted) await this.#after(BOOKMARK_EVERY_MS, () => this.#bookmark());
  }

  async #after(durationMs: number, act: () => void): Promise<void> {
    try {
      await this.#state.clock.sleep(durationMs, { signal: this.#stopping.signal });
    } catch {
      return; // stopped meanwhile
    }
    act();
  }
}
