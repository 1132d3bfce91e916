import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCallPolicy, isCloudError, systemClock, systemRandom } from "@flotilla/core";
import { startEmulator, jsonReply } from "@flotilla/testing";
import { expect, test, vi } from "vitest";
import { openEksClient } from "./eks-client.ts";
import { openSession } from "./open-session.ts";
import { type AwsTransport, openTransport } from "./transport.ts";

const REQUEST = {
  method: "GET",
  protocol: "http:",
  hostname: "127.0.0.1",
  path: "/clusters",
  headers: {},
  query: {},
};

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

async function fetchText(transport: AwsTransport, port: number): Promise<string> {
  const request = { ...REQUEST, port } as unknown as Parameters<AwsTransport["handler"]["handle"]>[0];
  const { response } = await transport.handler.handle(request);
  let text = "";
  for await (const chunk of response.body as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}

test.each([
  ["never answers", ""],
  ["begins an answer and never ends it", '{"clu'],
])("a server that %s is given up, and the console stays empty", async (_name, text) => {
  const warn = vi.spyOn(console, "warn");
  const server = createServer((_request, response) => {
    if (text !== "") response.write(text);
  });
  const port = await listening(server);
  const options = { endpoint: `http://127.0.0.1:${port}` };
  const timeouts = { connectMs: 1000, silenceMs: 50 };
  await using transport = await openTransport(options, { env: {}, timeouts });
  try {
    await expect(fetchText(transport, port)).rejects.toMatchObject({
      kind: "transient",
      message: expect.stringContaining(`no answer from 127.0.0.1:${port}`) as string,
    });
    expect(warn).not.toHaveBeenCalled();
  } finally {
    warn.mockRestore();
    server.closeAllConnections();
    server.close();
  }
});

test("an answer without end is ended where no answer of AWS is that long, and is not asked for again", async () => {
  let sentBytes = 0;
  const closed = Promise.withResolvers<void>();
  const spaces = Buffer.alloc(1024 * 1024, " ");
  const server = createServer((_request, response) => {
    const send = (): void => {
      while (!response.destroyed) {
        sentBytes += spaces.length;
        if (!response.write(spaces)) break;
      }
    };
    response.on("drain", send).on("close", () => closed.resolve());
    send();
  });
  const port = await listening(server);
  await using transport = await openTransport({ endpoint: `http://127.0.0.1:${port}` }, { env: {} });
  try {
    await expect(fetchText(transport, port)).rejects.toMatchObject({
      kind: "invalid",
      message: expect.stringContaining("larger than allowed") as string,
    });
    await closed.promise;
    expect(sentBytes).toBeLessThan(64 * 1024 * 1024);
  } finally {
    server.close();
  }
});

test.each([
  [301, "http://evil.example:8080/x", "evil.example:8080"],
  [302, "/login", "127.0.0.1:"],
  [307, undefined, "no address"],
  [308, "http://[", "no address"],
])("HTTP %i to %s is refused, and the host it leads to is named", async (status, location, told) => {
  const server = createServer((_request, response) => {
    response.writeHead(status, location === undefined ? {} : { location }).end();
  });
  const port = await listening(server);
  await using transport = await openTransport({ endpoint: `http://127.0.0.1:${port}` }, { env: {} });
  try {
    const message = expect.stringContaining(`leads to ${told}`) as string;
    await expect(fetchText(transport, port)).rejects.toMatchObject({ kind: "policy", status, message });
  } finally {
    server.close();
  }
});

test("behind a proxy the services are reached through it, but for the hosts that NO_PROXY names", async () => {
  const targets: string[] = [];
  const proxy = createServer();
  proxy.on("connect", ({ url = "" }, socket) => {
    targets.push(url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  const HTTPS_PROXY = `http://127.0.0.1:${await listening(proxy)}`;
  const list = async (env: Readonly<Record<string, string>>) => {
    const session = await openSession(
      {},
      {
        env,
        clock: systemClock,
        policy: createCallPolicy({ clock: systemClock, random: systemRandom }, { attemptsMax: 1 }),
        credentials: async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "CANARY" }),
      },
    );
    const eks = await openEksClient(session, { region: "eu-nowhere-1" });
    const signal = AbortSignal.timeout(5000);
    return eks.listClusters(undefined, { signal }).catch((error: unknown) => error);
  };
  try {
    const error = await list({ HTTPS_PROXY });
    expect(targets).toEqual(["eks.eu-nowhere-1.amazonaws.com:443"]);
    expect(isCloudError(error, "transient")).toBe(true);
    expect(String(error)).not.toContain("CANARY");
    await list({ HTTPS_PROXY, NO_PROXY: ".amazonaws.com" });
    expect(targets.length).toBe(1);
  } finally {
    proxy.close();
  }
});

test("an abort ends a call that waits for its keys", async () => {
  await using server = await startEmulator("silent", () => ({
    describe: () => ({ action: "", scope: "", region: "", caller: "" }),
    answer: () => jsonReply(200, {}),
    failure: () => jsonReply(500, {}),
  }));
  const session = await openSession(
    { endpoint: server.url },
    {
      env: {},
      clock: systemClock,
      policy: createCallPolicy({ clock: systemClock, random: systemRandom }),
      credentials: () => new Promise(() => undefined),
    },
  );
  const eks = await openEksClient(session, { region: "eu-west-1" });
  const leaving = new AbortController();
  const listing = eks.listClusters(undefined, { signal: leaving.signal });
  leaving.abort(new Error("left"));
  await expect(listing).rejects.toThrow("left");
});
