import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder = "";
let server: Server;
/** Resolves at the next connection to the one cluster, which never answers. */
let knocked = Promise.withResolvers<void>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "flotilla-bin-"));
  server = createServer(() => {
    knocked.resolve();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  writeFileSync(
    path.join(folder, "kubeconfig"),
    `apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {server: "https://127.0.0.1:${port}"}}]
users: [{name: a, user: {token: t}}]
contexts: [{name: a, context: {cluster: a, user: a}}]
`,
  );
  writeFileSync(path.join(folder, "bad.yaml"), "a: 1\na: 2\n");
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

function start(argv: readonly string[]) {
  const bin = path.join(import.meta.dirname, "bin.ts");
  const env = {
    PATH: process.env["PATH"],
    INIT_CWD: folder,
    KUBECONFIG: path.join(folder, "kubeconfig"),
    HOME: folder,
  };
  const child = spawn(process.execPath, ["--conditions=source", bin, ...argv], { env, cwd: "/" });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += String(chunk)));
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  const ended = new Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>(
    (resolve) => {
      child.on("close", (code, signal) => {
        resolve({ code, signal, stdout, stderr });
      });
    },
  );
  return { child, ended };
}

test("paths are the caller's under npm, and the exit code is the process's", async () => {
  const run = await start(["plan", "-f", "bad.yaml"]).ended;
  expect([run.code, run.stdout]).toEqual([2, ""]);
  expect(run.stderr).toBe('bad.yaml:2:1: a: the key "a" is already there: keys must be unique\n');
});

test("Ctrl-C ends a command that waits, with 130 and a word about it", async () => {
  knocked = Promise.withResolvers();
  const { child, ended } = start(["discover"]);
  await knocked.promise;
  child.kill("SIGINT");
  const run = await ended;
  expect([run.code, run.stdout]).toEqual([130, ""]);
  expect(run.stderr).toContain("interrupted");
});

test("a reader that leaves early is no failure and does not change how the command ends", async () => {
  for (const [argv, code] of [
    [["completion", "bash"], 0],
    [["plan", "-f", "bad.yaml"], 2],
  ] as const) {
    const { child, ended } = start(argv);
    child.stdout.destroy();
    child.stderr.destroy();
    expect((await ended).code).toBe(code);
  }
});
