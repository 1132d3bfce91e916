import { describe, expect, test } from "vitest";
import { decode, DecodeError } from "./decode.ts";
import { decodeProtobuf, openProtobuf } from "./decode-protobuf.ts";
import { parseTypeTables } from "./parse-type-table.ts";
import { ProtobufError } from "./protobuf-reader.ts";
import type { StructSchema } from "./schema.ts";

const types = parseTypeTables([
  `@ x.v1
Thing metadata~#1:Meta spec~#2:Spec
Meta name?#1:s labels#2:{s}
Spec count#1:i32 size?#2:i64 on?#3:b text?#4:s(A|B) parts!~#5:[Part]@name+name amount#6:q limits#7:{q} port#8:x at#9:t free#10:any
  selector#11:{s}% inner#12.1:s
Part name!~#1:s value?#2:s=v`,
]);
const thing = (): StructSchema => {
  const found = types.get("x.v1.Thing");
  if (found === undefined) throw new Error("no Thing");
  return found;
};

describe("type tables", () => {
  test("say what is required, always there, keyed, atomic and standard", () => {
    const spec = types.get("x.v1.Spec");
    expect(spec?.fields.get("parts")).toMatchObject({
      required: true,
      always: true,
      schema: { kind: "list", lists: "map", keys: ["name"], mergeKey: "name" },
    });
    expect(spec?.fields.get("selector")).toMatchObject({ schema: { kind: "map", atomic: true } });
    expect(spec?.fields.get("text")).toMatchObject({ omitZero: true, schema: { values: ["A", "B"] }, number: [4] });
    expect(spec?.fields.get("inner")).toMatchObject({ number: [12, 1] });
    expect(types.get("x.v1.Part")?.fields.get("value")?.standard).toBe("v");
  });

  test("name a type that is not there", () => {
    expect(() => parseTypeTables(["@ x\nA b:Missing"])).toThrow("x names an unknown type Missing");
  });
});

describe("decoding", () => {
  test("drops what is unknown, null or empty, and adds what is always there", () => {
    const raw = {
      kind: "Thing",
      apiVersion: "x/v1",
      zz: 1,
      spec: { count: 0, size: 0, on: false, text: "", parts: null, limits: {}, yy: 2, selector: null },
    };
    expect(decode(thing(), raw)).toEqual({
      value: { kind: "Thing", apiVersion: "x/v1", metadata: {}, spec: { count: 0, parts: null } },
      unknown: ["zz", "spec.yy"],
    });
  });

  test.each([
    [{ spec: { count: "1" } }, "json: cannot unmarshal string into Go struct field Spec.spec.count of type int32"],
    [{ spec: { count: 1.5 } }, "json: cannot unmarshal number into Go struct field Spec.spec.count of type int32"],
    [{ spec: [] }, "json: cannot unmarshal array into Go struct field Thing.spec of type v1.Spec"],
    [
      { metadata: { labels: { a: 1 } } },
      "json: cannot unmarshal number into Go struct field Meta.metadata.labels of type string",
    ],
    [
      { spec: { parts: [{ name: true }] } },
      "json: cannot unmarshal bool into Go struct field Part.spec.parts.name of type string",
    ],
  ])("refuses %j", (raw, message) => {
    expect(() => decode(thing(), raw)).toThrow(new DecodeError(message));
  });

  test("a quantity is a number or text of its grammar", () => {
    for (const amount of ["1", "1.5", ".5", "100m", "1Gi", "1e3", "2k"])
      expect(decode(thing(), { spec: { amount } }).value).toMatchObject({ spec: { amount } });
    for (const amount of ["", "abc", "1 Gi", "1Gib", "--1"])
      expect(() => decode(thing(), { spec: { amount } })).toThrow("quantities must match");
  });
});

/** Writes protobuf for the test: `[number, value]`, where text and bytes are length-delimited and numbers varints. */
function message(...fields: readonly (readonly [number, string | number | Buffer])[]): Buffer {
  const varint = (value: number): number[] =>
    value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === "number") return Buffer.from([...varint(number << 3), ...varint(value)]);
      const bytes = Buffer.from(value);
      return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(bytes.length)]), bytes]);
    }),
  );
}

describe("protobuf", () => {
  const envelope = (body: Buffer): Buffer =>
    Buffer.concat([Buffer.from("k8s\0"), message([1, message([1, "x/v1"], [2, "Thing"])], [2, body])]);

  test("becomes the same object as JSON would", () => {
    const quantity = message([1, "1500m"]);
    const spec = message(
      [1, 300],
      [3, 1],
      [5, message([1, "a"], [2, "b"])],
      [5, message([1, "c"])],
      [6, quantity],
      [7, message([1, "cpu"], [2, quantity])],
      [8, message([1, 1], [3, "http"])],
      [9, message([1, 1_767_225_600])],
      [10, message([1, '{"any":[1]}'])],
      [12, message([1, "deep"])],
    );
    const body = envelope(message([1, message([1, "n"], [2, message([1, "k"], [2, "v"])])], [2, spec]));
    expect(decodeProtobuf(thing(), openProtobuf(body))).toEqual({
      apiVersion: "x/v1",
      kind: "Thing",
      metadata: { name: "n", labels: { k: "v" } },
      spec: {
        count: 300,
        on: true,
        parts: [{ name: "a", value: "b" }, { name: "c" }],
        amount: "1500m",
        limits: { cpu: "1500m" },
        port: "http",
        at: "2026-01-01T00:00:00Z",
        free: { any: [1] },
        inner: "deep",
      },
    });
  });

  test("that is none, or is cut off, is refused", () => {
    expect(() => openProtobuf(Buffer.from("{}"))).toThrow(ProtobufError);
    const whole = envelope(message([2, message([4, "text"])]));
    expect(() => decodeProtobuf(thing(), openProtobuf(whole.subarray(0, whole.length - 2)))).toThrow(ProtobufError);
  });
});
