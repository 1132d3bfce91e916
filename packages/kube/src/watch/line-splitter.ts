const NEWLINE = 0x0a;

/** Longest line that is kept while its end is awaited. Objects are at most 1.5 MiB in etcd; JSON may be twice that. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;

/** A line without its newline, as a part of a larger buffer: a Buffer of its own for each would cost as much as scanning it. */
export interface Line {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

export function textOf({ bytes, start, end }: Line): string {
  return bytes.toString("utf8", start, end);
}

const SLAB_BYTES = 64 * 1024;

/**
 * Cuts a byte stream into lines, wherever chunks end: in the middle of a line or of a UTF-8 character. A line that lies
 * within one chunk is a view of it and copies nothing. Empty lines are dropped.
 */
export class LineSplitter {
  readonly #bytesMax: number;
  #chunk: Buffer = Buffer.alloc(0);
  #position = 0;
  /** Beginnings of a line whose end is in a later chunk. */
  #pieces: Buffer[] = [];
  #piecesBytes = 0;
  #slab: Buffer = Buffer.alloc(0);

  constructor(bytesMax: number = LINE_BYTES_MAX) {
    this.#bytesMax = bytesMax;
  }

  /** Takes the next chunk; call `next` until it has no more before the following `push`. */
  push(chunk: Buffer): void {
    this.#chunk = chunk;
    this.#position = 0;
  }

  /** The next whole line without its newline; `undefined` when a further chunk is needed. @throws RangeError for a line too long */
  next(): Line | undefined {
    while (this.#position < this.#chunk.length) {
      const end = this.#chunk.indexOf(NEWLINE, this.#position);
      if (end === -1) {
        this.#keep(this.#chunk.subarray(this.#position));
        return undefined;
      }
      const line = this.#lineTo(end);
      this.#position = end + 1;
      if (line.end > line.start) return line;
    }
    return undefined;
  }

  /** Bytes of a line that has begun and not ended. */
  get pendingBytes(): number {
    return this.#piecesBytes;
  }

  #lineTo(end: number): Line {
    if (this.#pieces.length === 0) return { bytes: this.#chunk, start: this.#position, end };
    this.#pieces.push(this.#chunk.subarray(this.#position, end));
    const line = this.#join(this.#piecesBytes + end - this.#position);
    this.#pieces = [];
    this.#piecesBytes = 0;
    return line;
  }

  /** The pieces in one buffer, cut from a larger one: allocating each would cost more than reading the line. */
  #join(length: number): Line {
    if (this.#slab.length < length) this.#slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, length));
    const line = this.#slab.subarray(0, length);
    this.#slab = this.#slab.subarray(length);
    let at = 0;
    for (const piece of this.#pieces) at += piece.copy(line, at);
    return { bytes: line, start: 0, end: length };
  }

  #keep(piece: Buffer): void {
    this.#piecesBytes += piece.length;
    if (this.#piecesBytes > this.#bytesMax) throw new RangeError(`a line of more than ${this.#bytesMax} bytes`);
    this.#pieces.push(piece);
    this.#position = this.#chunk.length;
  }
}
