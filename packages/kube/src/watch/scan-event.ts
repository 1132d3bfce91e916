import { bareEnd, escapeEnd, INVALID } from "./json-tokens.ts";

/** What is read of an event without building it. Absent parts are empty. */
export interface ScannedEvent {
  type: string;
  apiVersion: string;
  kind: string;
  name: string;
  namespace: string;
  uid: string;
  resourceVersion: string;
}

/** Deeper documents are left to `JSON.parse`; objects of a server are not even a tenth of this. */
const DEPTH_MAX = 256;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const SPACE = 0x20;

/** What may come next, in an order that lets one comparison ask for "a value". */
const VALUE = 0;
const VALUE_OR_CLOSE = 1;
const KEY = 2;
const KEY_OR_CLOSE = 3;
const COMMA_OR_CLOSE = 4;

/**
 * Walks a line once: checks that it is JSON to the last byte, and picks out the few strings that say which object it is about.
 * Building the whole object costs three times as much, and most readers look at few of them. `undefined`: not sure, ask
 * `JSON.parse` (it may be invalid, too deep, have white space between a name and its colon, or an escape or a repeated member
 * where it matters).
 */
export function scanEvent(bytes: Buffer): ScannedEvent | undefined {
  const capture = new Capture(bytes);
  return isJson(bytes, capture) && capture.isSure ? capture.found : undefined;
}

/**
 * One token a turn. `capture` is told of what stands in the first three levels; below, nothing matters. Strings are walked
 * here and not in a function of their own: that alone halves the time. Reading past the end gives `undefined`, which equals
 * and exceeds nothing.
 */
function isJson(bytes: Buffer, capture: Capture): boolean {
  const { length } = bytes;
  const isObject = new Uint8Array(DEPTH_MAX);
  let depth = 0;
  let next = VALUE;
  let at = 0;
  while (at < length) {
    const byte = bytes[at] as number; // below the length
    if (byte === QUOTE) {
      const from = ++at;
      let inner = bytes[at] as number;
      while (inner !== QUOTE) {
        if (inner < SPACE || inner === BACKSLASH) at = inner === BACKSLASH ? escapeEnd(bytes, at) : INVALID;
        else at += 1;
        if (at === INVALID || at >= length) return false;
        inner = bytes[at] as number;
      }
      if (next === KEY || next === KEY_OR_CLOSE) {
        if (depth <= 3) capture.key(depth, from, at);
        if (bytes[++at] !== COLON) return false;
        next = VALUE;
      } else {
        if (next > VALUE_OR_CLOSE) return false;
        if (depth <= 3) capture.text(from, at);
        next = COMMA_OR_CLOSE;
      }
      at += 1;
    } else if (byte === COMMA) {
      if (next !== COMMA_OR_CLOSE || depth === 0) return false;
      next = isObject[depth - 1] === 1 ? KEY : VALUE;
      at += 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (next > VALUE_OR_CLOSE || depth === DEPTH_MAX) return false;
      if (depth <= 3) capture.open(depth, byte === OPEN_OBJECT);
      isObject[depth++] = byte === OPEN_OBJECT ? 1 : 0;
      next = byte === OPEN_OBJECT ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
      at += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (next !== COMMA_OR_CLOSE && next !== (byte === CLOSE_OBJECT ? KEY_OR_CLOSE : VALUE_OR_CLOSE)) return false;
      if (depth === 0 || isObject[--depth] !== (byte === CLOSE_OBJECT ? 1 : 0)) return false;
      next = COMMA_OR_CLOSE;
      at += 1;
    } else if (byte <= SPACE) {
      if (byte !== SPACE && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return false;
      at += 1;
    } else {
      at = next > VALUE_OR_CLOSE ? INVALID : bareEnd(bytes, at);
      if (at === INVALID) return false;
      if (depth <= 3) capture.other();
      next = COMMA_OR_CLOSE;
    }
  }
  return depth === 0 && next === COMMA_OR_CLOSE;
}

/** A wanted member, by its place: `type`, `object.kind`, `object.metadata.uid` and so on. */
interface Member {
  readonly name: keyof ScannedEvent | "object" | "metadata";
  readonly bytes: Uint8Array;
}

const AT_TOP: readonly Member[] = members("type", "object");
const IN_OBJECT: readonly Member[] = members("apiVersion", "kind", "metadata");
const IN_METADATA: readonly Member[] = members("name", "namespace", "uid", "resourceVersion");
const NOTHING: readonly Member[] = [];

/** Collects the wanted members and notices whatever makes them doubtful. Names are compared as bytes: strings cost more. */
class Capture {
  readonly found: ScannedEvent = {
    type: "",
    apiVersion: "",
    kind: "",
    name: "",
    namespace: "",
    uid: "",
    resourceVersion: "",
  };
  isSure = true;
  readonly #bytes: Buffer;
  /** The wanted members of the container at each depth. */
  readonly #wanted: (readonly Member[])[] = [NOTHING, AT_TOP, NOTHING, NOTHING, NOTHING];
  #target: Member["name"] | undefined;
  #containers = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  key(depth: number, from: number, to: number): void {
    const wanted = this.#wanted[depth] ?? NOTHING;
    for (const { name, bytes } of wanted) {
      if (bytes.length === to - from && equals(this.#bytes, from, bytes)) this.#target = name;
    }
    if (wanted !== NOTHING && hasEscape(this.#bytes, from, to)) this.isSure = false;
  }

  text(from: number, to: number): void {
    const target = this.#target;
    if (target === undefined) return;
    this.#target = undefined;
    const text = this.#bytes.toString("latin1", from, to);
    if (target === "object" || target === "metadata" || this.found[target] !== "" || !isPlain(text)) {
      this.isSure = false;
    } else this.found[target] = text;
  }

  open(depth: number, isObject: boolean): void {
    const target = this.#target;
    this.#target = undefined;
    if (depth > 0) {
      this.#wanted[depth + 1] = target === "object" ? IN_OBJECT : target === "metadata" ? IN_METADATA : NOTHING;
    }
    if (target === undefined) return;
    // Each of the two comes once and is an object; anything else is somebody else's JSON.
    this.#containers += 1;
    if (!isObject || (target !== "object" && target !== "metadata") || this.#containers > 2) this.isSure = false;
  }

  /** A value that is no string. */
  other(): void {
    if (this.#target !== undefined) this.isSure = false;
    this.#target = undefined;
  }
}

function members(...names: readonly Member["name"][]): readonly Member[] {
  return names.map((name) => ({ name, bytes: Buffer.from(name) }));
}

function equals(bytes: Buffer, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

function hasEscape(bytes: Buffer, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i] === BACKSLASH) return true;
  return false;
}

/** No escapes and ASCII only, so that the bytes are the text. */
function isPlain(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === BACKSLASH || code > 0x7e) return false;
  }
  return true;
}
