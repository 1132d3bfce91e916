import { CloudError, createCallPolicy, type Ctx } from "@flotilla/core";
import { createVirtualClock, type VirtualClock } from "@flotilla/testing";
import { expect, test } from "vitest";
import { type AwsSession, send } from "./aws-session.ts";
import { openSession } from "./open-session.ts";

const LIST = { service: "eks", action: "ListClusters", place: { region: "eu-west-1" } } as const;
const KEYS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" };
const ctx = (): Ctx => ({ signal: new AbortController().signal });

function aSession(clock: VirtualClock, ratePerSecond = 50): Promise<AwsSession> {
  const policy = createCallPolicy(
    { clock, random: { next: () => 0.5 } },
    { limits: () => ({ ratePerSecond, burst: 1 }) },
  );
  return openSession({}, { env: {}, clock, policy, credentials: async () => KEYS });
}

test("what is never answered is asked for once more, and given up after twenty seconds", async () => {
  const clock = createVirtualClock();
  const session = await aSession(clock);
  const startedAtMs = clock.nowMs();
  let calls = 0;
  const never = (): Promise<never> => {
    calls += 1;
    return new Promise(() => undefined);
  };
  await expect(clock.run(send(session, LIST, never, ctx()))).rejects.toMatchObject({
    kind: "transient",
    message:
      "aws eks ListClusters in eu-west-1 gave no answer within 20 s; check the network and the proxy, or try again later",
  });
  expect([calls, clock.nowMs() - startedAtMs]).toEqual([2, 20_250]);
});

test("a second attempt that is answered makes good for a first that was not", async () => {
  const clock = createVirtualClock();
  const session = await aSession(clock);
  const answers = [new Promise<string>(() => undefined), Promise.resolve("prod")];
  const call = send(session, LIST, () => answers.shift() ?? Promise.reject(new Error("asked too often")), ctx());
  expect(await clock.run(call)).toBe("prod");
});

test("connections that never stand are given up after as long", async () => {
  const clock = createVirtualClock();
  const session = await aSession(clock);
  const startedAtMs = clock.nowMs();
  const connect = async (): Promise<never> => {
    await clock.sleep(5000, { signal: ctx().signal });
    throw new CloudError("transient", "no connection");
  };
  await expect(clock.run(send(session, LIST, connect, ctx()))).rejects.toMatchObject({ kind: "transient" });
  expect(clock.nowMs() - startedAtMs).toBeLessThan(25_000);
});

test("the turn that a call waits for is none of the time that AWS has to answer", async () => {
  const clock = createVirtualClock();
  const session = await aSession(clock, 0.02);
  const answered = async (): Promise<string> => {
    await clock.sleep(9000, { signal: ctx().signal });
    return "ok";
  };
  const calls = [1, 2, 3].map(() => send(session, LIST, answered, ctx()));
  expect(await clock.run(Promise.all(calls))).toEqual(["ok", "ok", "ok"]);
  expect(clock.nowMs()).toBeGreaterThan(createVirtualClock().nowMs() + 100_000);
});
