import { expect, test } from "vitest";
import { EmulatorRefusal, jsonReply } from "./emulator-http.ts";
import type { EmulatorService } from "./emulator-service.ts";
import { startEmulator } from "./start-emulator.ts";

const SERVICE: EmulatorService = {
  describe: ({ path, query }) => ({
    action: path.slice(1),
    scope: query.get("scope") ?? "",
    region: query.get("region") ?? "",
    caller: "tester",
  }),
  answer({ path, body }, { loopsPages }) {
    if (path === "/unknown") throw new EmulatorRefusal(jsonReply(404, { code: "UnknownPath" }));
    if (path === "/bug") throw new Error("a bug");
    return jsonReply(200, { path, body: body.toString(), loopsPages });
  },
  failure: (kind) => jsonReply(kind === "throttled" ? 429 : 500, { code: kind }),
  slownessMs: ({ region }) => (region === "slow" ? 150 : 0),
};

const start = () => startEmulator("test", () => SERVICE);

test("answers, refuses and reports bugs in the service's own format", async () => {
  await using emulator = await start();
  const post = await fetch(`${emulator.url}/thing`, { method: "POST", body: "hello" });
  expect(await post.json()).toEqual({ path: "/thing", body: "hello", loopsPages: false });
  const refused = await fetch(`${emulator.url}/unknown`);
  expect([refused.status, await refused.json()]).toEqual([404, { code: "UnknownPath" }]);
  const bug = await fetch(`${emulator.url}/bug`);
  expect([bug.status, await bug.json()]).toEqual([500, { code: "internal" }]);
});

test("records every request without its secrets", async () => {
  await using emulator = await start();
  const query = "scope=1&region=r&X-Amz-Signature=CANARY&X-Amz-Credential=CANARY&access_token=CANARY&nextToken=abc";
  await fetch(`${emulator.url}/list?${query}`, { headers: { authorization: "Bearer CANARY" } });
  expect(JSON.stringify(emulator.requests)).not.toContain("CANARY");
  expect(emulator.requests).toMatchObject([
    { method: "GET", path: "/list", action: "list", scope: "1", region: "r", caller: "tester", status: 200 },
  ]);
  expect(emulator.requests[0]?.query).toMatchObject({ nextToken: "abc", "X-Amz-Signature": "REDACTED" });
});

test("a fault strikes what it matches, after so many, so many times", async () => {
  await using emulator = await start();
  const fault = emulator.faults.add({
    match: { action: "list", region: "r" },
    after: 1,
    times: 2,
    action: { kind: "throttle", retryAfterSeconds: 7 },
  });
  const statusOf = async (target: string) => (await fetch(`${emulator.url}${target}`)).status;
  expect(await statusOf("/list?region=other")).toBe(200);
  const statuses = [];
  for (let call = 0; call < 4; call += 1) statuses.push(await statusOf("/list?region=r"));
  expect(statuses).toEqual([200, 429, 429, 200]);
  expect(fault.hits).toBe(2);
  emulator.faults.add({ action: { kind: "throttle", retryAfterSeconds: 7 } });
  expect((await fetch(`${emulator.url}/x`)).headers.get("retry-after")).toBe("7");
});

test("resets, lost answers, truncation, proxies, loops and slow regions", async () => {
  await using emulator = await start();
  const { faults, url } = emulator;
  faults.add({ action: { kind: "reset" } });
  await expect(fetch(`${url}/a`)).rejects.toThrow("fetch failed");
  faults.add({ action: { kind: "lostResponse" } });
  await expect(fetch(`${url}/b`)).rejects.toThrow("fetch failed");
  faults.add({ action: { kind: "truncate" } });
  await expect((await fetch(`${url}/c`)).json()).rejects.toThrow(SyntaxError);
  faults.add({ action: { kind: "html" } });
  const html = await fetch(`${url}/d`);
  expect([html.status, html.headers.get("content-type")]).toEqual([502, "text/html"]);
  faults.add({ action: { kind: "loopPages" } });
  expect(await (await fetch(`${url}/e`)).json()).toMatchObject({ loopsPages: true });
  faults.add({ action: { kind: "slow", ms: 80 } });
  const beganMs = performance.now();
  expect(await (await fetch(`${url}/f?region=slow`)).json()).toMatchObject({ path: "/f" });
  expect(performance.now() - beganMs).toBeGreaterThan(220);
  expect(emulator.requests.map(({ path, status }) => `${path} ${status}`)).toEqual([
    "/a 0",
    "/b 0",
    "/c 200",
    "/d 502",
    "/e 200",
    "/f 200",
  ]);
});

test("its clock is moved without waiting", async () => {
  await using emulator = await start();
  const before = emulator.clock.nowMs();
  emulator.clock.advance(600_000);
  expect(emulator.clock.nowMs() - before).toBeGreaterThanOrEqual(600_000);
});
