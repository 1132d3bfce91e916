import { inspect } from "node:util";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { isCloudError, type CloudError, type KubeObject } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import {
  aConfigMap,
  aCtx,
  connectTo,
  countingTokens,
  sendJson,
  sendStatus,
  startScriptedServer,
  type Handler,
} from "../../test/scripted-server.ts";
import { KUBE_REQUEST_CHANNEL } from "../index.ts";

const REF = { apiVersion: "v1", kind: "ConfigMap", namespace: "ns", name: "a" };
const OBJECT = aConfigMap("a", "7") as KubeObject;
/** What a user applies: without a version. */
const INTENT: KubeObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "ns" },
  data: { k: "v" },
};
const BY = { fieldManager: "test" };

async function failure(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (error) {
    if (isCloudError(error)) return error;
    throw error;
  }
  throw new Error("should have failed");
}

/** The first answers are `broken`, later ones the object. */
function after(times: number, broken: Handler): Handler {
  return (request, response, nth) => (nth < times ? broken(request, response, nth) : sendJson(response, OBJECT));
}

const reset: Handler = (_request, response) => response.destroy();
const truncated: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"kind":"ConfigMap","metadata":{"na');
};
const cutBody: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
  response.write("{");
  setTimeout(() => response.destroy(), 10);
};
const hang: Handler = () => {};
const html: Handler = (_request, response) => {
  response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end("<html>Please log in</html>");
};

test.each(["abc\n", "ab c", "abc\u00e9", ""])("a token that no header may hold (%j) is told at once", async (value) => {
  const server = await startScriptedServer((_request, response) => sendJson(response, OBJECT));
  await using _closing = server;
  const tokens = { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined };
  const cluster = connectTo(server, { auth: { kind: "bearer", tokens } });
  const error = await failure(cluster.get(REF, aCtx()));
  expect(error).toMatchObject({ kind: "unauthenticated" });
  expect(error.message).toMatch(/the bearer token (is empty|holds a space)/);
  expect(error.message).not.toContain("abc");
});

