import { isList, isObject, type Json, type JsonObject } from "../json/json.ts";
import type { Field, ScalarSchema, ScalarType, Schema, StructSchema } from "./schema.ts";

/** A decoded object, and the paths of the fields that are not declared and were dropped. */
export interface Decoded {
  readonly value: JsonObject;
  readonly unknown: readonly string[];
}

/** A value of the wrong type. The message is the server's, e.g. `json: cannot unmarshal string into …`. */
export class DecodeError extends Error {
  override readonly name: string = "DecodeError";
}

/**
 * Brings an object of a built-in kind into the form the server keeps: undeclared fields dropped, nulls and empty optional
 * values absent, structs always there.
 * @throws DecodeError on a value of the wrong type
 */
export function decode(schema: StructSchema, value: JsonObject): Decoded {
  const unknown: string[] = [];
  const out = struct(schema, value, { path: "", owner: shortName(schema), unknown });
  return { value: out, unknown };
}

interface At {
  readonly path: string;
  /** The Go struct the server would name in an error. */
  readonly owner: string;
  readonly unknown: string[];
}

const GO_TYPES: Readonly<Record<ScalarType, string>> = {
  string: "string",
  int32: "int32",
  int64: "int64",
  number: "float64",
  boolean: "bool",
  quantity: "resource.Quantity",
  intOrString: "intstr.IntOrString",
  time: "v1.Time",
  microTime: "v1.MicroTime",
  bytes: "[]uint8",
};

function shortName(schema: StructSchema): string {
  return schema.name.slice(schema.name.lastIndexOf(".") + 1);
}

function struct(schema: StructSchema, value: JsonObject, at: At): JsonObject {
  const out: Record<string, Json> = {};
  // In the order of the document, so that unknown fields are told in it.
  for (const [name, raw] of Object.entries(value)) {
    const field = schema.fields.get(name);
    if (field !== undefined) {
      const decoded = raw === undefined || raw === null ? undefined : decodeField(field, raw, schema, at);
      if (decoded !== undefined) out[name] = decoded;
    } else if (at.path === "" && (name === "apiVersion" || name === "kind")) continue;
    else if (schema.open) out[name] = raw ?? null;
    else at.unknown.push(join(at.path, name));
  }
  if (at.path === "")
    for (const name of ["kind", "apiVersion"]) if (typeof value[name] === "string") out[name] = value[name];
  for (const field of schema.fields.values()) {
    if (field.always && out[field.name] === undefined) out[field.name] = zeroOf(field.schema);
  }
  return out;
}

function decodeField(field: Field, raw: Json, owner: StructSchema, at: At): Json | undefined {
  const inner: At = { ...at, path: join(at.path, field.name), owner: shortName(owner) };
  const decoded = any(field.schema, raw, inner);
  if (field.always) return decoded;
  if (field.omitZero && (decoded === "" || decoded === 0 || decoded === false)) return undefined;
  const isEmptyList = isList(decoded) && decoded.length === 0;
  const isEmptyMap = field.schema.kind === "map" && isObject(decoded) && Object.keys(decoded).length === 0;
  return isEmptyList || isEmptyMap ? undefined : decoded;
}

function any(schema: Schema, raw: Json, at: At): Json {
  switch (schema.kind) {
    case "any":
      return raw;
    case "scalar":
      return scalar(schema, raw, at);
    case "struct":
      if (!isObject(raw)) throw wrongType(raw, at, goType(schema));
      return struct(schema, raw, at);
    case "map": {
      if (!isObject(raw)) throw wrongType(raw, at, `map[string]${goType(schema.value)}`);
      const entries = Object.entries(raw).filter(([, item]) => item !== undefined);
      return Object.fromEntries(
        entries.map(([key, item]) => [
          key,
          nullable(schema.value, item ?? null, { ...at, path: join(at.path, key) }, at),
        ]),
      );
    }
    case "list":
      if (!isList(raw)) throw wrongType(raw, at, `[]${goType(schema.item)}`);
      return raw.map((item, index) => nullable(schema.item, item, { ...at, path: `${at.path}[${index}]` }, at));
  }
}

function nullable(schema: Schema, raw: Json, at: At, errorAt: At): Json {
  if (raw === null) return zeroOf(schema);
  return schema.kind === "scalar" ? scalar(schema, raw, errorAt) : any(schema, raw, at);
}

function scalar(schema: ScalarSchema, raw: Json, at: At): Json {
  switch (schema.type) {
    case "string":
    case "time":
    case "microTime":
      if (typeof raw !== "string") throw wrongType(raw, at, GO_TYPES[schema.type]);
      return raw;
    case "bytes":
      if (typeof raw !== "string") throw wrongType(raw, at, GO_TYPES.bytes);
      return base64(raw);
    case "int32":
    case "int64":
      if (typeof raw !== "number" || !Number.isInteger(raw)) throw wrongType(raw, at, GO_TYPES[schema.type]);
      return raw;
    case "number":
      if (typeof raw !== "number") throw wrongType(raw, at, GO_TYPES[schema.type]);
      return raw;
    case "boolean":
      if (typeof raw !== "boolean") throw wrongType(raw, at, GO_TYPES[schema.type]);
      return raw;
    case "quantity":
      return quantity(raw, at);
    case "intOrString":
      if (typeof raw !== "string" && !(typeof raw === "number" && Number.isInteger(raw)))
        throw wrongType(raw, at, GO_TYPES.intOrString);
      return raw;
  }
}

/** Standard alphabet with padding; line ends are skipped. Source: encoding/base64 of Go. */
function base64(raw: string): string {
  const text = raw.replaceAll(/[\r\n]/g, "");
  if (/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return raw;
  const wrong = text.search(/[^A-Za-z0-9+/]/);
  throw new DecodeError(`illegal base64 data at input byte ${wrong < 0 ? text.length : wrong}`);
}

function quantity(raw: Json, at: At): Json {
  if (typeof raw !== "string" && typeof raw !== "number") throw wrongType(raw, at, GO_TYPES.quantity);
  const text = String(raw);
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+|[numkMGTPE]|[KMGTPE]i)?$/.test(text)) return text;
  throw new DecodeError("quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'");
}

function zeroOf(schema: Schema): Json {
  switch (schema.kind) {
    case "struct":
      return struct(schema, {}, { path: "x", owner: "", unknown: [] });
    case "scalar":
      return (
        {
          int32: 0,
          int64: 0,
          number: 0,
          boolean: false,
          quantity: "0",
          intOrString: 0,
          time: null,
          microTime: null,
          string: "",
          bytes: "",
        } as const
      )[schema.type];
    case "list":
    case "map":
    case "any":
      return null;
  }
}

function goType(schema: Schema): string {
  switch (schema.kind) {
    case "scalar":
      return GO_TYPES[schema.type];
    case "struct":
      return `v1.${shortName(schema)}`;
    case "list":
      return `[]${goType(schema.item)}`;
    case "map":
      return `map[string]${goType(schema.value)}`;
    case "any":
      return "interface {}";
  }
}

function wrongType(raw: Json, at: At, wanted: string): DecodeError {
  const got = isList(raw) ? "array" : typeof raw === "boolean" ? "bool" : typeof raw;
  const path = at.path.replaceAll(/\[\d+\]/g, "");
  return new DecodeError(`json: cannot unmarshal ${got} into Go struct field ${at.owner}.${path} of type ${wanted}`);
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}.${name}`;
}
