import type { Json, JsonObject } from "../json/json.ts";
import { bytesOf, intOf, ProtobufError, readMessage, textOf, type WireField } from "./protobuf-reader.ts";
import type { Field, ScalarType, Schema, StructSchema } from "./schema.ts";

/** What every Kubernetes protobuf body starts with. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

/** The kind a protobuf body is of, and its bytes. */
export interface ProtobufEnvelope {
  readonly apiVersion: string;
  readonly kind: string;
  readonly message: Buffer;
}

/** Opens a body of `application/vnd.kubernetes.protobuf`. @throws ProtobufError */
export function openProtobuf(body: Buffer): ProtobufEnvelope {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw new ProtobufError("the body does not start with k8s\\0");
  const unknown = readMessage(body.subarray(MAGIC.length));
  const [type = Buffer.alloc(0)] = bytesOf(unknown, 1);
  const [message = Buffer.alloc(0)] = bytesOf(unknown, 2);
  const meta = readMessage(type);
  return { apiVersion: textOf(meta, 1), kind: textOf(meta, 2), message };
}

/** An object of a built-in kind as JSON, from its protobuf. @throws ProtobufError */
export function decodeProtobuf(schema: StructSchema, envelope: ProtobufEnvelope): JsonObject {
  return { apiVersion: envelope.apiVersion, kind: envelope.kind, ...message(schema, readMessage(envelope.message)) };
}

function message(schema: StructSchema, fields: readonly WireField[]): JsonObject {
  const out: Record<string, Json> = {};
  for (const field of schema.fields.values()) {
    const own = fieldsAt(fields, field);
    const values = own.filter((one) => one.number === field.number.at(-1)).map((one) => one.value);
    if (field.number.length > 0 && values.length > 0) out[field.name] = decodeValues(field.schema, values);
  }
  return out;
}

/** The message the field is in: this one, or that of the struct embedded in it. */
function fieldsAt(fields: readonly WireField[], field: Field): readonly WireField[] {
  const [first, second] = field.number;
  if (first === undefined || second === undefined) return fields;
  return bytesOf(fields, first).flatMap(readMessage);
}

type Value = WireField["value"];

function decodeValues(schema: Schema, values: readonly Value[]): Json {
  if (schema.kind === "list") return values.map((value) => decodeValue(schema.item, value));
  if (schema.kind !== "map") return decodeValue(schema, values.at(-1) ?? 0n);
  const entries = values.map((value) => {
    const entry = readMessage(asBytes(value));
    const [item = Buffer.alloc(0)] = bytesOf(entry, 2);
    return [textOf(entry, 1), decodeEntry(schema.value, item, entry)] as const;
  });
  return Object.fromEntries(entries);
}

/** A map's value; a list as one is a message with its items. */
function decodeEntry(schema: Schema, item: Buffer, entry: readonly WireField[]): Json {
  if (schema.kind === "list") return bytesOf(readMessage(item), 1).map((one) => decodeValue(schema.item, one));
  const number = entry.find((field) => field.number === 2)?.value;
  return decodeValue(schema, typeof number === "bigint" ? number : item);
}

function decodeValue(schema: Schema, value: Value): Json {
  switch (schema.kind) {
    case "struct":
      return message(schema, readMessage(asBytes(value)));
    case "scalar":
      return scalar(schema.type, value);
    case "any":
      return raw(asBytes(value));
    case "list":
    case "map":
      throw new ProtobufError("a list of lists has no protobuf");
  }
}

/** Undeclared values travel as JSON inside a message. */
function raw(bytes: Buffer): Json {
  const [text = Buffer.from("null")] = bytesOf(readMessage(bytes), 1);
  return JSON.parse(text.toString("utf8")) as Json;
}

function asBytes(value: Value): Buffer {
  if (!Buffer.isBuffer(value)) throw new ProtobufError("a number where a message should be");
  return value;
}

function scalar(type: ScalarType, value: Value): Json {
  switch (type) {
    case "string":
      return asBytes(value).toString("utf8");
    case "bytes":
      return asBytes(value).toString("base64");
    case "boolean":
      return value !== 0n;
    case "int32":
    case "int64":
      return typeof value === "bigint" ? Number(BigInt.asIntN(64, value)) : 0;
    case "number":
      return asBytes(value).readDoubleLE();
    case "quantity":
      return textOf(readMessage(asBytes(value)), 1);
    case "intOrString": {
      const fields = readMessage(asBytes(value));
      return intOf(fields, 1) === 1 ? textOf(fields, 3) : intOf(fields, 2);
    }
    case "time":
    case "microTime":
      return time(readMessage(asBytes(value)), type === "microTime");
  }
}

/** Zero seconds is how the zero time travels: absent. */
function time(fields: readonly WireField[], isMicro: boolean): Json {
  const [seconds, nanos] = [intOf(fields, 1), intOf(fields, 2)];
  if (seconds === 0 && nanos === 0) return null;
  const whole = new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, "");
  return isMicro ? `${whole}.${String(Math.floor(nanos / 1000)).padStart(6, "0")}Z` : `${whole}Z`;
}
