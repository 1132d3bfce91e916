import type { Socket } from "node:net";
import { samplePod } from "./sample-objects.ts";

/** Versions are of one width, so that an event is made by writing digits over a template. */
const FIRST_VERSION = 2_000_000_000;
const MARK = "2000000000";
/** Distinct pods that the events are about, and events per write. */
const TEMPLATES = 500;
const BATCH = 64;

/** Sends `count` MODIFIED events as fast as the reader takes them, then keeps the stream open and silent. */
export function streamEvents(socket: Socket, count: number): void {
  const templates = Array.from({ length: TEMPLATES }, (_, index) => {
    const line = Buffer.from(`${JSON.stringify({ type: "MODIFIED", object: samplePod(index, MARK) })}\n`);
    return { line, versionAt: line.indexOf(MARK) };
  });
  const state = { sent: 0 };
  const batch = (): Buffer => {
    const lines: Buffer[] = [];
    for (; lines.length < BATCH && state.sent < count; state.sent += 1) {
      const template = templates[state.sent % TEMPLATES];
      if (template === undefined) break;
      template.line.write(String(FIRST_VERSION + state.sent), template.versionAt, "latin1");
      lines.push(Buffer.from(template.line));
    }
    return Buffer.concat(lines);
  };
  const pump = (): void => {
    for (let goesOn = true; goesOn && state.sent < count && !socket.destroyed;) {
      const body = batch();
      goesOn = socket.write(Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]));
      if (!goesOn) socket.once("drain", pump);
    }
  };
  pump();
}
