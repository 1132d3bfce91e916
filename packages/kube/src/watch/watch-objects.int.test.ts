import type { ServerResponse } from "node:http";
import { isCloudError, type WatchEvent, type WatchInput } from "@flotilla/core";
import { afterEach, describe, expect, test } from "vitest";
import {
  aConfigMap,
  connectTo,
  sendJson,
  sendStatus,
  startScriptedServer,
  type ScriptedRequest,
  type ScriptedServer,
} from "../../test/scripted-server.ts";

const INPUT: WatchInput = { apiVersion: "v1", kind: "ConfigMap", namespace: "ns" };
/** Waits are jittered by this: none at all. */
const AT_ONCE = { next: () => 0 };

type Stream = (response: ServerResponse, request: ScriptedRequest) => void;

/** Answers lists in turn and streams in turn; the last of each goes on. Remembers what was asked. */
interface Script {
  readonly lists: readonly (readonly object[] | ((response: ServerResponse) => void))[];
  readonly streams: readonly Stream[];
}

const stack: AsyncDisposable[] = [];
afterEach(async () => {
  for (const each of stack.splice(0).toReversed()) await each[Symbol.asyncDispose]();
});

async function serve({ lists, streams }: Script): Promise<ScriptedServer & { readonly asked: () => string[] }> {
  let listed = 0;
  let streamed = 0;
  const server = await startScriptedServer((request, response) => {
    if (request.query.get("watch") === null) {
      const list = lists[Math.min(listed, lists.length - 1)];
      listed += 1;
      if (typeof list === "function") return list(response);
      return sendJson(response, {
        kind: "ConfigMapList",
        metadata: { resourceVersion: `${listed * 100}` },
        items: list,
      });
    }
    const stream = streams[Math.min(streamed, streams.length - 1)];
    streamed += 1;
    stream?.(response, request);
  });
  stack.push(server);
  const asked = (): string[] =>
    server.requests.map(({ query }) =>
      query.get("watch") === null ? "list" : `watch ${query.get("resourceVersion")}`,
    );
  return { ...server, asked, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

/** Sends lines and keeps the stream open; `end` ends it as servers do. */
function lines(...events: readonly (object | string)[]): Stream & { readonly ended: Stream; readonly cut: Stream } {
  const send: Stream = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write(events.map((event) => `${typeof event === "string" ? event : JSON.stringify(event)}\n`).join(""));
    response.flushHeaders();
  };
  const ended: Stream = (response, request) => {
    send(response, request);
    response.end();
  };
  const cut: Stream = (response, request) => {
    send(response, request);
    response.write('{"type":"MODIFIED","object":{"ki', () => setTimeout(() => response.destroy(), 5));
  };
  return Object.assign(send, { ended, cut });
}

const event = (type: string, name: string, version: string, uid?: string): object => ({
  type,
  object: aConfigMap(name, version, uid),
});
const bookmark = (version: string): object => ({
  type: "BOOKMARK",
  object: { kind: "ConfigMap", apiVersion: "v1", metadata: { resourceVersion: version } },
});
const failed = (code: number, reason: string): object => ({
  type: "ERROR",
  object: { kind: "Status", status: "Failure", code, reason, message: reason },
});

/** Reads until `count` events have come, bookmarks included. */
async function read(server: ScriptedServer, count: number, input: Partial<WatchInput> = {}): Promise<string[]> {
  const cluster = connectTo(server, { random: AT_ONCE });
  stack.push(cluster);
  const told: string[] = [];
  const ctx = { signal: AbortSignal.timeout(10_000) };
  for await (const each of cluster.watch({ ...INPUT, ...input }, ctx)) {
    told.push(textOf(each));
    if (told.length === count) break;
  }
  return told;
}

function textOf(each: WatchEvent): string {
  return "object" in each
    ? `${each.type} ${each.object.metadata.name}@${each.object.metadata.resourceVersion}`
    : `${each.type} ${each.resourceVersion}`;
}

describe("a watch", () => {
  test("asks for bookmarks, a bounded life and its selectors, from the version of its list", async () => {
    const server = await serve({ lists: [[]], streams: [lines(bookmark("150"))] });
    await read(server, 2, { labelSelector: "a=b", fieldSelector: "metadata.name=x" });
    const query = Object.fromEntries(server.requests[1]?.query ?? []);
    expect(query).toEqual({
      watch: "1",
      allowWatchBookmarks: "true",
      resourceVersion: "100",
      labelSelector: "a=b",
      fieldSelector: "metadata.name=x",
      timeoutSeconds: "300",
    });
  });

  test("goes on where it was when the server ends it, cuts it in the middle of a line, or tells nothing but bookmarks", async () => {
    const server = await serve({
      lists: [[aConfigMap("a", "5")]],
      streams: [
        lines(event("MODIFIED", "a", "110")).ended,
        lines(event("ADDED", "b", "120")).cut,
        lines(bookmark("500")).ended,
        lines(event("DELETED", "a", "501")),
      ],
    });
    expect(await read(server, 6)).toEqual([
      "added a@5",
      "synced 100",
      "modified a@110",
      "added b@120",
      "bookmark 500",
      "deleted a@501",
    ]);
    expect(server.asked()).toEqual(["list", "watch 100", "watch 110", "watch 120", "watch 500"]);
  });

  test.each([
    ["in the stream", lines(failed(410, "Expired"))],
    ["as a status", (response: ServerResponse) => sendStatus(response, 410, "Gone")],
    [
      "as a version that a restored server does not know yet",
      (response: ServerResponse) =>
        sendStatus(response, 504, "Timeout", { message: "Too large resource version: 100, current: 50" }),
    ],
  ] satisfies [string, Stream][])(
    "lists again when its version has expired %s, and tells what was deleted meanwhile",
    async (_name, gone) => {
      const server = await serve({
        lists: [
          [aConfigMap("a", "5"), aConfigMap("b", "6")],
          [aConfigMap("b", "6"), aConfigMap("c", "150")],
        ],
        streams: [gone, lines(event("MODIFIED", "c", "210"))],
      });
      expect(await read(server, 7)).toEqual([
        "added a@5",
        "added b@6",
        "synced 100",
        "added c@150",
        "deleted a@5",
        "synced 200",
        "modified c@210",
      ]);
      expect(server.asked()).toEqual(["list", "watch 100", "list", "watch 200"]);
    },
  );

  test("takes a line that it cannot read for a broken stream, and loses nothing of it", async () => {
    const server = await serve({
      lists: [[]],
      streams: [
        lines(event("ADDED", "a", "110"), '{"type":"MODIFIED","object":{"kind":', event("ADDED", "lost?", "130")),
        lines(event("ADDED", "b", "120"), event("ADDED", "c", "130")),
      ],
    });
    expect(await read(server, 4)).toEqual(["synced 100", "added a@110", "added b@120", "added c@130"]);
    expect(server.asked()).toEqual(["list", "watch 100", "watch 110"]);
  });

  test("asks again for an event that turned out to be broken when somebody looked at last", async () => {
    const many = Array.from({ length: 300 }, (_, index) => event("MODIFIED", "a", `${1000 + index}`));
    const late = JSON.stringify(event("MODIFIED", "a", "2000")).replace(/\}\}$/, ',"data":{"k":oops}}}');
    const server = await serve({
      lists: [[aConfigMap("a", "5")]],
      streams: [
        lines(...many, late, event("ADDED", "b", "2001")),
        lines(event("MODIFIED", "a", "2000"), event("ADDED", "b", "2001"), event("ADDED", "c", "2002")),
      ],
    });
    const cluster = connectTo(server, { random: AT_ONCE });
    stack.push(cluster);
    const told: string[] = [];
    let unseen = 0;
    for await (const each of cluster.watch(INPUT, { signal: AbortSignal.timeout(10_000) })) {
      if (each.type === "modified" && unseen < 300) {
        unseen += 1;
        continue;
      }
      try {
        told.push(textOf(each));
      } catch (error) {
        told.push(isCloudError(error) ? `${error.kind} ${error.code}` : "?");
      }
      if (told.at(-1) === "added c@2002") break;
    }
    expect(told).toEqual([
      "added a@5",
      "synced 100",
      "transient BrokenJson",
      "added b@2001",
      "modified a@2000",
      "added c@2002",
    ]);
    expect(server.asked()).toEqual(["list", "watch 100", "watch 1299"]);
  });

  test("steps over what breaks it every time by listing again", async () => {
    const broken = lines("no json at all");
    const server = await serve({
      lists: [[], [aConfigMap("a", "105")]],
      streams: [broken, broken, broken, lines(bookmark("300"))],
    });
    expect(await read(server, 4)).toEqual(["synced 100", "added a@105", "synced 200", "bookmark 300"]);
    expect(server.asked()).toEqual(["list", "watch 100", "watch 100", "watch 100", "list", "watch 200"]);
  });

  test("replaces a connection that has gone silent", async () => {
    const server = await serve({ lists: [[]], streams: [lines(bookmark("110")), lines(bookmark("120"))] });
    const startedMs = Date.now();
    expect(await read(server, 3, { livenessMs: 100 })).toEqual(["synced 100", "bookmark 110", "bookmark 120"]);
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(95);
    expect(server.asked()).toEqual(["list", "watch 100", "watch 110"]);
  });

  test("drops what it has told already, and tells a name with a new uid as two", async () => {
    const server = await serve({
      lists: [[aConfigMap("a", "90")]],
      streams: [
        lines(
          event("ADDED", "a", "90"),
          event("MODIFIED", "a", "110"),
          event("MODIFIED", "a", "105"),
          event("MODIFIED", "a", "110"),
          event("ADDED", "a", "120", "second"),
          bookmark("130"),
        ),
      ],
    });
    expect(await read(server, 6)).toEqual([
      "added a@90",
      "synced 100",
      "modified a@110",
      "deleted a@110",
      "added a@120",
      "bookmark 130",
    ]);
  });

  test("keeps trying through refusals and outages once it has listed", async () => {
    const refuse =
      (code: number, reason: string): Stream =>
      (response) =>
        sendStatus(response, code, reason);
    const server = await serve({
      lists: [[]],
      streams: [
        refuse(403, "Forbidden"),
        refuse(401, "Unauthorized"),
        refuse(500, "InternalError"),
        (response) => response.destroy(),
        lines(failed(500, "InternalError")),
        lines(event("ADDED", "a", "110")),
      ],
    });
    expect(await read(server, 2)).toEqual(["synced 100", "added a@110"]);
    expect(server.asked()).toEqual(["list", ...Array.from({ length: 6 }, () => "watch 100")]);
  });

  test("tells at once that it may not list at all", async () => {
    const server = await serve({ lists: [(response) => sendStatus(response, 403, "Forbidden")], streams: [] });
    await expect(read(server, 1)).rejects.toSatisfy((error: unknown) => isCloudError(error, "denied"));
  });

  test("tells an event for every chunking, one byte at a time", async () => {
    const bytes = Buffer.from(`${JSON.stringify(event("ADDED", "é😀", "110"))}\n${JSON.stringify(bookmark("111"))}\n`);
    const drip: Stream = (response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.socket?.setNoDelay(true);
      let at = 0;
      const next = (): void => {
        if (at < bytes.length) response.write(bytes.subarray(at, ++at), () => setImmediate(next));
      };
      next();
    };
    const server = await serve({ lists: [[]], streams: [drip] });
    expect(await read(server, 3)).toEqual(["synced 100", "added é😀@110", "bookmark 111"]);
  });

  test("ends when aborted, wherever it is, and gives its connection back", async () => {
    for (const streams of [[lines(bookmark("110"))], [() => {}]]) {
      const server = await serve({ lists: [[]], streams });
      const cluster = connectTo(server, { random: AT_ONCE });
      stack.push(cluster);
      const stop = new AbortController();
      const told: string[] = [];
      for await (const each of cluster.watch(INPUT, { signal: stop.signal })) {
        told.push(textOf(each));
        setTimeout(() => stop.abort(), 30);
      }
      expect(told[0]).toBe("synced 100");
    }
  });
});
