/** One request to an API server, in the terms the transport needs. */
export interface KubeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Absolute path with its query, already encoded. A server URL with a path of its own is put before it. */
  readonly path: string;
  readonly body?: string;
  readonly contentType?: string;
  readonly accept?: string;
  /** Carrying it out twice is the same as once: reads, and server-side apply with an unchanged body. */
  readonly repeatable: boolean;
  /** What was tried, for messages: `apply Deployment default/web`. Called only when something goes wrong. */
  describe(): string;
}

/** A whole answer. `body` is parsed JSON; `undefined` where the server sent none, or none that is JSON with an error status. */
export interface KubeResponse {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
}

/** `true` where a lost answer may hide an effect. */
export function isWrite(request: KubeRequest): boolean {
  return request.method !== "GET";
}
