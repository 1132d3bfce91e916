import { isCloudError } from "@flotilla/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Line } from "./line-splitter.ts";
import { Attention } from "./attention.ts";
import { scanEvent } from "./scan-event.ts";
import { readParsedLine, readWatchLine, type WatchLine } from "./watch-line.ts";

/** Something stands before and behind a line: nothing of it may count. */
function aLine(content: string | Buffer): Line {
  const bytes = Buffer.concat([Buffer.from('{"a":"'), Buffer.from(content), Buffer.from('\n{"b":"c"}}]]"')]);
  return { bytes, start: 6, end: 6 + Buffer.byteLength(content) };
}

/** Of a reader who has never looked: lines are scanned. */
function bored(): Attention {
  const attention = new Attention();
  for (let i = 0; i < 256; i++) attention.told();
  return attention;
}

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
        const line = aLine(JSON.stringify(value, null, indent));
        expect(told(readWatchLine(line, bored(), "1"))).toEqual(told(readParsedLine(line, new Attention())));
      }),
      { numRuns: 2_000 },
    );
  });

  test("never gives an object that JSON.parse refuses, whatever byte is damaged, lost or added", () => {
    const metadata = { name: "a", namespace: "n", uid: "u", resourceVersion: "12", labels: { é: "x\ny" } };
    const spec = { n: [-1.5e3, 0, true, false, null, {}, [], "x\ny\u00e9"] };
    const event = { type: "MODIFIED", object: { apiVersion: "v1", kind: "Pod", metadata, spec } };
    const late = { type: "MODIFIED", object: { apiVersion: "v1", kind: "Pod", spec, metadata } };
    fc.assert(
      fc.property(
        fc.constantFrom(event, late),
        fc.nat(240),
        fc.nat(255),
        fc.constantFrom("replace", "insert", "cut", "drop"),
        (value, at, byte, how) => {
          const bytes = Buffer.from(JSON.stringify(value));
          const rest = how === "cut" ? Buffer.alloc(0) : bytes.subarray(how === "insert" ? at : at + 1);
          const middle = how === "drop" || how === "cut" ? [] : [byte];
          const line = aLine(Buffer.concat([bytes.subarray(0, at), Buffer.from(middle), rest]));
          const attention = bored();
          const truth = told(readParsedLine(line, new Attention()));
          const scanned = readWatchLine(line, attention, "11");
          let seen: unknown;
          try {
            seen = told(scanned);
          } catch (error) {
            // Broken behind the names: whoever looks is told so, and the watch knows where to go on.
            seen = { type: "broken", why: "a line that is no event" };
            if (!isCloudError(error, "transient")) throw error;
            if (attention.takeBroken()?.version !== "11") throw new Error("the watch was not told", { cause: error });
          }
          expect(seen).toEqual(truth);
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
    const line = aLine(
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

  const typed = '"kind":"k","apiVersion":"v1"';

  test("is sure about what the doubtful ones below are made of", () => {
    expect(scanEvent(aLine(`{"type":"ADDED","x":1,"object":{${typed},"metadata":{"name":"a"}}}`))?.name).toBe("a");
  });

  test.each([
    ["an object without a kind", '{"type":"ADDED","object":{"apiVersion":"v1"}}'],
    ["an object without an apiVersion", '{"type":"ADDED","object":{"kind":"k","kind":"k"}}'],
    ["white space", `{"type": "ADDED","object":{${typed}}}`],
    ["a repeated type", `{"type":"ADDED","type":"DELETED","object":{${typed}}}`],
    ["a repeated name", `{"type":"ADDED","object":{${typed},"metadata":{"name":"a","name":"b"}}}`],
    ["an escape in a member's name", `{"type":"ADDED","object":{${typed},"metadata":{"n\\u0061me":"a"}}}`],
    ["an escape in a value", `{"type":"ADDED","object":{${typed},"metadata":{"name":"\\u0061"}}}`],
    ["a name beyond ASCII", `{"type":"ADDED","object":{${typed},"metadata":{"name":"é"}}}`],
    ["a name that is no text", `{"type":"ADDED","object":{${typed},"metadata":{"name":5}}}`],
    ["an object that is none", `{"type":"ADDED","object":[{${typed}}]}`],
    ["metadata twice", `{"type":"ADDED","object":{${typed},"metadata":{},"metadata":{}}}`],
    ["two objects", `{"type":"ADDED","object":{${typed}},"object":{"spec":1}}`],
    ["more than one value", `{"type":"ADDED","object":{${typed}}}{}`],
    ["depth", `{"type":"ADDED","object":{${typed}},"x":${"[".repeat(31)}${"]".repeat(31)}}`],
  ])("is not sure about %s", (_name, line) => {
    expect(scanEvent(aLine(line))).toBeUndefined();
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
    expect(scanEvent(aLine(`{"type":"ADDED","object":{${typed}},"x":${value}}`))).toBeUndefined();
  });
});
