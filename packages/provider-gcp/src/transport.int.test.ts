import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { constants, createGzip, gzipSync } from "node:zlib";
import { type CloudError, createCallPolicy, isCloudError, systemClock } from "@flotilla/core";
import { createVirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import type { GcpOptions } from "./gcp-options.ts";
import { createGcpProvider, type GcpProviderDeps } from "./provider.ts";

const ctx = () => ({ signal: AbortSignal.timeout(20_000) });

/** Somebody in the place of Google Cloud. */
async function serve(listener: RequestListener) {
  let requests = 0;
  const server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    host,
    url: `http://${host}`,
    requests: () => requests,
    connections: () =>
      new Promise<number>((resolve, reject) =>
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
      ),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What a search in one project, or for projects, ends with. */
async function failureOf(options: GcpOptions, deps: GcpProviderDeps = {}): Promise<CloudError> {
  const policy = createCallPolicy({ clock: { ...systemClock, sleep: async () => {} }, random: { next: () => 0 } });
  const provider = createGcpProvider(
    { name: "test", options: { credentials: { tokenEnv: "TOKEN" }, ...options } },
    { env: { TOKEN: "ya29.of-nobody" }, policy, ...deps },
  );
  try {
    for await (const event of provider.discovery.discover({}, ctx())) if (event.type === "gap") return event.error;
  } catch (error) {
    if (isCloudError(error)) return error;
    throw error;
  }
  return expect.fail("found something");
}

const SPACES = Buffer.alloc(1 << 20, " ");

test("an answer that does not end is cut off, and not asked for again", async () => {
  let isCutOff = false;
  await using endless = await serve((_request, response) => {
    response.on("close", () => (isCutOff = true));
    const write = (): void => {
      while (response.write(SPACES));
    };
    response.on("drain", write);
    write();
  });
  const failure = await failureOf({ endpoint: endless.url, projects: ["project-one"] });
  expect([failure.kind, failure.message]).toEqual(["invalid", expect.stringContaining("larger than allowed")]);
  expect(failure.message).toContain(endless.host);
  expect(endless.requests()).toBe(1);
  await expect.poll(() => isCutOff).toBe(true);
});

test("what counts is the size of what is unpacked", async () => {
  const packed = gzipSync(Buffer.alloc(200 << 20, " "));
  await using bomb = await serve((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  });
  const failure = await failureOf({ endpoint: bomb.url });
  expect([failure.kind, failure.message]).toEqual(["invalid", expect.stringContaining("larger than allowed")]);
  expect(bomb.requests()).toBe(1);
});

test("an answer in many packed parts is read whole, whatever letters they cut apart", async () => {
  const text = JSON.stringify({ missingZones: ["é—ü".repeat(1000)] });
  await using slow = await serve((_request, response) => {
    response.writeHead(200, { "content-encoding": "gzip" });
    const gzip = createGzip();
    gzip.pipe(response);
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += 7) {
      gzip.write(bytes.subarray(at, at + 7));
      gzip.flush(constants.Z_SYNC_FLUSH);
    }
    gzip.end();
  });
  const failure = await failureOf({ endpoint: slow.url, projects: ["project-one"] });
  expect(failure.message).toContain("é—ü".repeat(1000));
});

test("a port where nobody listens: which host, and what to look at", async () => {
  const gone = await serve(() => undefined);
  await gone[Symbol.asyncDispose]();
  const failure = await failureOf({ endpoint: gone.url });
  expect([failure.kind, failure.code]).toEqual(["transient", "ECONNREFUSED"]);
  expect(failure.message).toContain(`no answer from ${gone.host}; check the network and the proxy`);
  const forbidden = await failureOf({ endpoint: "http://127.0.0.1:9" }); // a port that the platform never asks
  expect(forbidden.message).toContain("no answer from 127.0.0.1:9; check the network and the proxy");
});

test("a proxy that wants to know who asks: which host, and what to look at", async () => {
  await using proxy = await serve((_request, response) => {
    response.writeHead(407, { "proxy-authenticate": "Basic" }).end("<html>who are you?</html>");
  });
  const failure = await failureOf({ endpoint: proxy.url });
  expect(failure.kind).toBe("transient");
  expect(failure.message).toContain(`no answer from ${proxy.host}; check the network and the proxy`);
});

test("a server that hangs is told of by name, ahead of the deadline of a whole discovery, and is waited for once more", async () => {
  const clock = createVirtualClock(Date.now());
  await using hanging = await serve((_request, response) => {
    response.writeHead(200).write("{"); // and no more
  });
  const policy = createCallPolicy({
    clock: { nowMs: () => clock.nowMs(), sleep: async () => {} },
    random: { next: () => 0 },
  });
  const failing = failureOf({ endpoint: hanging.url }, { clock, policy });
  for (const nth of [1, 2]) {
    await expect.poll(() => hanging.requests()).toBe(nth);
    await expect.poll(() => clock.sleeping).toBe(1);
    await clock.advance(20_000);
  }
  const failure = await failing;
  expect([failure.kind, failure.code]).toEqual(["transient", "TimeoutError"]);
  expect(failure.message).toContain(`no answer from ${hanging.host} within 20 s; check the network and the proxy`);
  expect(hanging.requests()).toBe(2);
});

test("an answer that was lost once is asked for again", async () => {
  const clock = createVirtualClock(Date.now());
  let asked = 0;
  await using own = await serve((_request, response) => {
    asked += 1;
    response.writeHead(200, { "content-type": "application/json" });
    if (asked > 1) response.end("{}");
  });
  const policy = createCallPolicy({
    clock: { nowMs: () => clock.nowMs(), sleep: async () => {} },
    random: { next: () => 0 },
  });
  const options = { endpoint: own.url, projects: ["project-one"], credentials: { tokenEnv: "TOKEN" } };
  const provider = createGcpProvider({ name: "test", options }, { env: { TOKEN: "ya29.of-nobody" }, policy, clock });
  const finding = Array.fromAsync(provider.discovery.discover({}, ctx()));
  await expect.poll(() => own.requests()).toBe(1);
  await expect.poll(() => clock.sleeping).toBe(1);
  await clock.advance(20_000);
  expect(await finding).toEqual([{ type: "scopeDone", scope: "project-one" }]);
});

test("a connection that breaks at once is tried again, as often as the policy says", async () => {
  await using broken = await serve((request) => void request.socket.destroy());
  const failure = await failureOf({ endpoint: broken.url });
  expect([failure.kind, failure.code]).toEqual(["transient", "UND_ERR_SOCKET"]);
  expect(broken.requests()).toBe(5);
});

test("a token that no header may hold is refused before anything is sent", async () => {
  await using own = await serve((_request, response) => void response.end("{}"));
  for (const token of ["ya29.CANARY\n", "ya29.CANARY\nx", "ya29.CANARY-ж", " ya29.CANARY"]) {
    const failure = await failureOf({ endpoint: own.url }, { env: { TOKEN: token } });
    expect([failure.kind, failure.message]).toEqual(["unauthenticated", expect.stringContaining("TOKEN")]);
    expect(failure.message).not.toContain("CANARY");
  }
  expect(own.requests()).toBe(0);
});
