import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startFleetSandbox, type FleetSandbox } from "@flotilla/sandbox";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT, runCli, type CliIo } from "./index.ts";
import type { ApplyView } from "./output/apply-view.ts";
import type { DeleteView } from "./output/delete-view.ts";
import type { DiffView } from "./output/diff-view.ts";
import type { DiscoverView } from "./output/discover-view.ts";
import type { ExplainView } from "./output/explain-view.ts";
import type { PlanView } from "./output/plan-view.ts";
import { outputSchemas, type OutputName } from "./output/schemas/output-schemas.ts";
import type { StatusView } from "./output/status-view.ts";

let sandbox: FleetSandbox;
/** Everything that was ever printed: secrets are looked for in it at the end. */
const printed: string[] = [];

beforeAll(async () => {
  sandbox = await startFleetSandbox({ readyAfterMs: 10 });
}, 60_000);
afterAll(async () => {
  await sandbox[Symbol.asyncDispose]();
});

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function flotilla(argv: readonly string[], overrides: Partial<CliIo> = {}): Promise<Run> {
  let stdout = "";
  let stderr = "";
  const code = await runCli(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: (async function* () {})(),
    env: { FLOTILLA_STATE: path.join(sandbox.folder, "state"), FLOTILLA_CONFIG: sandbox.configPath },
    cwd: sandbox.folder,
    signal: new AbortController().signal,
    ...overrides,
  });
  printed.push(stdout, stderr);
  return { code, stdout, stderr };
}

/** The one JSON document on stdout, which has exactly what its schema says. */
async function json<T>(name: OutputName, argv: readonly string[], code: number = EXIT.done): Promise<T> {
  const run = await flotilla([name, ...argv, "-o", "json"]);
  expect({ code: run.code, stderr: run.code === code ? "" : run.stderr }).toEqual({ code, stderr: "" });
  const data: unknown = JSON.parse(run.stdout);
  // Parsing drops what the schema does not name.
  expect(outputSchemas()[name].parse(data)).toEqual(data);
  return data as T;
}

/** A value that belongs to the members and to nobody else. */
const SECRET = "canary-5f2b8c";

/** Deployment `name` of that many replicas, and a Secret it reads. */
function manifest(name: string, replicas: number, cpu = "100m"): string {
  const file = `${name}.yaml`;
  const container = `{name: main, image: nginx, envFrom: [{secretRef: {name: ${name}}}], resources: {requests: {cpu: ${cpu}, memory: 64Mi}}}`;
  const text = `apiVersion: v1
kind: Secret
metadata: {name: ${name}}
stringData: {password: ${SECRET}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec: {containers: [${container}]}
`;
  writeFileSync(path.join(sandbox.folder, file), text);
  return file;
}

