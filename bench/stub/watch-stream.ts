import type { Socket } from "node:net";
import { samplePod } from "./sample-objects.ts";

/** Versions are of one width, so that an event is made by writing digits into place. */
const FIRST_VERSION = 2_000_000_000;
const MARK = "2000000000";
/** Events in one HTTP chunk, and chunks that may be on their way at once. */
const EVENTS_PER_CHUNK = 50;
const CHUNKS = 10;

/** A chunk of the stream, ready to send but for the versions in it. */
interface Chunk {
  readonly bytes: Buffer;
  readonly versionsAt: readonly number[];
}

/**
 * Sends `count` MODIFIED events (a multiple of `EVENTS_PER_CHUNK`) as fast as the reader takes them, then keeps the stream
 * open and silent. Nothing is serialised or copied on the way: each chunk is written again when the socket is done with it.
 */
export function streamEvents(socket: Socket, count: number): void {
  let sent = 0;
  const send = (chunk: Chunk): void => {
    if (sent >= count || socket.destroyed) return;
    for (const [index, at] of chunk.versionsAt.entries()) {
      chunk.bytes.write(String(FIRST_VERSION + sent + index), at, "latin1");
    }
    sent += EVENTS_PER_CHUNK;
    socket.write(chunk.bytes, () => send(chunk));
  };
  for (let index = 0; index < CHUNKS; index += 1) send(buildChunk(index * EVENTS_PER_CHUNK));
}

function buildChunk(firstPod: number): Chunk {
  const lines = Array.from({ length: EVENTS_PER_CHUNK }, (_, index) =>
    Buffer.from(`${JSON.stringify({ type: "MODIFIED", object: samplePod(firstPod + index, MARK) })}\n`),
  );
  const body = Buffer.concat(lines);
  const bytes = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]);
  const versionsAt: number[] = [];
  for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + MARK.length)) versionsAt.push(at);
  return { bytes, versionsAt };
}
