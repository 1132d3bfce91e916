import { describe, expect, test } from "vitest";
import { eventually, serverUnderTest, type ServerUnderTest } from "./client/server-under-test.ts";
import { numberAt, objectsAt, stringAt, type JsonObject } from "./json/json.ts";

const MAPS = "/api/v1/namespaces/default/configmaps";
const map = (name: string, labels: JsonObject = {}): JsonObject => ({ metadata: { name, labels } });
const told = (event: JsonObject): string =>
  `${stringAt(event, "type") ?? ""} ${stringAt(event, "object", "metadata", "name") ?? stringAt(event, "object", "reason") ?? ""}`;
const revisionOf = (list: JsonObject): string => stringAt(list, "metadata", "resourceVersion") ?? "";

/** Collects a watch's events until `stop`. */
function watching(
  under: ServerUnderTest,
  query: string,
): { readonly events: JsonObject[]; readonly ended: Promise<void>; readonly stop: () => void } {
  const controller = new AbortController();
  const events: JsonObject[] = [];
  const ended = under.client
    .lines(`${MAPS}?watch=1&${query}`, { signal: controller.signal }, (line) => events.push(line))
    .catch(() => {});
  return { events, ended, stop: () => controller.abort() };
}

const quiet = { withoutControllers: true } as const;

describe("watch", () => {
  test("tells every change after the given revision, also those before it was opened", async () => {
    await using under = await serverUnderTest(quiet);
    const list = await under.ok("GET", MAPS);
    await under.ok("POST", MAPS, map("a"));
    const watch = watching(under, `resourceVersion=${revisionOf(list)}&fieldSelector=metadata.name%3Da`);
    await eventually("the first event", () => watch.events.length === 1);
    await under.ok("PATCH", `${MAPS}/a`, { data: { k: "v" } }, "application/merge-patch+json");
    await under.ok("DELETE", `${MAPS}/a`);
    await eventually("all events", () => watch.events.length === 3);
    expect(watch.events.map(told)).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
    const revisions = watch.events.map((event) => Number(stringAt(event, "object", "metadata", "resourceVersion")));
    expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
    watch.stop();
  });

  test("an object that comes into the selection is added, one that leaves it deleted", async () => {
    await using under = await serverUnderTest(quiet);
    await under.ok("POST", MAPS, map("a"));
    const { metadata } = await under.ok("GET", MAPS);
    const watch = watching(under, `resourceVersion=${stringAt(metadata, "resourceVersion")}&labelSelector=in%3Dyes`);
    const label = (value: string | null): Promise<JsonObject> =>
      under.ok("PATCH", `${MAPS}/a`, { metadata: { labels: { in: value } } }, "application/merge-patch+json");
    await label("yes");
    await under.ok("PATCH", `${MAPS}/a`, { data: { k: "v" } }, "application/merge-patch+json");
    const last = await label("no");
    await eventually("all events", () => watch.events.length === 3);
    expect(watch.events.map(told)).toEqual(["ADDED a", "MODIFIED a", "DELETED a"]);
    expect(stringAt(watch.events[2], "object", "metadata", "resourceVersion")).toBe(
      stringAt(last, "metadata", "resourceVersion"),
    );
    watch.stop();
  });

  test("a list as a stream ends with a bookmark that says so", async () => {
    await using under = await serverUnderTest(quiet);
    await under.ok("POST", MAPS, map("a", { own: "1" }));
    const watch = watching(
      under,
      "sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&labelSelector=own",
    );
    await eventually("the bookmark", () => watch.events.length === 2);
    expect(watch.events.map((event) => stringAt(event, "type"))).toEqual(["ADDED", "BOOKMARK"]);
    expect(stringAt(watch.events[1], "object", "metadata", "annotations", "k8s.io/initial-events-end")).toBe("true");
    watch.stop();
  });

  test("a revision that history does not reach any more gets 410 as an event, and the end", async () => {
    await using under = await serverUnderTest(quiet);
    const list = await under.ok("GET", MAPS);
    await under.ok("POST", MAPS, map("a"));
    under.server.compactHistory();
    const watch = watching(under, `resourceVersion=${revisionOf(list)}`);
    await watch.ended;
    expect(
      watch.events.map((event) => [
        stringAt(event, "type"),
        numberAt(event, "object", "code"),
        stringAt(event, "object", "reason"),
      ]),
    ).toEqual([["ERROR", 410, "Expired"]]);
  });

  test("ends in good order after its time, and when the server ends it", async () => {
    await using under = await serverUnderTest(quiet);
    const timed = watching(under, "timeoutSeconds=1&labelSelector=none");
    const ended = watching(under, "labelSelector=none");
    await eventually("both to be open", () => under.server.requests.filter((one) => one.verb === "watch").length === 2);
    await timed.ended;
    under.server.endWatches();
    await ended.ended;
    expect([timed.events, ended.events]).toEqual([[], []]);
  });
});

describe("list", () => {
  test("pages show one state, whatever happens meanwhile", async () => {
    await using under = await serverUnderTest(quiet);
    for (const name of ["p1", "p2", "p3", "p4"]) await under.ok("POST", MAPS, map(name));
    const first = await under.ok("GET", `${MAPS}?limit=2&fieldSelector=metadata.name!%3Dkube-root-ca.crt`);
    await under.ok("DELETE", `${MAPS}/p3`);
    await under.ok("POST", MAPS, map("p5"));
    const token = encodeURIComponent(stringAt(first, "metadata", "continue") ?? "");
    const second = await under.ok(
      "GET",
      `${MAPS}?limit=9&continue=${token}&fieldSelector=metadata.name!%3Dkube-root-ca.crt`,
    );
    const names = [first, second]
      .flatMap((page) => objectsAt(page, "items"))
      .map((item) => stringAt(item, "metadata", "name"));
    expect(names).toEqual(["p1", "p2", "p3", "p4"]);
    expect(revisionOf(second)).toBe(revisionOf(first));
    expect(stringAt(second, "metadata", "continue")).toBeUndefined();
  });

  test("an expired page token gets 410 with one that goes on from now", async () => {
    await using under = await serverUnderTest(quiet);
    for (const name of ["p1", "p2", "p3"]) await under.ok("POST", MAPS, map(name, { p: "1" }));
    const first = await under.ok("GET", `${MAPS}?limit=1`);
    expect(numberAt(first, "metadata", "remainingItemCount")).toBeGreaterThan(0);
    await under.ok("DELETE", `${MAPS}/p1`);
    under.server.compactHistory();
    const token = (list: JsonObject): string => encodeURIComponent(stringAt(list, "metadata", "continue") ?? "");
    const expired = await under.client.send("GET", `${MAPS}?limit=1&continue=${token(first)}`);
    expect([expired.status, stringAt(expired.body, "reason")]).toEqual([410, "Expired"]);
    const rest = await under.ok("GET", `${MAPS}?continue=${token(expired.body as JsonObject)}&labelSelector=p`);
    expect(objectsAt(rest, "items").map((item) => stringAt(item, "metadata", "name"))).toEqual(["p2", "p3"]);
  });

  test("an exact revision shows the past", async () => {
    await using under = await serverUnderTest(quiet);
    const made = await under.ok("POST", MAPS, map("a", { p: "1" }));
    await under.ok("DELETE", `${MAPS}/a`);
    const past = await under.ok(
      "GET",
      `${MAPS}?labelSelector=p&resourceVersion=${revisionOf(made)}&resourceVersionMatch=Exact`,
    );
    expect(objectsAt(past, "items")).toHaveLength(1);
  });
});
