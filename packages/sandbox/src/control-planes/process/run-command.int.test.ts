import { expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const FOREVER = ["-e", "setInterval(() => {}, 1000)"];

test("a program gets its input, and its outputs and its exit code are the result", async () => {
  const script =
    "process.stdin.on('data', (text) => { console.log(`got ${text}`); console.error('hm'); process.exitCode = 3; })";
  const result = await runCommand(process.execPath, ["-e", script], { input: "words", timeoutMs: 20_000 });
  expect(result).toEqual({ exitCode: 3, stdout: "got words\n", stderr: "hm\n" });
});

test("one that is not there, or takes too long, is a result that says so", async () => {
  const absent = await runCommand("/nowhere/program", [], { timeoutMs: 20_000 });
  expect(absent).toMatchObject({ exitCode: null, problem: expect.stringContaining("/nowhere/program") as unknown });
  const slow = await runCommand(process.execPath, FOREVER, { timeoutMs: 300 });
  expect(slow).toMatchObject({ exitCode: null, problem: expect.stringContaining("SIGKILL") as unknown });
});

test("one that nobody waits for any more is ended", async () => {
  const stopping = new AbortController();
  const running = runCommand(process.execPath, FOREVER, { timeoutMs: 20_000, signal: stopping.signal });
  stopping.abort();
  expect(await running).toMatchObject({
    exitCode: null,
    problem: expect.stringContaining("was stopped") as unknown,
  });
});
