/** What a reader of tokens gives where there is none, or where white space makes it unsure. */
export const INVALID = -1;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const LOWER_U = 0x75;
/** What may follow a backslash, `u` apart: `"\/bfnrt`. */
const SIMPLE_ESCAPES: ReadonlySet<number> = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);
/** What encloses a place fits into the bits of one small integer. Deeper values, as in big CRDs, are not sure. */
const DEPTH_MAX = 30;

/** What may come next, in an order that lets one comparison ask for "a value". */
const VALUE = 0;
const VALUE_OR_CLOSE = 1;
const KEY = 2;
const KEY_OR_CLOSE = 3;
const COMMA_OR_CLOSE = 4;

/**
 * One past the value that begins at `at`, checked to be JSON as servers write it: RFC 8259 strictly, without white space.
 * Bytes beyond ASCII pass, since the decoder replaces what is not UTF-8 before `JSON.parse` sees it. The value may seem to go
 * on behind `end`, into what stands there: that is for the caller to notice. Reading past the end of a Buffer gives
 * `undefined`, which equals and exceeds nothing.
 *
 * One token a turn; strings are walked in place, as a function of their own would double the time.
 */
export function valueEnd(bytes: Buffer, start: number, end: number): number {
  let at = start;
  let enclosing = 0; // one bit per level, the innermost lowest: 1 for an object, 0 for an array
  let depth = 0;
  let next = VALUE;
  while (at < end) {
    const byte = bytes[at] as number; // below the end
    if (byte === QUOTE) {
      at += 1;
      let inner = bytes[at] as number;
      while (inner !== QUOTE) {
        if (inner < SPACE || inner === BACKSLASH) at = inner === BACKSLASH ? escapeEnd(bytes, at) : INVALID;
        else at += 1;
        if (at === INVALID || at >= end) return INVALID;
        inner = bytes[at] as number;
      }
      at += 1;
      if (next <= VALUE_OR_CLOSE) next = COMMA_OR_CLOSE;
      else {
        if (next === COMMA_OR_CLOSE || bytes[at] !== COLON) return INVALID;
        at += 1;
        next = VALUE;
        continue;
      }
    } else if (byte === COMMA) {
      if (next !== COMMA_OR_CLOSE) return INVALID;
      next = (enclosing & 1) === 1 ? KEY : VALUE;
      at += 1;
      continue;
    } else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
      if (next > VALUE_OR_CLOSE || depth === DEPTH_MAX) return INVALID;
      enclosing = (enclosing << 1) | (byte === OPEN_OBJECT ? 1 : 0);
      depth += 1;
      next = byte === OPEN_OBJECT ? KEY_OR_CLOSE : VALUE_OR_CLOSE;
      at += 1;
      continue;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (next !== COMMA_OR_CLOSE && next !== (byte === CLOSE_OBJECT ? KEY_OR_CLOSE : VALUE_OR_CLOSE)) return INVALID;
      if (depth === 0 || (enclosing & 1) !== (byte === CLOSE_OBJECT ? 1 : 0)) return INVALID;
      enclosing >>= 1;
      depth -= 1;
      next = COMMA_OR_CLOSE;
      at += 1;
    } else {
      at = next > VALUE_OR_CLOSE ? INVALID : bareEnd(bytes, at);
      if (at === INVALID) return INVALID;
      next = COMMA_OR_CLOSE;
    }
    if (depth === 0) return at;
  }
  return INVALID;
}

/** The closing quote of the string whose opening quote is at `at`; `INVALID` also where an escape makes bytes and text differ. */
export function plainStringEnd(bytes: Buffer, at: number): number {
  let i = at + 1;
  for (;;) {
    const byte = bytes[i];
    if (byte === QUOTE) return i;
    if (byte === undefined || byte < SPACE || byte === BACKSLASH || byte > 0x7e) return INVALID;
    i += 1;
  }
}

/** One past the escape whose backslash is at `at`. RFC 8259 section 7. */
function escapeEnd(bytes: Buffer, at: number): number {
  const code = bytes[at + 1];
  if (code === undefined) return INVALID;
  if (SIMPLE_ESCAPES.has(code)) return at + 2;
  if (code !== LOWER_U) return INVALID;
  for (let i = at + 2; i < at + 6; i++) if (!isHex(bytes[i])) return INVALID;
  return at + 6;
}

function isHex(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  const lower = byte | 0x20;
  return isDigit(byte) || (lower >= 0x61 && lower <= 0x66);
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

/** One past the number, `true`, `false` or `null` that begins at `at`. */
function bareEnd(bytes: Buffer, at: number): number {
  const first = bytes[at];
  if (first === 0x74) return wordEnd(bytes, at, TRUE);
  if (first === 0x66) return wordEnd(bytes, at, FALSE);
  return first === 0x6e ? wordEnd(bytes, at, NULL) : numberEnd(bytes, at);
}

function numberEnd(bytes: Buffer, at: number): number {
  let i = bytes[at] === 0x2d ? at + 1 : at;
  i = bytes[i] === 0x30 ? i + 1 : digitsEnd(bytes, i);
  if (i !== INVALID && bytes[i] === 0x2e) i = digitsEnd(bytes, i + 1);
  if (i === INVALID || (bytes[i] !== 0x65 && bytes[i] !== 0x45)) return i;
  const sign = bytes[i + 1];
  return digitsEnd(bytes, sign === 0x2b || sign === 0x2d ? i + 2 : i + 1);
}

/** At least one digit. */
function digitsEnd(bytes: Buffer, at: number): number {
  let i = at;
  while (isDigit(bytes[i])) i += 1;
  return i === at ? INVALID : i;
}

const TRUE: readonly number[] = [...Buffer.from("true")];
const FALSE: readonly number[] = [...Buffer.from("false")];
const NULL: readonly number[] = [...Buffer.from("null")];

function wordEnd(bytes: Buffer, at: number, word: readonly number[]): number {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return INVALID;
  return at + word.length;
}
