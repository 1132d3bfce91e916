import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scanEvent } from "./scan-event.ts";
import { readParsedLine, readWatchLine, type WatchLine } from "./watch-line.ts";

/** What a line comes to, with its object built. */
function told(line: WatchLine): unknown {
  if (line.type !== "changed" && line.type !== "deleted") return line;
  const { name, namespace, uid, resourceVersion, object } = line.watched;
  return { type: line.type, name, namespace, uid, resourceVersion, object };
}

const text = fc.oneof(fc.string({ unit: "grapheme" }), fc.constantFrom("name", "uid", 'a"b', "\\", "\u0000", "é", ""));
const anyJson = fc.jsonValue({ maxDepth: 4 });
const metadata = fc
  .record(
    {
      name: text,
      namespace: text,
      uid: text,
      resourceVersion: text,
      labels: fc.dictionary(text, text),
      managedFields: anyJson,
    },
    { requiredKeys: [] },
  )
  .chain((record) => fc.shuffledSubarray(Object.entries(record)).map((entries) => Object.fromEntries(entries)));
const object = fc.record(
  { metadata: fc.oneof(metadata, anyJson), apiVersion: text, kind: text, spec: anyJson, status: anyJson },
  { requiredKeys: [] },
);
const event = fc.record({
  type: fc.constantFrom("ADDED", "MODIFIED", "DELETED", "BOOKMARK", "ERROR", "ODD"),
  object: fc.oneof(object, anyJson),
});

describe("scanning", () => {
  test("gives what JSON.parse gives, for any event", () => {
    fc.assert(
      fc.property(event, fc.constantFrom(undefined, 1), (value, indent) => {
        const line = Buffer.from(JSON.stringify(value, null, indent));
        expect(told(readWatchLine(line))).toEqual(told(readParsedLine(line)));
      }),
      { numRuns: 2_000 },
    );
  });

  test("never takes for JSON what JSON.parse refuses, whatever byte is damaged, lost or added", () => {
    const bytes = Buffer.from(
      JSON.stringify({
        type: "MODIFIED",
        object: {
          apiVersion: "v1",
          kind: "Pod",
          metadata: { name: "a", namespace: "n", uid: "u", resourceVersion: "12" },
          spec: { n: [-1.5e3, 0, true, false, null, {}, [], "x\\ny\\u00e9"] },
        },
      }),
    );
    fc.assert(
      fc.property(
        fc.nat(bytes.length - 1),
        fc.nat(255),
        fc.constantFrom("replace", "insert", "cut", "drop"),
        (at, byte, how) => {
          const rest = bytes.subarray(how === "insert" ? at : at + 1);
          const middle = how === "drop" ? [] : [byte];
          const damaged =
            how === "cut" ? bytes.subarray(0, at) : Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), rest]);
          if (scanEvent(damaged) !== undefined) JSON.parse(damaged.toString("utf8"));
          expect(told(readWatchLine(damaged))).toEqual(told(readParsedLine(damaged)));
        },
      ),
      { numRuns: 20_000 },
    );
  });

  test("takes the quick way for an event as servers write it", () => {
    const metadata = {
      name: "a",
      uid: "u",
      resourceVersion: "12",
      managedFields: [{ fieldsV1: { "f:metadata": { "f:uid": {} } } }],
    };
    const line = Buffer.from(
      JSON.stringify({
        type: "ADDED",
        object: { kind: "Node", apiVersion: "v1", metadata, spec: { metadata: { name: "no" } } },
      }),
    );
    expect(scanEvent(line)).toEqual({
      type: "ADDED",
      name: "a",
      namespace: "",
      uid: "u",
      resourceVersion: "12",
    });
  });

  test.each([
    ["an object without a kind", '{"type":"ADDED","object":{"apiVersion":"v1"}}'],
    ["white space", '{"type": "ADDED","object":{"kind":"a","apiVersion":"v1"}}'],
    ["a repeated member", '{"type":"ADDED","type":"DELETED","object":{}}'],
    ["an escape in a name", '{"type":"ADDED","object":{"metadata":{"n\\u0061me":"a"}}}'],
    ["an escape in a value", '{"type":"ADDED","object":{"metadata":{"name":"\\u0061"}}}'],
    ["an object that is none", '{"type":"ADDED","object":[]}'],
    ["two objects", '{"type":"ADDED","object":{"metadata":{}},"object":{"metadata":{}}}'],
    ["more than one value", '{"type":"ADDED"}{}'],
    ["depth", `{"type":"ADDED","x":${"[".repeat(300)}${"]".repeat(300)}}`],
  ])("is not sure about %s", (_name, line) => {
    expect(scanEvent(Buffer.from(line))).toBeUndefined();
  });

  test.each([
    "01",
    "1.",
    "1e",
    "-",
    "+1",
    ".5",
    "1.e2",
    "tru",
    "nul",
    "falsy",
    "NaN",
    "'a'",
    "[1,]",
    "{,}",
    '{"a"}',
    '{"a":}',
    "[1 2]",
    "]",
    "}",
  ])("refuses %s as JSON does", (value) => {
    expect(() => JSON.parse(value)).toThrow(SyntaxError);
    expect(scanEvent(Buffer.from(`{"type":"ADDED","x":${value}}`))).toBeUndefined();
  });
});
