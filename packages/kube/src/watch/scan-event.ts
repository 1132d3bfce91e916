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
 * Walks a line once: checks that it is JSON to the last byte, and picks out the few strings that say which object it is about.
 * Building the whole object costs three times as much, and most readers look at few of them. `undefined`: not sure, ask
 * `JSON.parse` (it may be invalid, too deep, hold white space, or have an escape or a repeated member where it matters).
 */
export function scanEvent(bytes: Buffer): ScannedEvent | undefined {
  const scan = new Scan(bytes);
  return scan.members(0, AT_TOP) === bytes.length && scan.isTyped ? scan.found : undefined;
}

/** A member that is wanted: a string to keep, one that must be there, or an object whose own members are wanted. */
interface Member {
  readonly bytes: Uint8Array;
  readonly keep?: keyof ScannedEvent;
  readonly mustBe?: number;
  readonly inside?: readonly Member[];
}

const IN_METADATA: readonly Member[] = [kept("name"), kept("namespace"), kept("uid"), kept("resourceVersion")];
const IN_OBJECT: readonly Member[] = [given("kind", 1), given("apiVersion", 2), within("metadata", IN_METADATA)];
const AT_TOP: readonly Member[] = [kept("type"), within("object", IN_OBJECT)];

function kept(name: keyof ScannedEvent): Member {
  return { bytes: Buffer.from(name), keep: name };
}

function given(name: string, bit: number): Member {
  return { bytes: Buffer.from(name), mustBe: bit };
}

function within(name: string, inside: readonly Member[]): Member {
  return { bytes: Buffer.from(name), inside };
}

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
  /** Objects entered: each of the three comes once, or a later one would count in `JSON.parse`. */
  #entered = 0;
  #given = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get isTyped(): boolean {
    return this.#given === 3;
  }

  /** One past the object that begins at `start`. */
  members(start: number, wanted: readonly Member[]): number {
    const bytes = this.#bytes;
    this.#entered += 1;
    if (bytes[start] !== OPEN_OBJECT || this.#entered > 3) return INVALID;
    if (bytes[start + 1] === CLOSE_OBJECT) return start + 2;
    let at = start + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return INVALID;
      const close = plainStringEnd(bytes, at);
      if (close === INVALID || bytes[close + 1] !== COLON) return INVALID;
      const member = find(bytes, at + 1, close, wanted);
      at = member === undefined ? valueEnd(bytes, close + 2) : this.#wanted(member, close + 2);
      if (at === INVALID) return INVALID;
      const next = bytes[at++];
      if (next === CLOSE_OBJECT) return at;
      if (next !== COMMA) return INVALID;
    }
  }

  #wanted({ keep, mustBe, inside }: Member, at: number): number {
    if (inside !== undefined) return this.members(at, inside);
    if (this.#bytes[at] !== QUOTE) return INVALID;
    const close = plainStringEnd(this.#bytes, at);
    if (close === INVALID || close === at + 1) return INVALID; // absent and empty are not told apart here
    if (mustBe !== undefined) {
      if ((this.#given & mustBe) !== 0) return INVALID;
      this.#given |= mustBe;
    } else if (keep !== undefined) {
      if (this.found[keep] !== "") return INVALID;
      this.found[keep] = this.#bytes.toString("latin1", at + 1, close);
    }
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