describe("reads", () => {
  test.each([
    ["a connection that is reset before the answer", reset],
    ["a body that is cut off", cutBody],
    ["JSON that is cut off", truncated],
    ["a server in trouble", (_request, response) => sendStatus(response, 503, "ServiceUnavailable")],
    ["etcd in trouble", (_request, response) => sendStatus(response, 500, "InternalError")],
    ["a gateway that gave up", (_request, response) => sendStatus(response, 504, "Timeout")],
    [
      "a failure told with status 200",
      (_request, response) =>
        sendJson(response, {
          kind: "Status",
          status: "Failure",
          code: 503,
          reason: "ServiceUnavailable",
          message: "x",
        }),
    ],
  ] satisfies [string, Handler][])("%s is tried again", async (_name, broken) => {
    await using server = await startScriptedServer(after(2, broken));
    await using cluster = connectTo(server);
    expect((await cluster.get(REF, aCtx()))?.metadata.resourceVersion).toBe("7");
    expect(server.requests).toHaveLength(3);
  });

  test("four attempts and no more, then the last error", async () => {
    await using server = await startScriptedServer((_request, response) =>
      sendStatus(response, 503, "ServiceUnavailable"),
    );
    await using cluster = connectTo(server, { random: { next: () => 0 } });
    const error = await failure(cluster.get(REF, aCtx()));
    expect([error.kind, error.status, server.requests.length]).toEqual(["transient", 503, 4]);
    expect(error.message).toBe("kubeconfig/test/-/a: cannot read ConfigMap ns/a: ServiceUnavailable it is");
  });

  test("a sick server gets a burst of repeats and then hardly more than the requests themselves", async () => {
    await using server = await startScriptedServer((_request, response) =>
      sendStatus(response, 503, "ServiceUnavailable"),
    );
    await using cluster = connectTo(server, { random: { next: () => 0 } });
    for (let i = 0; i < 30; i++) await failure(cluster.get(REF, aCtx()));
    expect(server.requests.length).toBeGreaterThanOrEqual(50);
    expect(server.requests.length).toBeLessThanOrEqual(54);
  });

  test("Retry-After is obeyed when there is time, and handed on when there is not", async () => {
    const slow: Handler = (_request, response) =>
      sendStatus(response, 429, "TooManyRequests", {}, { "retry-after": "1" });
    await using server = await startScriptedServer(after(1, slow));
    await using cluster = connectTo(server);
    await cluster.kind("v1", "ConfigMap", aCtx());
    const startedMs = Date.now();
    await cluster.get(REF, aCtx());
    expect(Date.now() - startedMs).toBeGreaterThanOrEqual(990);
    server.handle(slow);
    const error = await failure(cluster.get(REF, aCtx(500)));
    expect([error.kind, error.retryAfterMs]).toEqual(["throttled", 1000]);
  });

  test("HTML is told as what it is, and not asked for again", async () => {
    await using server = await startScriptedServer(html);
    await using cluster = connectTo(server);
    const error = await failure(cluster.get(REF, aCtx()));
    expect([error.kind, server.requests.length]).toEqual(["internal", 1]);
    expect(error.message).toMatch(/text\/html instead of JSON/);
  });

  test("a hanging server is given up at the deadline of the call, or at the limit of one request", async () => {
    await using server = await startScriptedServer(hang);
    await using cluster = connectTo(server, { options: { requestTimeoutMs: 200 } });
    await cluster.kind("v1", "ConfigMap", aCtx());
    const startedMs = Date.now();
    expect((await failure(cluster.get(REF, aCtx(50)))).kind).toBe("transient");
    expect((await failure(cluster.get(REF, aCtx()))).kind).toBe("transient");
    expect(Date.now() - startedMs).toBeLessThan(2_000);
    expect(server.requests).toHaveLength(2);
  });

  test("an answer larger than allowed is refused", async () => {
    await using server = await startScriptedServer((_request, response) =>
      sendJson(response, { ...OBJECT, data: "x".repeat(5_000) }),
    );
    await using cluster = connectTo(server, { options: { responseBytesMax: 4_000 } });
    expect(await failure(cluster.get(REF, aCtx()))).toMatchObject({
      kind: "invalid",
      code: "UND_ERR_RES_EXCEEDED_MAX_SIZE",
    });
  });

  test("a dead address is transient", async () => {
    const server = await startScriptedServer();
    await server[Symbol.asyncDispose]();
    await using cluster = connectTo(server, { random: { next: () => 0 } });
    expect(await failure(cluster.version(aCtx()))).toMatchObject({ kind: "transient", code: "ECONNREFUSED" });
  });
});

