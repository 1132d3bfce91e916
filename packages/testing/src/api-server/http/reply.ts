import type { JsonObject } from "../json/json.ts";

/** An answer: a body at once, or a stream of lines. */
export type Reply = BodyReply | StreamReply;

export interface BodyReply {
  readonly kind: "body";
  readonly status: number;
  readonly body: JsonObject | string | Buffer;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StreamReply {
  readonly kind: "stream";
  /** Starts to write lines; the returned function stops it. `end` closes the answer. */
  readonly start: (line: (text: string) => void, end: () => void) => () => void;
}

/** An answer with a JSON body. */
export function json(status: number, body: JsonObject, headers?: Readonly<Record<string, string>>): BodyReply {
  return { kind: "body", status, body, ...(headers === undefined ? {} : { headers }) };
}

/** An answer in plain text. */
export function plain(status: number, body: string): BodyReply {
  return { kind: "body", status, body, contentType: "text/plain; charset=utf-8" };
}
