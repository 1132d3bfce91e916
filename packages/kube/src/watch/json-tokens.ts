/** What a token reader gives where there is no such token. */
export const INVALID = -1;

const LOWER_U = 0x75;
/** What may follow a backslash, `u` apart: `"\/bfnrt`. */
const SIMPLE_ESCAPES: ReadonlySet<number> = new Set([0x22, 0x5c, 0x2f, 0x62, 0x66, 0x6e, 0x72, 0x74]);

/** One past the escape whose backslash is at `at`. RFC 8259 section 7, strictly. */
export function escapeEnd(bytes: Buffer, at: number): number {
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
export function bareEnd(bytes: Buffer, at: number): number {
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
