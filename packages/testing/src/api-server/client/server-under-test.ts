import type { ApiServer, ApiServerOptions } from "../api-server.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { startApiServer } from "../start-api-server.ts";
import { RawClient } from "./raw-client.ts";

/** A server and its administrator's client, for one test. */
export interface ServerUnderTest extends AsyncDisposable {
  readonly server: ApiServer;
  readonly client: RawClient;
  /** Sends a request and returns the body; the status must be below 300. */
  readonly ok: (method: string, path: string, body?: Json, contentType?: string) => Promise<JsonObject>;
}

/** Starts a server for a test. */
export async function serverUnderTest(options: ApiServerOptions = {}): Promise<ServerUnderTest> {
  const server = await startApiServer(options);
  const client = new RawClient(server);
  return {
    server,
    client,
    async ok(method, path, body, contentType) {
      const headers = contentType === undefined ? {} : { headers: { "content-type": contentType } };
      const answer = await client.send(method, path, { ...(body === undefined ? {} : { body }), ...headers });
      if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as JsonObject;
    },
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await server.close();
    },
  };
}

/** Waits until the condition holds. @throws Error after the time, naming what did not come */
export async function eventually(what: string, holds: () => boolean, timeoutMs = 5_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end;) {
    if (holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`did not happen within ${timeoutMs} ms: ${what}`);
}