describe("writes", () => {
  test("an apply whose answer was lost is sent once more as it was", async () => {
    await using server = await startScriptedServer(after(1, reset));
    await using cluster = connectTo(server);
    expect((await cluster.apply(INTENT, BY, aCtx())).outcome).toBe("changed");
    const [first, second, ...more] = server.requests;
    expect(more).toEqual([]);
    expect(second?.body).toBe(first?.body);
  });

  test("an apply whose answer is lost twice may have landed", async () => {
    await using server = await startScriptedServer(cutBody);
    await using cluster = connectTo(server);
    const error = await failure(cluster.apply(INTENT, BY, aCtx()));
    expect([error.kind, server.requests.length]).toEqual(["timeoutUnknown", 2]);
    expect(error.message).toMatch(/may have been carried out/);
  });

  test.each([
    ["create", (cluster) => cluster.create(OBJECT, BY, aCtx())],
    ["apply with a version", (cluster) => cluster.apply(OBJECT, BY, aCtx())],
    ["replace", (cluster) => cluster.replace(OBJECT, BY, aCtx())],
    ["delete", (cluster) => cluster.delete(REF, {}, aCtx())],
  ] satisfies [string, (cluster: ReturnType<typeof connectTo>) => Promise<unknown>][])(
    "a %s whose answer was lost is never repeated",
    async (_name, write) => {
      for (const broken of [reset, cutBody, truncated, html]) {
        await using server = await startScriptedServer(broken);
        await using cluster = connectTo(server);
        if (_name === "delete" && broken === truncated) continue;
        expect((await failure(write(cluster))).kind).toBe("timeoutUnknown");
        expect(server.requests).toHaveLength(1);
      }
    },
  );

  test("a write that was throttled was not carried out, so it is sent again", async () => {
    await using server = await startScriptedServer(
      after(1, (_request, response) => sendStatus(response, 429, "TooManyRequests")),
    );
    await using cluster = connectTo(server);
    expect((await cluster.create(OBJECT, BY, aCtx())).metadata.name).toBe("a");
    expect(server.requests).toHaveLength(2);
  });

  test("a manifest that the server cannot type is invalid although it says 500, and is sent once", async () => {
    const message =
      "failed to create typed patch object (ns/a; /v1, Kind=ConfigMap): .spec.x: field not declared in schema";
    await using server = await startScriptedServer((_request, response) =>
      sendJson(response, { kind: "Status", status: "Failure", message, code: 500 }, 500),
    );
    await using cluster = connectTo(server);
    const error = await failure(cluster.apply(OBJECT, BY, aCtx()));
    expect([error.kind, server.requests.length]).toEqual(["invalid", 1]);
    expect(error.message).toContain(".spec.x");
  });

  test.each([
    [400, "BadRequest", "invalid"],
    [401, "Unauthorized", "unauthenticated"],
    [403, "Forbidden", "denied"],
    [404, "NotFound", "notFound"],
    [409, "AlreadyExists", "exists"],
    [409, "Conflict", "stale"],
    [422, "Invalid", "invalid"],
    [500, "InternalError", "transient"],
    [502, "", "timeoutUnknown"],
    [503, "ServiceUnavailable", "transient"],
    [504, "Timeout", "timeoutUnknown"],
    [418, "", "internal"],
  ])("%i %s of a create is %s", async (code, reason, kind) => {
    await using server = await startScriptedServer((_request, response) => sendStatus(response, code, reason));
    await using cluster = connectTo(server);
    expect((await failure(cluster.create(OBJECT, BY, aCtx()))).kind).toBe(kind);
    expect(server.requests).toHaveLength(1);
  });

  test("causes that the message leaves out are told", async () => {
    const details = { causes: [{ reason: "FieldValueRequired", message: "Required value", field: "spec.selector" }] };
    await using server = await startScriptedServer((_request, response) =>
      sendStatus(response, 422, "Invalid", { details }),
    );
    await using cluster = connectTo(server);
    expect((await failure(cluster.create(OBJECT, BY, aCtx()))).message).toContain("(spec.selector: Required value)");
  });

  test("conflicts name each field and its manager, whatever it is called", async () => {
    const cause = (field: string, message: string): object => ({ reason: "FieldManagerConflict", field, message });
    const causes = [
      cause(".spec.replicas", 'conflict with "kubectl-client-side-apply" using apps/v1'),
      cause(".data.a", 'conflict with "o\\"dd" with subresource "status" using v1 at 2026-01-01T00:00:00Z'),
    ];
    await using server = await startScriptedServer((_request, response) =>
      sendStatus(response, 409, "Conflict", { details: { causes } }),
    );
    await using cluster = connectTo(server);
    expect(await cluster.apply(OBJECT, BY, aCtx())).toEqual({
      outcome: "conflict",
      conflicts: [
        { field: ".spec.replicas", manager: "kubectl-client-side-apply" },
        { field: ".data.a", manager: 'o"dd' },
      ],
    });
  });

  test("an apply is unchanged only when its version was known before", async () => {
    await using server = await startScriptedServer((_request, response) => sendJson(response, OBJECT));
    await using cluster = connectTo(server);
    expect((await cluster.apply(OBJECT, BY, aCtx())).outcome).toBe("unchanged");
    await using other = connectTo(server);
    expect((await other.apply(INTENT, BY, aCtx())).outcome).toBe("changed");
    expect((await other.apply(INTENT, BY, aCtx())).outcome).toBe("unchanged");
    server.handle((_request, response) => sendJson(response, aConfigMap("a", "10")));
    expect((await other.apply(INTENT, BY, aCtx())).outcome).toBe("changed");
    expect((await other.apply(INTENT, BY, aCtx())).outcome).toBe("unchanged");
    const { query } = server.requests.at(-1) ?? {};
    expect([...(query ?? [])]).toEqual([["fieldManager", "test"]]);
  });
});