describe("the main job", { timeout: 60_000 }, () => {
  test("discover tells every cluster with capacity and price", async () => {
    const { clusters, gaps } = await json<DiscoverView>("discover", []);
    expect(gaps).toEqual([]);
    expect(clusters.map(({ name }) => name)).toEqual(sandbox.members.map(({ name }) => name).toSorted());
    for (const cluster of clusters) {
      expect(cluster).toMatchObject({ phase: "ready", priceProblem: null, scope: "sandbox" });
      expect(cluster.capacity?.cpuMilli).toBeGreaterThan(0);
      expect(cluster.pricePerHourUsd).toBeGreaterThan(0);
    }
    const table = await flotilla(["discover"]);
    expect(table.stdout).toContain("CLUSTER");
    expect(table.stdout).toContain(`${clusters.length} clusters`);
    expect(table.stderr).toContain("observe");
    expect((await flotilla(["discover", "--quiet"])).stderr).toBe("");
  });

  test("plan, apply by id, status, explain, diff, scale, delete", async () => {
    const file = manifest("web", 6);
    const plan = await json<PlanView>("plan", ["-f", file]);
    expect(plan.workloads.map(({ ref, replicas, unplaced }) => [ref.name, replicas, unplaced])).toEqual([
      ["web", 6, 0],
    ]);
    expect(plan.cost.perMonthUsd).toBeGreaterThan(0);
    expect((await json<DiffView>("diff", ["-f", file])).different).toBe(true);
    expect((await flotilla(["diff", "-f", file, "--exit-code"])).code).toBe(EXIT.partial);

    const applied = await json<ApplyView>("apply", [plan.planId]);
    expect(applied.outcome).toBe("done");
    expect(applied.workloads[0]?.replicas).toMatchObject({ desired: 6, ready: 6 });
    const placed = (clusters: readonly { cluster: string; replicas: number }[]): unknown =>
      clusters.map(({ cluster, replicas }) => [cluster, replicas]);
    expect(placed(applied.workloads[0]?.clusters ?? [])).toEqual(placed(plan.workloads[0]?.placements ?? []));

    const status = await json<StatusView>("status", ["deploy/web"]);
    expect(status.workloads.map(({ health }) => health)).toEqual(["healthy"]);
    expect((await json<DiffView>("diff", ["-f", file, "--exit-code"])).different).toBe(false);
    expect((await flotilla(["apply", "-f", file])).stdout).toContain("nothing had to be written");

    const [explained] = (await json<ExplainView>("explain", ["Deployment/web"])).workloads;
    expect(explained?.explanation.candidates).toHaveLength(sandbox.members.length);
    const one = sandbox.members[0]?.name ?? "";
    const only = await json<ExplainView>("explain", ["default/Deployment/web", "--cluster", one]);
    expect(only.workloads[0]?.explanation.candidates.map(({ cluster }) => cluster)).toEqual([sandbox.idOf(one)]);
    const told = (await flotilla(["explain", "Deployment/web", "--cluster", one])).stdout;
    expect(told).toContain("ClusterSelector");
    expect(told.split("\n")[0]).not.toContain("kubeconfig/");

    const stale = await flotilla(["apply", plan.planId, "-f", manifest("web", 7)]);
    expect([stale.code, stale.stdout]).toEqual([EXIT.refused, expect.stringContaining("Nothing was changed")]);

    const deleted = await json<DeleteView>("delete", ["default/Deployment/web"]);
    expect(deleted.removals.every(({ outcome }) => outcome === "deleted")).toBe(true);
    expect((await json<StatusView>("status", [])).workloads).toEqual([]);
    expect((await flotilla(["delete", "default/Deployment/web"])).code).toBe(EXIT.done);
    expect((await flotilla(["status", "default/Deployment/web"])).code).toBe(EXIT.refused);
  });

  test("nothing fits: exit 3 with a reason per cluster, and apply changes nothing", async () => {
    const file = manifest("huge", 2, "1000");
    const plan = await json<PlanView>("plan", ["-f", file], EXIT.refused);
    expect(plan.workloads[0]?.explanation.summary).toMatch(/^0\/\d+ clusters fit/);
    expect(
      plan.workloads[0]?.explanation.candidates.every(({ filters }) =>
        filters.some(({ verdict }) => verdict !== "fits"),
      ),
    ).toBe(true);
    expect((await json<ApplyView>("apply", ["-f", file], EXIT.refused)).objects).toEqual([]);
  });

  test("less than the policy puts up with: exit 3, no removal is offered, and what runs stays as it is", async () => {
    const file = manifest("all", 4);
    expect((await flotilla(["apply", "-f", file])).code).toBe(EXIT.done);
    const policy = path.join(sandbox.folder, "all-policy.yaml");
    writeFileSync(
      policy,
      `apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: all, namespace: default}
spec:
  workloads: [{apiVersion: apps/v1, kind: Deployment, name: all}]
  replicas: {partial: false}
`,
    );
    const more = ["-f", manifest("all", 90_000), "-f", policy];
    const plan = await json<PlanView>("plan", more, EXIT.refused);
    expect([plan.workloads[0]?.shortfall, plan.removals]).toEqual([
      expect.objectContaining({ code: "allOrNothing", allowed: false }),
      [],
    ]);
    const told = (await flotilla(["plan", ...more])).stdout;
    expect([told.includes("would be refused"), told.includes("To run exactly this")]).toEqual([true, false]);
    const report = await json<ApplyView>("apply", more, EXIT.refused);
    expect([report.objects, report.refusals.map(({ code }) => code)]).toEqual([[], ["shortfall"]]);
    expect((await flotilla(["delete", "default/Deployment/all"])).code).toBe(EXIT.done);
  });

  test("an object that servers find invalid: diff and apply say so with exit 3, what was done, and not to run again", async () => {
    const file = manifest("odd", 2);
    const whole = path.join(sandbox.folder, file);
    writeFileSync(whole, readFileSync(whole, "utf8").replace("replicas: 2", "replcas: 2"));
    const diff = await json<DiffView>("diff", ["-f", file], EXIT.refused);
    expect([...new Set(diff.objects.map(({ kind, change }) => `${kind} ${change}`))].toSorted()).toEqual([
      "Deployment invalid",
      "Secret create",
    ]);
    const applied = await flotilla(["apply", "-f", file]);
    expect(applied.code).toBe(EXIT.refused);
    expect(applied.stdout).toMatch(/Refused in part; done: \d+ objects? written\..*corrected in the manifests/);
    expect(applied.stdout).not.toContain("Run it again");
    await flotilla(["delete", "default/Deployment/odd"]);
  });

  test("a name that no cluster has is warned of, wherever it was written", async () => {
    const [member] = sandbox.members;
    const slip = (member?.name ?? "").slice(0, -1);
    const config = readFileSync(sandbox.configPath, "utf8");
    writeFileSync(
      path.join(sandbox.folder, "slip.yaml"),
      config.replace(/^ {2}clusters:\n/m, `$&    - { clusters: { names: [${slip}] }, region: x }\n`),
    );
    const file = manifest("named", 1);
    const policy = `---
apiVersion: flotilla.dev/v1alpha1
kind: ClusterPlacementPolicy
metadata: {name: named}
spec:
  workloads: [{apiVersion: apps/v1, kind: Deployment, name: named}]
  clusters: {exclude: [${slip}]}
`;
    writeFileSync(
      path.join(sandbox.folder, "slip-app.yaml"),
      readFileSync(path.join(sandbox.folder, file), "utf8") + policy,
    );
    const { warnings } = await json<PlanView>("plan", ["-f", "slip-app.yaml", "--config", "slip.yaml"]);
    const message = `no cluster that was found is called "${slip}" (did you mean "${member?.name}"?)`;
    expect(warnings).toEqual([
      expect.stringMatching(/^slip\.yaml:\d+:\d+: /),
      `ClusterPlacementPolicy named: ${message}`,
    ]);
    expect(warnings[0]).toContain(message);
  });

  test("a cluster that is down: the rest goes on, strict says so", async () => {
    const [member] = sandbox.members;
    await sandbox.kill(member?.name ?? "");
    try {
      const view = await json<DiscoverView>("discover", []);
      const down = view.clusters.find(({ name }) => name === member?.name);
      expect(down).toMatchObject({ capacity: null, pricePerHourUsd: null });
      expect(down?.problem?.kind).toBe("transient");
      await json<DiscoverView>("discover", ["--strict"], EXIT.partial);
      expect((await flotilla(["discover"])).stdout).toContain("cannot be read");
    } finally {
      await sandbox.revive(member?.name ?? "");
    }
  });

  test("an interrupt ends with 130 and says so; running again converges", async () => {
    const file = manifest("late", 3);
    const stop = new AbortController();
    const running = flotilla(["apply", "-f", file, "--timeout", "30s"], {
      signal: stop.signal,
      stderr: {
        write: (text) => {
          printed.push(text);
          if (text.startsWith("apply")) stop.abort(new DOMException("stopped by SIGINT", "AbortError"));
        },
      },
    });
    expect((await running).code).toBe(EXIT.interrupted);
    expect((await json<ApplyView>("apply", ["-f", file])).outcome).toBe("done");
    expect((await flotilla(["delete", "-f", file])).code).toBe(EXIT.done);
    const before = await flotilla(["discover"], { signal: AbortSignal.abort() });
    expect([before.code, before.stdout]).toEqual([EXIT.interrupted, ""]);
    expect(before.stderr).toContain("interrupted");
  });
});

