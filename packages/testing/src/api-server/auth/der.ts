/** The few forms of ASN.1 DER a certificate is made of. Source: ITU-T X.690. */

const SEQUENCE = 0x30;
const SET = 0x31;
const OBJECT_ID = 0x06;

/** A value with its tag and length. */
export function tagged(tag: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body]);
}

function length(bytes: number): number[] {
  if (bytes < 0x80) return [bytes];
  const digits: number[] = [];
  for (let rest = bytes; rest > 0; rest >>= 8) digits.unshift(rest & 0xff);
  return [0x80 | digits.length, ...digits];
}

/** SEQUENCE. */
export function sequence(...parts: readonly Buffer[]): Buffer {
  return tagged(SEQUENCE, ...parts);
}

/** SET. */
export function set(...parts: readonly Buffer[]): Buffer {
  return tagged(SET, ...parts);
}

/** INTEGER from unsigned bytes; they start with a byte below 0x80. */
export function integer(bytes: readonly number[]): Buffer {
  return tagged(0x02, Buffer.from(bytes));
}

/** BOOLEAN true. */
export function yes(): Buffer {
  return tagged(0x01, Buffer.from([0xff]));
}

/** OCTET STRING. */
export function octets(bytes: Buffer): Buffer {
  return tagged(0x04, bytes);
}

/** BIT STRING; `unused` bits at its end do not count. */
export function bits(bytes: Buffer, unused = 0): Buffer {
  return tagged(0x03, Buffer.from([unused]), bytes);
}

/** UTF8String. */
export function text(value: string): Buffer {
  return tagged(0x0c, Buffer.from(value, "utf8"));
}

/** GeneralizedTime or, before 2050, UTCTime, as RFC 5280 section 4.1.2.5 wants it. */
export function time(epochMs: number): Buffer {
  const digits = new Date(epochMs).toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  return digits < "2050" ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits));
}

/** OBJECT IDENTIFIER from its dotted form. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  return tagged(OBJECT_ID, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift((rest & 0x7f) | 0x80);
  return digits;
}
