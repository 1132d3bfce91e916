import type { Json } from "../json/json.ts";
import { ANY, type Field, type ListSchema, type ScalarType, type Schema, type StructSchema } from "./schema.ts";

const SCALARS: Readonly<Record<string, ScalarType>> = {
  s: "string",
  i32: "int32",
  i64: "int64",
  f: "number",
  b: "boolean",
  q: "quantity",
  x: "intOrString",
  t: "time",
  u: "microTime",
  y: "bytes",
};
const FALLBACK_PACKAGES = ["io.k8s.api.core.v1", "io.k8s.apimachinery.pkg.apis.meta.v1", "io.k8s.api.autoscaling.v1"];

/** Full type name → schema. */
export type TypeTable = ReadonlyMap<string, StructSchema>;

/**
 * Reads type tables. One type is `Name %atomic? field…`, continued on indented lines; `@ package` starts a package. A field
 * is `name` + marks + `#number` + `:` + type + `=default`. The number is that of protobuf; two of them where Go embeds. Marks: `!` required, `~` always written, `?` zero value omitted. Types:
 * a scalar letter, `s(A|B)` with allowed values, `[T]` list, `{T}` map (`{T}%` with one owner), `any`, or a type's name. After a list: `@a,b` map
 * list with these keys, `@@` set, `+key` strategic merge key, `+rk` retain keys. Without `@` a list is atomic.
 */
export function parseTypeTables(tables: readonly string[]): TypeTable {
  const types = new Map<string, { readonly schema: StructSchema; readonly fields: Map<string, Field> }>();
  const pending: { readonly name: string; readonly scope: string; readonly words: readonly string[] }[] = [];
  let scope = "";
  for (const line of tables.flatMap(logicalLines)) {
    const [head = "", ...words] = line.split(" ").filter((word) => word !== "");
    if (head === "@") {
      scope = words[0] ?? "";
      continue;
    }
    const name = `${scope}.${head}`;
    const atomic = words[0] === "%atomic";
    const fields = new Map<string, Field>();
    types.set(name, { schema: { kind: "struct", name, atomic, open: false, fields }, fields });
    pending.push({ name, scope, words: atomic ? words.slice(1) : words });
  }
  for (const { name, scope, words } of pending) {
    const resolve = (type: string): StructSchema => resolveType(types, scope, type);
    for (const word of words) {
      const field = parseField(word, resolve);
      types.get(name)?.fields.set(field.name, field);
    }
  }
  return new Map([...types].map(([name, type]) => [name, type.schema]));
}

function logicalLines(table: string): string[] {
  return table.trim().replaceAll("\n  ", " ").split("\n");
}

function resolveType(
  types: ReadonlyMap<string, { readonly schema: StructSchema }>,
  scope: string,
  type: string,
): StructSchema {
  for (const place of [scope, ...FALLBACK_PACKAGES]) {
    const found = types.get(`${place}.${type}`);
    if (found !== undefined) return found.schema;
  }
  throw new Error(`type table: ${scope} names an unknown type ${type}`);
}

function parseField(word: string, resolve: (type: string) => StructSchema): Field {
  const match = /^([\w$-]+)([!~?]*)(?:#([\d.]+))?:(.+)$/.exec(word);
  if (match === null) throw new Error(`type table: cannot read the field ${word}`);
  const [, name = "", marks = "", number = "", rest = ""] = match;
  const [, text = rest, standard] = /^(.*[^=])=([^=)]+)$/.exec(rest) ?? [];
  const retainKeys = text.endsWith("+rk");
  const schema = parseType(retainKeys && !text.startsWith("[") ? text.slice(0, -3) : text, resolve);
  return {
    name,
    schema,
    required: marks.includes("!"),
    always: marks.includes("~"),
    omitZero: marks.includes("?"),
    retainKeys: retainKeys && schema.kind === "struct",
    number: number === "" ? [] : number.split(".").map(Number),
    ...(standard === undefined ? {} : { standard: readDefault(standard) }),
  };
}

function readDefault(text: string): Json {
  if (text === "True" || text === "False") return text === "True";
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

function parseType(text: string, resolve: (type: string) => StructSchema): Schema {
  if (text === "any") return ANY;
  if (text.startsWith("[")) return parseList(text, resolve);
  if (text.startsWith("{")) {
    const end = text.lastIndexOf("}");
    return { kind: "map", atomic: text.endsWith("%"), value: parseType(text.slice(1, end), resolve) };
  }
  const [, letter = text, values] = /^(\w+)\((.*)\)$/.exec(text) ?? [];
  const scalar = SCALARS[letter];
  if (scalar === undefined) return resolve(text);
  return { kind: "scalar", type: scalar, values: values === undefined ? [] : values.split("|") };
}

function parseList(text: string, resolve: (type: string) => StructSchema): ListSchema {
  const end = text.lastIndexOf("]");
  const [marks = "", mergeKey, retain] = text.slice(end + 1).split("+");
  const keys = marks.replace("@", "");
  return {
    kind: "list",
    lists: marks === "" ? "atomic" : keys === "@" ? "set" : "map",
    keys: marks === "" || keys === "@" ? [] : keys.split(","),
    item: parseType(text.slice(1, end), resolve),
    ...(mergeKey === undefined ? {} : { mergeKey }),
    retainKeys: retain === "rk",
  };
}
