import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { createVirtualClock } from "@flotilla/testing";
import { createCallPolicy, isCloudError, systemClock, systemRandom } from "@flotilla/core";
import { afterEach, describe, expect, test } from "vitest";
import { type AksClient, openAksClient } from "./aks-client.ts";
import type { AzureCredential } from "./azure-credential.ts";
import { openSession } from "./open-session.ts";

const CANARY = "opaque-canary-41";
const LIST = { link: undefined };
const credential: AzureCredential = {
  getToken: async () => ({ token: CANARY, expiresOnTimestamp: Date.now() + 3_600_000 }),
};

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function aClient(answer: RequestListener, clock = systemClock): Promise<AksClient> {
  server = createServer(answer);
  await new Promise<void>((resolve) => {
    server?.listen(0, "127.0.0.1", resolve);
  });
  const session = await openSession(
    { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` },
    {
      env: {},
      clock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
      credential,
    },
  );
  return openAksClient(session, "00000000-0000-0000-0000-000000000000");
}

async function failureOf(client: AksClient, signal = AbortSignal.timeout(20_000)) {
  const error = await client.listClusters(LIST, { signal }).catch((thrown: unknown) => thrown);
  return isCloudError(error) ? error : Promise.reject(error);
}

/** The head of an answer and half of a packed body; then the connection breaks, or stays open for ever. */
function half(ending: "breaks" | "hangs", begun: () => void = () => undefined): RequestListener {
  return (_request, response) => {
    const packed = gzipSync(JSON.stringify({ value: Array.from({ length: 5000 }, (_, index) => ({ index })) }));
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.write(packed.subarray(0, packed.length / 2), () => {
      begun();
      if (ending === "breaks") response.socket?.destroy();
    });
  };
}

describe("an answer without measure", () => {
  const endless: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    const spaces = new Readable({ read: () => void spaces.push(Buffer.alloc(64 * 1024, " ")) });
    spaces.pipe(response);
  };
  const bomb: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
    response.write(gzipSync(Buffer.alloc(64 * 1024 * 1024, " ")));
  };

  test.each([
    ["that does not end", endless],
    ["that is packed small", bomb],
  ])("one %s is refused, and its connection is closed", async (_name, answer) => {
    const closed = Promise.withResolvers<void>();
    const client = await aClient((request, response) => {
      response.on("close", closed.resolve);
      answer(request, response);
    });
    expect(await failureOf(client)).toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("the answer is larger than allowed (32 MiB)") as unknown,
    });
    await closed.promise;
  });

  test("one of many pages' size is read", async () => {
    const value = [{ id: "/x", tags: { much: "x".repeat(16 * 1024 * 1024) } }];
    const client = await aClient((_request, response) => response.end(JSON.stringify({ value })));
    expect((await client.listClusters(LIST, { signal: AbortSignal.timeout(20_000) })).clusters).toHaveLength(1);
  });

  test("one that cannot be unpacked is lost", async () => {
    const client = await aClient((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end("not packed at all");
    });
    expect(await failureOf(client)).toMatchObject({ kind: "transient", code: "Z_DATA_ERROR" });
  });
});

describe("an answer that never comes to its end", () => {
  // The SDKs' client times the head alone, and does not notice that a packed body breaks off.
  test.each(["breaks", "hangs"] as const)("a packed body that %s is given up after a while", async (ending) => {
    const clock = createVirtualClock(Date.now());
    const begun = Promise.withResolvers<void>();
    const failing = failureOf(await aClient(half(ending, begun.resolve), clock));
    await begun.promise;
    await clock.advance(60_000);
    expect(await failing).toMatchObject({
      kind: "transient",
      code: "TimeoutError",
      message: expect.stringContaining("no answer within 20 s") as unknown,
    });
    expect(clock.sleeping).toBe(0);
  });

  test("who gives up meanwhile waits no longer", async () => {
    const leaving = new AbortController();
    // A little later, so that the client is in the middle of the body.
    const client = await aClient(half("breaks", () => setTimeout(() => leaving.abort(new Error("enough")), 50)));
    await expect(failureOf(client, leaving.signal)).rejects.toThrow("enough");
  });
});

test("a token that is still revoked after the claims were answered is told as such", async () => {
  let asked = 0;
  const claims = Buffer.from('{"access_token":{}}').toString("base64");
  const client = await aClient((_request, response) => {
    asked += 1;
    const challenge = `Bearer realm="", error="insufficient_claims", claims="${claims}"`;
    response.writeHead(401, { "www-authenticate": challenge }).end('{"error":{"code":"TokenRevoked","message":"x"}}');
  });
  expect(await failureOf(client)).toMatchObject({ kind: "unauthenticated", code: "TokenRevoked" });
  expect(asked).toBe(2);
});

test("only an answer that asks for another token is a challenge", async () => {
  const client = await aClient((_request, response) => {
    const challenge = 'Bearer error="insufficient_claims", claims="e30="';
    response.writeHead(403, { "www-authenticate": challenge }).end('{"error":{"code":"AuthorizationFailed"}}');
  });
  expect(await failureOf(client)).toMatchObject({ kind: "denied", code: "AuthorizationFailed" });
});

test("claims that cannot be read are a refusal like another", async () => {
  const client = await aClient((_request, response) => {
    response.writeHead(401, { "www-authenticate": 'Bearer error="insufficient_claims", claims="%%%"' }).end();
  });
  expect(await failureOf(client)).toMatchObject({ kind: "unauthenticated", code: "Http401" });
});

test("the token is not repeated, wherever an answer quotes it", async () => {
  const client = await aClient((request, response) => {
    const said = String(request.headers.authorization);
    const details = [{ code: said, message: said }];
    response.writeHead(418).end(JSON.stringify({ error: { code: said, message: `bad ${said}`, details } }));
  });
  const error = await failureOf(client);
  expect(error.message).toContain("bad Bearer [token]");
  expect(JSON.stringify([error.message, { ...error }])).not.toContain(CANARY);
});
