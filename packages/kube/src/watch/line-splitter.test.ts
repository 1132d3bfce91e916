import fc from "fast-check";
import { expect, test } from "vitest";
import { LineSplitter, textOf } from "./line-splitter.ts";

function split(chunks: readonly Buffer[], splitter: LineSplitter = new LineSplitter()): string[] {
  const lines: string[] = [];
  for (const chunk of chunks) {
    splitter.push(chunk);
    for (let line = splitter.next(); line !== undefined; line = splitter.next()) lines.push(textOf(line));
  }
  return lines;
}

function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const sorted = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

test("lines are the same wherever chunks end, also inside of a character", () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.array(fc.nat()), (values, places) => {
      const bytes = Buffer.from(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
      const lines = split(
        cut(
          bytes,
          places.map((place) => place % (bytes.length + 1)),
        ),
      );
      expect(lines).toEqual(values.map((value) => JSON.stringify(value)));
    }),
  );
});

test("a stream cut at every single byte gives the same lines", () => {
  const bytes = Buffer.from('{"a":"é😀"}\n\n{"b":1}\n');
  expect(split([...bytes].map((byte) => Buffer.from([byte])))).toEqual(['{"a":"é😀"}', '{"b":1}']);
});

test("the beginning of a line is counted until its end comes", () => {
  const splitter = new LineSplitter();
  expect(split([Buffer.from("ab\ncde")], splitter)).toEqual(["ab"]);
  expect(splitter.pendingBytes).toBe(3);
  expect(split([Buffer.from("f\n")], splitter)).toEqual(["cdef"]);
  expect(splitter.pendingBytes).toBe(0);
});

test("a line without an end is refused at the limit, not kept", () => {
  const splitter = new LineSplitter(10);
  expect(split([Buffer.from("12345"), Buffer.from("67890")], splitter)).toEqual([]);
  expect(() => split([Buffer.from("1")], splitter)).toThrow(RangeError);
});
