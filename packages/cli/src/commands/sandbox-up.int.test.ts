import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT, runCli } from "../index.ts";
import type { ApplyView } from "../output/apply-view.ts";
import type { DiscoverView } from "../output/discover-view.ts";
import type { PlanView } from "../output/plan-view.ts";
import type { StatusView } from "../output/status-view.ts";
import type { SandboxFacts } from "./sandbox-facts.ts";

/** A sandbox and clients of it are processes of their own here, and the machine may be busy. */
const PATIENCE_MS = 120_000;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "flotilla-sandbox-up-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command as somebody in another shell, who has only what the sandbox printed. */
async function flotilla(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const code = await runCli(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: (async function* () {})(),
    env: { ...env, FLOTILLA_STATE: path.join(folder, "state") },
    cwd: folder,
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  return { code, stdout, stderr };
}

/** `flotilla sandbox up` as a process, from its line on. */
async function sandboxUp(argv: readonly string[]) {
  const bin = path.join(import.meta.dirname, "..", "bin.ts");
  const child = spawn(process.execPath, ["--conditions=source", bin, "sandbox", "up", ...argv], {
    env: { PATH: process.env["PATH"], HOME: folder },
    cwd: folder,
  });
  let stdout = "";
  let stderr = "";
  const ended = new Promise<Run & { readonly signal: string | null }>((resolve) => {
    child.on("close", (code, signal) => resolve({ code: code ?? -1, signal, stdout, stderr }));
  });
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      stdout += String(chunk);
      if (stdout.includes("\n")) resolve();
    });
    child.on("close", () => reject(new Error(`ended before it was ready: ${stderr}`)));
  });
  child.stderr.on("data", (chunk) => (stderr += String(chunk)));
  await ready;
  return { line: stdout, stop: (signal: NodeJS.Signals) => (child.kill(signal), ended) };
}

test(
  "prints one line, works from another process with nothing but that, and ends well when stopped",
  { timeout: PATIENCE_MS },
  async () => {
    const sandbox = await sandboxUp(["-o", "json", "--state", "fleet"]);
    const facts = JSON.parse(sandbox.line) as SandboxFacts;
    expect(sandbox.line.split("\n")).toHaveLength(2);
    expect(Object.keys(facts)).toEqual(["config", "aws", "gcp", "azure", "scopes", "env", "clusters"]);
    expect(Object.keys(facts.env)).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "SANDBOX_GCP_TOKEN",
      "SANDBOX_AZURE_TOKEN",
      "SANDBOX_AKS_TOKEN",
    ]);
    expect(facts.config).toBe(path.join(folder, "fleet", "flotilla.yaml"));
    expect(facts.clusters.every(({ server }) => /^https:\/\/127\.0\.0\.1:\d+$/.test(server))).toBe(true);

    const run = async <T>(...argv: readonly string[]): Promise<T> => {
      const { code, stdout, stderr } = await flotilla([...argv, "--config", facts.config, "-o", "json"], facts.env);
      expect([argv[0], code, code === EXIT.done ? "" : stderr]).toEqual([argv[0], EXIT.done, ""]);
      return JSON.parse(stdout) as T;
    };
    const app = path.join(folder, "fleet", "app.yaml");
    const { clusters, gaps } = await run<DiscoverView>("discover");
    expect(clusters.map(({ id }) => id).toSorted()).toEqual(facts.clusters.map(({ id }) => id).toSorted());
    expect(clusters.every(({ problem, pricePerHourUsd }) => problem === undefined && pricePerHourUsd !== null)).toBe(
      true,
    );
    expect(gaps).toMatchObject([{ provider: "aws", region: "me-south-1", kind: "policy" }]);
    const plan = await run<PlanView>("plan", "-f", app);
    expect(new Set(plan.workloads[0]?.placements.map(({ cluster }) => cluster.split("/")[0])).size).toBeGreaterThan(1);
    const applied = await run<ApplyView>("apply", plan.planId);
    expect(applied.outcome).toBe("done");
    const { workloads } = await run<StatusView>("status");
    expect(workloads).toMatchObject([{ health: "healthy", replicas: { ready: 9 } }]);

    const second = await flotilla(["sandbox", "up", "--state", "fleet"], {});
    expect(second).toMatchObject({ code: EXIT.usage, stdout: "" });
    expect(second.stderr).toMatch(/--state: process \d+ runs a sandbox there \(.*fleet.*\); name another folder/);

    expect(await sandbox.stop("SIGINT")).toMatchObject({
      code: EXIT.done,
      signal: null,
      stdout: sandbox.line,
      stderr: "",
    });
  },
);

