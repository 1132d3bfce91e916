import type { Line } from "./line-splitter.ts";
import { INVALID, plainStringEnd, valueEnd } from "./json-tokens.ts";

/** What is read of an event without building it. Absent parts are empty; an object without kind or apiVersion is not sure. */
export interface ScannedEvent {
  readonly type: string;
  readonly name: string;
  readonly namespace: string;
  readonly uid: string;
  readonly resourceVersion: string;
}

/**
 * Reads a line only as far as it takes to know which object it is about, strictly as JSON up to there, and makes sure that the
 * line ends as an event does. Where a server puts the names late, or an object has no namespace, that is the whole line.
 * `undefined`: not sure, ask `JSON.parse` (it may be invalid, too deep, hold white space, or have an escape or a repeated
 * member where it matters).
 */
export function scanEvent(line: Line): ScannedEvent | undefined {
  const scan = new Scan(line);
  const at = scan.members(line.start, AT_TOP);
  if (!scan.isTyped) return undefined;
  return at === line.end || (scan.isNamed && endsAsEvent(line)) ? scan.found : undefined;
}

/** Its object and itself are closed. */
function endsAsEvent({ bytes, end }: Line): boolean {
  return bytes[end - 1] === CLOSE_OBJECT && bytes[end - 2] === CLOSE_OBJECT;
}

/** A member that is wanted: a string to keep, a string that must be there, or an object whose own members are wanted. */
interface Member {
  readonly bytes: Uint8Array;
  /** A bit of its own among all of them. */
  readonly bit: number;
  readonly keep?: keyof ScannedEvent;
  readonly inside?: readonly Member[];
}

const IN_METADATA: readonly Member[] = [
  { bytes: Buffer.from("name"), bit: 1, keep: "name" },
  { bytes: Buffer.from("namespace"), bit: 2, keep: "namespace" },
  { bytes: Buffer.from("uid"), bit: 4, keep: "uid" },
  { bytes: Buffer.from("resourceVersion"), bit: 8, keep: "resourceVersion" },
];
const IN_OBJECT: readonly Member[] = [
  { bytes: Buffer.from("kind"), bit: 16 },
  { bytes: Buffer.from("apiVersion"), bit: 32 },
  { bytes: Buffer.from("metadata"), bit: 64, inside: IN_METADATA },
];
const AT_TOP: readonly Member[] = [
  { bytes: Buffer.from("type"), bit: 128, keep: "type" },
  { bytes: Buffer.from("object"), bit: 256, inside: IN_OBJECT },
];
const NAMED: number = 1 | 2 | 4 | 8;
const TYPED: number = 16 | 32;

const QUOTE = 0x22;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

class Scan {
  readonly found: { -readonly [K in keyof ScannedEvent]: string } = {
    type: "",
    name: "",
    namespace: "",
    uid: "",
    resourceVersion: "",
  };
  readonly #bytes: Buffer;
  readonly #end: number;
  /** One bit for each wanted member that has come: a second one would replace it in `JSON.parse`. */
  #given = 0;

  constructor({ bytes, end }: Line) {
    this.#bytes = bytes;
    this.#end = end;
  }

  get isTyped(): boolean {
    return (this.#given & TYPED) === TYPED;
  }

  /** Name, namespace, uid and version are known: nothing further on is needed. */
  get isNamed(): boolean {
    return (this.#given & NAMED) === NAMED;
  }

  /** One past the object that begins at `start`; `INVALID` also as soon as everything is known. */
  members(start: number, wanted: readonly Member[]): number {
    const bytes = this.#bytes;
    if (bytes[start] !== OPEN_OBJECT) return INVALID;
    if (bytes[start + 1] === CLOSE_OBJECT) return start + 2;
    let at = start + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return INVALID;
      const close = plainStringEnd(bytes, at);
      if (close === INVALID || bytes[close + 1] !== COLON) return INVALID;
      const member = find(bytes, at + 1, close, wanted);
      at = member === undefined ? valueEnd(bytes, close + 2, this.#end) : this.#wanted(member, close + 2);
      if (at === INVALID || this.isNamed) return INVALID;
      const next = bytes[at++];
      if (next === CLOSE_OBJECT) return at;
      if (next !== COMMA) return INVALID;
    }
  }

  #wanted({ bit, keep, inside }: Member, at: number): number {
    if ((this.#given & bit) !== 0) return INVALID;
    this.#given |= bit;
    if (inside !== undefined) return this.members(at, inside);
    const close = this.#bytes[at] === QUOTE ? plainStringEnd(this.#bytes, at) : INVALID;
    if (close === INVALID || close === at + 1) return INVALID; // an empty one counts as absent: let JSON.parse decide
    if (keep !== undefined) this.found[keep] = this.#bytes.toString("latin1", at + 1, close);
    return close + 1;
  }
}

function find(bytes: Buffer, from: number, to: number, wanted: readonly Member[]): Member | undefined {
  for (const member of wanted) {
    if (member.bytes.length === to - from && equals(bytes, from, member.bytes)) return member;
  }
  return undefined;
}

function equals(bytes: Buffer, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}