describe("where the fleet comes from", { timeout: 60_000 }, () => {
  const env = (): CliIo["env"] => ({
    FLOTILLA_STATE: path.join(sandbox.folder, "state2"),
    KUBECONFIG: sandbox.kubeconfigPath,
  });

  test("without a configuration the kubeconfig is the fleet for reading; changing it needs a choice", async () => {
    const file = manifest("free", 2);
    const names = sandbox.members.map(({ name }) => name).toSorted();
    const run = await flotilla(["discover", "-o", "json"], { env: env() });
    expect((JSON.parse(run.stdout) as DiscoverView).clusters.map(({ name }) => name)).toEqual(names);
    for (const argv of [
      ["apply", "-f", file],
      ["delete", "Deployment/free"],
    ]) {
      const refused = await flotilla(argv, { env: env() });
      expect([refused.code, refused.stdout, refused.stderr]).toEqual([
        EXIT.usage,
        "",
        expect.stringContaining("--context"),
      ]);
    }
    const [first = "", second = ""] = names;
    const chosen = await flotilla(["apply", "-f", file, "-o", "yaml", "--context", first, second], { env: env() });
    expect([chosen.code, chosen.stderr.includes("apply")]).toEqual([EXIT.done, true]);
    expect(chosen.stdout).toContain("outcome: done");
    const deleted = await flotilla(["delete", "-f", file, "--context", first, second], { env: env() });
    expect(deleted.code).toBe(EXIT.done);
  });

  test("stdin is read, its plan needs the manifests again", async () => {
    const text = readFileSync(path.join(sandbox.folder, manifest("piped", 1)), "utf8");
    const stdin = (): CliIo["stdin"] =>
      (async function* () {
        yield Buffer.from(text);
      })();
    const run = await flotilla(["plan", "-f", "-", "-o", "json"], { stdin: stdin() });
    const { planId } = JSON.parse(run.stdout) as PlanView;
    expect((await flotilla(["apply", planId])).stderr).toContain("was read from stdin");
    expect((await flotilla(["apply", planId, "-f", "-"], { stdin: stdin() })).code).toBe(EXIT.done);
    expect((await flotilla(["delete", "Deployment/piped"])).code).toBe(EXIT.done);
  });
});

