import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { CliIo } from "../io/cli-io.ts";
import { runCli } from "../run-cli.ts";
import type { DemoFacts } from "./demo-facts.ts";
import { runDemo } from "./run-demo.ts";

/** On a busy machine; how long the demo may take by itself is measured where nothing else runs. */
const PATIENCE_MS = 120_000;

function anIo(signal: AbortSignal = new AbortController().signal) {
  const written = { stdout: "", stderr: "" };
  const io: CliIo = {
    stdout: { write: (text) => (written.stdout += text), columns: 120 },
    stderr: { write: (text) => (written.stderr += text) },
    stdin: (async function* () {})(),
    env: { PATH: process.env["PATH"], HOME: "/nonexistent", NO_COLOR: "1" },
    cwd: tmpdir(),
    signal,
  };
  return { io, written };
}

// A temporary folder of its own: others start sandboxes at the same time.
beforeAll(() => {
  vi.stubEnv("TMPDIR", mkdtempSync(path.join(tmpdir(), "flotilla-demo-")));
});
afterAll(() => {
  rmSync(tmpdir(), { recursive: true });
  vi.unstubAllEnvs();
});

test("as JSON the demo is one document with the facts of the whole story", { timeout: PATIENCE_MS }, async () => {
  const { io, written } = anIo();
  const code = await runDemo(io, { output: "json", runCli });
  expect({ code, stderr: written.stderr }).toEqual({ code: 0, stderr: "" });
  const facts = JSON.parse(written.stdout) as DemoFacts;
  expect(Object.keys(facts)).toEqual([
    "clusters",
    "gaps",
    "plan",
    "apply",
    "status",
    "scaled",
    "explain",
    "lost",
    "healed",
    "returned",
    "next",
    "durationMs",
  ]);
  const told = facts.clusters.map(({ id, phase }) => [id.split("/")[0], phase]);
  expect(Object.groupBy(told, ([cloud]) => cloud ?? "")).toMatchObject({
    aws: { length: 3 },
    gcp: { length: 3 },
    azure: { length: 3 },
  });
  expect(told.filter(([, phase]) => phase === "degraded")).toEqual([["gcp", "degraded"]]);
  expect(new Set(facts.clusters.map(({ pricePerHourUsd }) => pricePerHourUsd)).size).toBeGreaterThan(6);
  expect(facts.gaps).toMatchObject([{ provider: "aws", region: "me-south-1", kind: "policy" }]);
  expect(facts.plan.cost.perMonthUsd).toBeLessThan(facts.plan.cost.evenSplitPerMonthUsd);
  const held = facts.lost.plan.workloads[0]?.placements.find(({ cluster }) => cluster === facts.lost.cluster);
  expect(held?.held).toBe(true);
  expect(facts.healed.status.workloads[0]?.replicas.ready).toBe(14);
  expect(facts.durationMs).toBeGreaterThan(0);
});

test("the story shows every command, and leaves nothing behind", { timeout: PATIENCE_MS }, async () => {
  const { io, written } = anIo();
  expect(await runDemo(io, { output: "table", runCli })).toBe(0);
  const commands = [...written.stdout.matchAll(/^\$ flotilla (\w+)/gm)].map(([, name]) => name);
  const first = ["discover", "plan", "apply", "status"];
  const scaled = ["plan", "apply", "explain"];
  const lostAndHealed = ["plan", "status", "plan", "apply", "apply"];
  expect(commands).toEqual([...first, ...scaled, ...lostAndHealed]);
  expect(readdirSync(tmpdir())).toEqual([]);
});

test("an interrupt ends it with 130 and tidies up", async () => {
  const controller = new AbortController();
  const { io, written } = anIo(controller.signal);
  const running = runDemo(io, { output: "json", runCli });
  setTimeout(() => controller.abort(new Error("Ctrl-C")), 800);
  expect(await running).toBe(130);
  expect(written.stdout).toBe("");
  expect(readdirSync(tmpdir())).toEqual([]);
});
