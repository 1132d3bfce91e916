import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../json/json.ts";
import { CompactedError, ObjectStore, type StoreEvent } from "./object-store.ts";

const object = (name: string, value: number): JsonObject => ({ metadata: { name }, value });
const writes = fc.array(fc.tuple(fc.constantFrom("n/a", "n/b", "m/c"), fc.option(fc.nat(3))), {
  minLength: 1,
  maxLength: 30,
});

/** Writes, or removes where the value is null; returns what was listed after each write. */
function play(store: ObjectStore, all: readonly (readonly [string, number | null])[]): Map<number, unknown> {
  const seen = new Map<number, unknown>();
  for (const [key, value] of all) {
    if (value === null) store.remove("b", key);
    else store.put("b", key, object(key, value));
    seen.set(store.revision, store.list("b"));
  }
  return seen;
}

test("any past state within the history can be listed as it was", () => {
  fc.assert(
    fc.property(writes, (all) => {
      const store = new ObjectStore({ historyMax: 100 });
      for (const [revision, listed] of play(store, all))
        expect(store.list("b", { atRevision: revision })).toEqual(listed);
    }),
  );
});

test("events since any revision lead from its state to the present one", () => {
  fc.assert(
    fc.property(writes, (all) => {
      const store = new ObjectStore({ historyMax: 100 });
      for (const [revision, listed] of play(store, all)) {
        const state = new Map(listed as readonly (readonly [string, JsonObject])[]);
        for (const event of store.since("b", revision)) {
          expect(state.has(event.key)).toBe(event.type !== "ADDED");
          if (event.type === "DELETED") state.delete(event.key);
          else state.set(event.key, event.object);
        }
        expect(state).toEqual(new Map(store.list("b")));
      }
    }),
  );
});

test("revisions rise by one with every write, over all buckets", () => {
  const store = new ObjectStore({ historyMax: 10 });
  const revisions = [
    store.put("a", "n/x", object("x", 1)),
    store.put("b", "n/y", object("y", 1)),
    store.put("a", "n/x", object("x", 2)),
  ];
  expect(revisions.map((one) => (one["metadata"] as JsonObject)["resourceVersion"])).toEqual(["2", "3", "4"]);
});

test("a forgotten past is refused, the present is not", () => {
  const store = new ObjectStore({ historyMax: 4 });
  for (let value = 0; value < 100; value += 1) store.put("b", "n/a", object("a", value));
  expect(() => store.since("b", 2)).toThrow(CompactedError);
  expect(() => store.list("b", { atRevision: 2 })).toThrow(CompactedError);
  expect(store.since("b", store.revision - 4)).toHaveLength(4);
  store.compact();
  expect(store.since("b", store.revision)).toEqual([]);
  expect(() => store.since("b", store.revision - 1)).toThrow(CompactedError);
});

test("a listener hears what comes after it, of its bucket alone, until it leaves", () => {
  const store = new ObjectStore({ historyMax: 4 });
  const heard: string[] = [];
  store.put("b", "n/a", object("a", 1));
  const leave = store.subscribe("b", (event: StoreEvent) =>
    heard.push(`${event.type} ${event.key} ${event.previous === undefined ? "new" : "known"}`),
  );
  store.put("b", "n/a", object("a", 2));
  store.put("other", "n/z", object("z", 1));
  store.remove("b", "n/a");
  leave();
  store.put("b", "n/a", object("a", 3));
  expect(heard).toEqual(["MODIFIED n/a known", "DELETED n/a known"]);
});

test("a namespace's list holds its own objects only", () => {
  const store = new ObjectStore({ historyMax: 4 });
  for (const key of ["a/z", "ab/y", "a/b"]) store.put("b", key, object(key, 1));
  expect(store.list("b", { namespace: "a" }).map(([key]) => key)).toEqual(["a/b", "a/z"]);
});