test("no token of any cluster and no value of a Secret was printed or written", { timeout: 30_000 }, () => {
  const tokens = sandbox.members.map(({ name }) => sandbox.server(name).adminToken);
  const secrets = [...tokens, SECRET, Buffer.from(SECRET).toString("base64")];
  const files = ["state", "state2"].flatMap((folder) =>
    readdirSync(path.join(sandbox.folder, folder)).map((name) => path.join(sandbox.folder, folder, name)),
  );
  expect(files.length).toBeGreaterThan(0);
  const haystack = [...printed, ...files.map((file) => readFileSync(file, "latin1"))].join("\n");
  expect(haystack.length).toBeGreaterThan(10_000);
  for (const secret of secrets) expect(haystack.includes(secret)).toBe(false);
  for (const file of files) expect(statSync(file).mode & 0o077).toBe(0);
});

test("a state file that is none of ours is refused before anything is contacted", async () => {
  const folder = path.join(sandbox.folder, "bad-state");
  mkdirSync(folder);
  writeFileSync(path.join(folder, "state.db"), "no database\n".repeat(500));
  const run = await flotilla(["plan", "-f", manifest("any", 1), "--state", folder]);
  expect([run.code, run.stdout]).toEqual([EXIT.usage, ""]);
  expect(run.stderr).toContain(`${path.join(folder, "state.db")} is not a Flotilla state file`);
  rmSync(folder, { recursive: true });
});
