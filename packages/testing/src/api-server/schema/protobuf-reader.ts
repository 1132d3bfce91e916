/** One field as it is on the wire: a number, or bytes. */
export interface WireField {
  readonly number: number;
  readonly value: bigint | Buffer;
}

/** Bytes that are not the protobuf they should be. */
export class ProtobufError extends Error {
  override readonly name: string = "ProtobufError";
}

/** The fields of a message, in their order. Source: the protobuf encoding specification. @throws ProtobufError */
export function readMessage(bytes: Buffer): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined) throw new ProtobufError("a number is cut off");
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    throw new ProtobufError("a number is too long");
  };
  const take = (length: number): Buffer => {
    if (at + length > bytes.length) throw new ProtobufError("a field is cut off");
    at += length;
    return bytes.subarray(at - length, at);
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Number(key >> 3n);
    switch (Number(key & 7n)) {
      case 0:
        fields.push({ number, value: varint() });
        break;
      case 1:
        fields.push({ number, value: take(8) });
        break;
      case 2:
        fields.push({ number, value: take(Number(varint())) });
        break;
      case 5:
        fields.push({ number, value: take(4) });
        break;
      default:
        throw new ProtobufError(`field ${number} has an unknown wire type`);
    }
  }
  return fields;
}

/** All byte values of a field. */
export function bytesOf(fields: readonly WireField[], number: number): Buffer[] {
  return fields.flatMap((field) => (field.number === number && Buffer.isBuffer(field.value) ? [field.value] : []));
}

/** The last byte value of a field as text, or nothing. */
export function textOf(fields: readonly WireField[], number: number): string {
  return bytesOf(fields, number).at(-1)?.toString("utf8") ?? "";
}

/** The last number of a field, signed; 0 when it is not there. */
export function intOf(fields: readonly WireField[], number: number): number {
  const found = fields.findLast((field) => field.number === number)?.value;
  return typeof found === "bigint" ? Number(BigInt.asIntN(64, found)) : 0;
}