describe("credentials", () => {
  test("a refused token is renewed once, and no other host ever sees one", async () => {
    await using server = await startScriptedServer((request, response) =>
      request.headers.authorization === "Bearer t2"
        ? sendJson(response, OBJECT)
        : sendStatus(response, 401, "Unauthorized"),
    );
    const { auth, minted } = countingTokens();
    await using cluster = connectTo(server, { auth });
    await cluster.get(REF, aCtx());
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(["Bearer t1", "Bearer t2"]);
    server.handle((_request, response) => sendStatus(response, 401, "Unauthorized"));
    expect((await failure(cluster.get(REF, aCtx()))).kind).toBe("unauthenticated");
    expect([minted(), server.requests.length]).toEqual([3, 4]);
  });

  test("a redirect is not followed", async () => {
    await using elsewhere = await startScriptedServer((_request, response) => sendJson(response, OBJECT));
    await using server = await startScriptedServer((_request, response) =>
      response.writeHead(307, { location: `${elsewhere.url}/x` }).end(),
    );
    await using cluster = connectTo(server, countingTokens());
    expect(await failure(cluster.get(REF, aCtx()))).toMatchObject({ kind: "invalid", status: 307 });
    expect(elsewhere.requests).toEqual([]);
  });

  test.each([
    "http://192.0.2.1",
    "http://example.com",
    "ftp://127.0.0.1",
    "nonsense",
    "https://u:hunter2pass@h",
    "https://h/?a=b",
  ])("%s is refused before anything is sent", (url) => {
    expect(() => connectTo({ url })).toThrow(expect.objectContaining({ kind: "invalid" }));
    expect(() => connectTo({ url })).not.toThrow(/hunter2pass/);
  });

  test("no credential shows in errors, however they are printed, nor in what is published", async () => {
    const canary = "canary-3f9d1c-secret";
    const seen: unknown[] = [];
    const listen = (message: unknown): void => void seen.push(message);
    subscribe(KUBE_REQUEST_CHANNEL, listen);
    const echo: Handler = (request, response) =>
      sendStatus(response, 403, "Forbidden", { message: `no entry with ${request.headers.authorization}` });
    const auths = [countingTokens(canary).auth, { kind: "basic", username: "u", password: canary } as const];
    for (const auth of auths) {
      for (const answer of [echo, reset, hang, html]) {
        await using server = await startScriptedServer(answer);
        await using cluster = connectTo(server, { auth, options: { requestTimeoutMs: 100 } });
        const error = await failure(cluster.apply(OBJECT, BY, aCtx()));
        seen.push(
          inspect(error, { depth: 12, showHidden: true }),
          JSON.stringify(error),
          inspect(cluster, { depth: 12, showHidden: true }),
        );
      }
    }
    unsubscribe(KUBE_REQUEST_CHANNEL, listen);
    const told = JSON.stringify(seen);
    expect(told).toContain("no entry with");
    expect(told).not.toContain(canary);
    expect(told).not.toContain(Buffer.from(`u:${canary}`).toString("base64"));
  });
});

test("a server behind a path is asked below it", async () => {
  await using server = await startScriptedServer((_request, response) => sendJson(response, { gitVersion: "v1.36.3" }));
  await using cluster = connectTo({ url: `${server.url}/k8s/clusters/c-1/` });
  expect(await cluster.version(aCtx())).toBe("v1.36.3");
  expect(server.requests[0]?.path).toBe("/k8s/clusters/c-1/version");
});

test("a list whose token expires starts anew and says so", async () => {
  await using server = await startScriptedServer((request, response, nth) => {
    if (nth === 1) return sendStatus(response, 410, "Expired");
    const token = request.query.get("continue") === null ? "more" : "";
    sendJson(response, {
      kind: "ConfigMapList",
      metadata: { resourceVersion: "9", continue: token },
      items: [{ metadata: { name: `p${nth}` } }],
    });
  });
  await using cluster = connectTo(server);
  const pages = await Array.fromAsync(cluster.list({ apiVersion: "v1", kind: "ConfigMap", pageSize: 1 }, aCtx()));
  expect(pages.map(({ items, restarted }) => [items[0]?.metadata.name, restarted])).toEqual([
    ["p0", undefined],
    ["p2", true],
    ["p3", undefined],
  ]);
  expect(pages[0]?.items[0]).toMatchObject({ apiVersion: "v1", kind: "ConfigMap" });
});
