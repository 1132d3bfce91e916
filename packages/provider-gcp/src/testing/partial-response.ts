import { isJsonObject } from "@flotilla/core";

/** What a `fields` parameter keeps: members by name, `*` for any; an empty tree keeps everything below. */
interface Mask {
  readonly [name: string]: Mask;
}

/**
 * Cuts an answer down to what `fields` names, e.g. `kind,items(name,zone)`. `undefined`: the text is no
 * such list. Source: Google APIs, working with partial resources.
 */
export function partialResponse(value: unknown, fields: string): { readonly value: unknown } | undefined {
  const tokens = fields.match(/[\w.*]+|[(),/]/g) ?? [];
  if (tokens.join("") !== fields) return undefined;
  const reader = { tokens, at: 0 };
  const mask = readList(reader);
  return mask === undefined || reader.at < tokens.length ? undefined : { value: keep(value, mask) };
}

interface Reader {
  readonly tokens: readonly string[];
  at: number;
}

function readList(reader: Reader): Mask | undefined {
  let mask: Mask = {};
  for (;;) {
    const item = readItem(reader);
    if (item === undefined) return undefined;
    mask = merge(mask, item);
    if (reader.tokens[reader.at] !== ",") return mask;
    reader.at += 1;
  }
}

function readItem(reader: Reader): Mask | undefined {
  const name = reader.tokens[reader.at];
  if (name === undefined || /^[(),/]$/.test(name)) return undefined;
  reader.at += 1;
  const next = reader.tokens[reader.at];
  if (next !== "/" && next !== "(") return { [name]: {} };
  reader.at += 1;
  const inner = next === "/" ? readItem(reader) : readList(reader);
  if (inner === undefined) return undefined;
  if (next === "(" && reader.tokens[reader.at++] !== ")") return undefined;
  return { [name]: inner };
}

function merge(one: Mask, other: Mask): Mask {
  const merged = { ...one };
  for (const [name, mask] of Object.entries(other)) merged[name] = merge(merged[name] ?? {}, mask);
  return merged;
}

function keep(value: unknown, mask: Mask): unknown {
  if (Object.keys(mask).length === 0) return value;
  if (Array.isArray(value)) return value.map((item) => keep(item, mask));
  if (!isJsonObject(value)) return value;
  const kept = Object.entries(value).flatMap(([name, member]) => {
    const inner = mask[name] ?? mask["*"];
    return inner === undefined ? [] : [[name, keep(member, inner)] as const];
  });
  return Object.fromEntries(kept);
}
