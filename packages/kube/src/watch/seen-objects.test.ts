import fc from "fast-check";
import type { WatchEvent } from "@flotilla/core";
import { expect, test } from "vitest";
import { SeenObjects } from "./seen-objects.ts";
import { watchedObject } from "./watched-object.ts";

const KIND = { apiVersion: "v1", kind: "ConfigMap" };

function an(name: string, resourceVersion: string, uid: string = `u-${name}`): ReturnType<typeof watchedObject> {
  return watchedObject({ ...KIND, metadata: { name, namespace: "ns", uid, resourceVersion } });
}

function lines(events: readonly WatchEvent[]): string[] {
  return events.map((event) =>
    "object" in event
      ? `${event.type} ${event.object.metadata.name} ${event.object.metadata.uid}@${event.object.metadata.resourceVersion}`
      : event.type,
  );
}

test("what comes again, and what is older, is not told", () => {
  const seen = new SeenObjects(KIND);
  expect(lines(seen.changed(an("a", "9")))).toEqual(["added a u-a@9"]);
  expect(seen.changed(an("a", "9"))).toEqual([]);
  expect(seen.changed(an("a", "8"))).toEqual([]);
  expect(lines(seen.changed(an("a", "10")))).toEqual(["modified a u-a@10"]);
  expect(seen.changed(an("a", "9"))).toEqual([]);
});

test("the same name with another uid is a deletion of the old one first", () => {
  const seen = new SeenObjects(KIND);
  seen.changed(an("a", "9"));
  expect(lines(seen.changed(an("a", "12", "new")))).toEqual(["deleted a u-a@9", "added a new@12"]);
  expect(seen.deleted(an("a", "11", "u-a"))).toEqual([]);
  expect(lines(seen.deleted(an("a", "13", "new")))).toEqual(["deleted a new@13"]);
  expect(seen.deleted(an("a", "13", "new"))).toEqual([]);
  expect(seen.size).toBe(0);
});

test("a new list tells only the difference, and a deletion has all that is known", () => {
  const seen = new SeenObjects(KIND);
  seen.startList();
  for (const name of ["same", "moved", "gone", "replaced"]) seen.listed(an(name, "5"));
  expect(seen.endList()).toEqual([]);
  seen.startList();
  const told = [an("same", "5"), an("moved", "6"), an("replaced", "7", "other"), an("new", "8")].flatMap((each) =>
    seen.listed(each),
  );
  expect(lines(told)).toEqual([
    "modified moved u-moved@6",
    "deleted replaced u-replaced@5",
    "added replaced other@7",
    "added new u-new@8",
  ]);
  expect(seen.endList()).toEqual([
    {
      type: "deleted",
      object: { ...KIND, metadata: { name: "gone", namespace: "ns", uid: "u-gone", resourceVersion: "5" } },
    },
  ]);
  expect(seen.endList()).toEqual([]);
});

test("a list with lower versions, after a restore of etcd, is the truth", () => {
  const seen = new SeenObjects(KIND);
  seen.changed(an("a", "100"));
  seen.startList();
  expect(lines(seen.listed(an("a", "50")))).toEqual(["modified a u-a@50"]);
  expect(lines(seen.changed(an("a", "51")))).toEqual(["modified a u-a@51"]);
});

test("an event can be copied and printed with its object", () => {
  const [event] = new SeenObjects(KIND).changed(an("a", "9"));
  expect({ ...event }).toEqual({ type: "added", object: an("a", "9").object });
  expect(JSON.parse(JSON.stringify(event))).toEqual({ type: "added", object: an("a", "9").object });
});

test("a cache fed with the events equals the server, whatever is lost, repeated or late, once a list is through", () => {
  const step = fc.record({
    name: fc.constantFrom("a", "b", "c"),
    verb: fc.constantFrom("put", "delete", "replace"),
    delivery: fc.constantFrom("once", "twice", "lost", "late"),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const seen = new SeenObjects(KIND);
      const truth = new Map<string, ReturnType<typeof an>>();
      const cache = new Map<string, string>();
      const take = (events: readonly WatchEvent[]): void => {
        for (const event of events) {
          if (!("object" in event)) continue;
          const { name, uid, resourceVersion } = event.object.metadata;
          // Added is new, anything else is about the object that the cache holds.
          expect(cache.get(name)?.split("@")[0]).toBe(event.type === "added" ? undefined : uid);
          if (event.type === "deleted") cache.delete(name);
          else cache.set(name, `${uid}@${resourceVersion}`);
        }
      };
      const late: (() => void)[] = [];
      let version = 10;
      for (const { name, verb, delivery } of steps) {
        version += 1;
        const before = truth.get(name);
        const uid = before === undefined || verb === "replace" ? `u${version}` : before.uid;
        const object = an(name, `${version}`, uid);
        const tell = (): void => take(verb === "delete" ? seen.deleted(object) : seen.changed(object));
        if (verb === "delete") truth.delete(name);
        else truth.set(name, object);
        if (delivery === "late") late.push(tell);
        else if (delivery !== "lost") tell();
        if (delivery === "twice") tell();
      }
      for (const tell of late.toReversed()) if (late.length % 2 === 0) tell();
      seen.startList();
      for (const object of truth.values()) take(seen.listed(object));
      take(seen.endList());
      const expected = [...truth].map(([name, { uid, resourceVersion }]) => [name, `${uid}@${resourceVersion}`]);
      expect(Object.fromEntries(cache)).toEqual(Object.fromEntries(expected));
    }),
    { numRuns: 500 },
  );
});
