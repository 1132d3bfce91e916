import type { Socket } from "node:net";

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
}

const HEADER_END = Buffer.from("\r\n\r\n");

/**
 * Just enough HTTP/1.1 to read what well-behaved clients send: a request line, headers, and a body of a stated length. It is
 * this small so that the server costs less than any client that is measured against it.
 */
export function readRequests(socket: Socket, onRequest: (request: StubRequest) => void): void {
  let held: Buffer = Buffer.alloc(0);
  socket.on("data", (chunk: Buffer) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      const headerEnd = held.indexOf(HEADER_END);
      if (headerEnd < 0) return;
      const head = held.toString("latin1", 0, headerEnd);
      const bodyStart = headerEnd + HEADER_END.length;
      const end = bodyStart + bodyLength(head);
      if (held.length < end) return;
      held = held.subarray(end);
      onRequest(parseHead(head));
    }
  });
}

function bodyLength(head: string): number {
  const match = /\r\ncontent-length: *(\d+)/i.exec(head);
  if (match === null && /\r\ntransfer-encoding:/i.test(head)) throw new Error("the stub reads no chunked bodies");
  return match === null ? 0 : Number(match[1]);
}

function parseHead(head: string): StubRequest {
  const [method = "", target = ""] = head.slice(0, head.indexOf("\r\n")).split(" ");
  const mark = target.indexOf("?");
  return mark < 0
    ? { method, path: target, query: "" }
    : { method, path: target.slice(0, mark), query: target.slice(mark + 1) };
}