test.each(["SIGHUP", "SIGTERM"] as const)(
  "%s takes its folder's lock away; what a killed one left does not keep the next one out",
  { timeout: PATIENCE_MS },
  async (signal) => {
    const state = path.join(folder, signal);
    const argv = ["-o", "json", "--clusters", "1", "--state", state];
    const killed = await sandboxUp(argv);
    await killed.stop("SIGKILL");
    const lock = path.join(state, "sandbox.pid");
    expect(existsSync(lock)).toBe(true);
    const next = await sandboxUp(argv);
    expect(await next.stop(signal)).toMatchObject({ code: EXIT.done, signal: null, stderr: "" });
    expect(existsSync(lock)).toBe(false);
  },
);

test("no two sandboxes have the same credentials", { timeout: PATIENCE_MS }, async () => {
  const argv = ["-o", "json", "--clusters", "3"];
  const [one, two] = [await sandboxUp(argv), await sandboxUp(argv)];
  const [a, b] = [one, two].map(({ line }) => JSON.parse(line) as SandboxFacts);
  expect(Object.entries(a?.env ?? {}).filter(([name, value]) => b?.env[name] === value)).toEqual([]);
  await Promise.all([one.stop("SIGTERM"), two.stop("SIGTERM")]);
});

describe("for people", () => {
  test(
    "it says what to paste, a number of clusters of your own, and SIGTERM ends it too",
    { timeout: PATIENCE_MS },
    async () => {
      const sandbox = await sandboxUp(["--clusters", "2", "--seed", "7"]);
      const { code, stdout } = await sandbox.stop("SIGTERM");
      expect(code).toBe(EXIT.done);
      expect(stdout).toContain("2 clusters are up");
      expect(stdout).toMatch(/export AWS_ACCESS_KEY_ID=AKIA\w{16}\n/);
      expect(stdout).toMatch(/export FLOTILLA_CONFIG=\S+flotilla\.yaml\n/);
    },
  );
});

test.each([
  ["no clusters", ["--clusters", "0"], "Expected a whole number from 1 to 200"],
  ["too many", ["--clusters", "201"], "Expected a whole number from 1 to 200"],
  ["no number", ["--seed", "1e3"], "Expected a whole number from 0"],
  ["a file", ["--state", "/dev/null"], "--state: /dev/null cannot be used: EEXIST; name another folder"],
  ["no place for folders", ["--state", "/dev/null/x"], "--state: /dev/null/x cannot be used: ENOTDIR"],
])("%s is told and nothing is started", async (_what, argv, message) => {
  const { code, stdout, stderr } = await flotilla(["sandbox", "up", ...argv], {});
  expect({ code, stdout }).toEqual({ code: EXIT.usage, stdout: "" });
  expect(stderr).toContain(message);
});

test("real control planes that cannot be had: what is missing, where it was looked for, and how to give it", async () => {
  const env = { PATH: folder, FLOTILLA_E2E_CACHE: path.join(folder, "cache"), KUBEBUILDER_ASSETS: folder };
  const { code, stdout, stderr } = await flotilla(["sandbox", "up", "--real", "--clusters", "1"], env);
  expect({ code, stdout }).toEqual({ code: EXIT.usage, stdout: "" });
  expect(stderr).toMatch(
    /^flotilla: sandbox up --real: .*kube-apiserver.*kwok not found in .*install Go.*KUBEBUILDER_ASSETS/,
  );
  expect(stderr).toContain(`in ${folder} or ${folder}/cache/`);
});
