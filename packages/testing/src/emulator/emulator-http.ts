/** A request as an emulator sees it: the body read whole, the path as it stood on the wire. */
export interface EmulatorRequest {
  readonly method: string;
  /** The `Host` header. */
  readonly host: string;
  /** Path with query, exactly as sent. */
  readonly target: string;
  /** Path without query, percent-decoded nowhere. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Lower-case names; repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface EmulatorReply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a request is about, for faults and for the recording. Empty text where it cannot be told. */
export interface EmulatorCall {
  /** In the cloud's own words, e.g. `eks:ListClusters`, `container.clusters.list`. */
  readonly action: string;
  readonly scope: string;
  readonly region: string;
  /** Who asks: a name that is no secret (an ARN, an account's e-mail). */
  readonly caller: string;
}

/** Goes with every call to a service. */
export interface EmulatorCallContext extends EmulatorCall {
  /** A fault asks for page tokens that go round for ever. */
  readonly loopsPages: boolean;
}

/** Thrown by a service to end a call with this answer. */
export class EmulatorRefusal extends Error {
  override readonly name = "EmulatorRefusal";
  readonly reply: EmulatorReply;

  constructor(reply: EmulatorReply) {
    super(`refused with ${reply.status}`);
    this.reply = reply;
  }
}

/** An answer in JSON. */
export function jsonReply(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): EmulatorReply {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(value) };
}
