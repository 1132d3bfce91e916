import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { until } from "../until.ts";
import { startProcessGroup } from "./process-group.ts";

const FOREVER = "setInterval(() => {}, 1000); process.on('SIGTERM', () => {}); console.log('stubborn');";

async function scratch(): Promise<AsyncDisposable & { readonly folder: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-group-"));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test("programs and their folder are gone after the launcher was killed", async () => {
  await using place = await scratch();
  const group = path.join(import.meta.dirname, "process-group.ts");
  const launcher = path.join(place.folder, "launcher.ts");
  const programs = path.join(place.folder, "programs");
  await writeFile(
    launcher,
    `import { mkdirSync } from "node:fs";
     import { startProcessGroup } from ${JSON.stringify(group)};
     const folder = ${JSON.stringify(programs)};
     mkdirSync(folder);
     const group = startProcessGroup(folder, { keepFolder: false });
     const args = ["-e", ${JSON.stringify(FOREVER)}];
     console.log(group.start({ name: "stubborn", file: process.execPath, args, folder }).pid);`,
  );
  const child = spawn(process.execPath, [launcher], { stdio: ["ignore", "pipe", "inherit"] });
  const [pidText] = (await once(child.stdout.setEncoding("utf8"), "data")) as [string];
  const pid = Number(pidText);
  expect(exists(pid)).toBe(true);
  child.kill("SIGKILL");
  await until("the program to be gone", async () => !exists(pid), { timeoutMs: 5_000 });
  await until("the folder to be gone", async () => !existsSync(programs), { timeoutMs: 5_000 });
});

test("killing waits until the program is gone, and its log tells what it said", async () => {
  await using place = await scratch();
  await using group = startProcessGroup(place.folder, { keepFolder: true });
  const args = ["-e", FOREVER];
  const program = group.start({ name: "stubborn", file: process.execPath, args, folder: place.folder });
  await until("its first words", async () => (await program.logTail()) === "stubborn");
  expect(program.isRunning()).toBe(true);
  await program.kill();
  expect({ running: program.isRunning(), exists: exists(program.pid) }).toEqual({ running: false, exists: false });
});

test("a stopped program is continued, so that it can end in good order", async () => {
  await using place = await scratch();
  const startedAtMs = performance.now();
  {
    await using group = startProcessGroup(place.folder, { keepFolder: true });
    const args = ["-e", "console.log('ready'); setInterval(() => {}, 1000)"];
    const program = group.start({ name: "polite", file: process.execPath, args, folder: place.folder });
    await until("it to be ready", async () => (await program.logTail()) === "ready");
    program.signal("SIGSTOP");
  }
  expect(performance.now() - startedAtMs).toBeLessThan(6_000);
});
