import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EXIT, runCli } from "./index.ts";

let folder = "";
let connections = 0;
let server: Server;

/** The one cluster there is: it counts who knocks. */
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "flotilla-bad-input-"));
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  write(
    "kubeconfig",
    `apiVersion: v1
kind: Config
clusters: [{name: a, cluster: {server: "https://127.0.0.1:${port}"}}]
users: [{name: a, user: {token: s3cr3t-canary}}]
contexts: [{name: a, context: {cluster: a, user: a}}]
`,
  );
  write(
    "two-contexts",
    readFileSync(path.join(folder, "kubeconfig"), "utf8").replace(
      "contexts: [",
      "contexts: [{name: aws-dublin, context: {cluster: a, user: a}}, ",
    ),
  );
  write("list.yaml", "- 1\n");
  write("good.yaml", config(""));
  write("app.yaml", APP);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const APP = `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: nginx}]}
`;

function config(spec: string): string {
  return `apiVersion: flotilla.dev/v1alpha1
kind: Config
spec:
  providers:
    - { use: "@flotilla/kube", options: { kubeconfig: ./kubeconfig } }
${spec}`;
}

function policy(spec: string): string {
  return `${APP}---
apiVersion: flotilla.dev/v1alpha1
kind: PlacementPolicy
metadata: {name: web, namespace: default}
spec:
${spec}`;
}

function override(rule: string): string {
  return `${APP}---
apiVersion: flotilla.dev/v1alpha1
kind: OverridePolicy
metadata: {name: web, namespace: default}
spec:
  workloads: [{apiVersion: apps/v1, kind: Deployment, name: web}]
  rules:
${rule}`;
}

function write(name: string, text: string): void {
  writeFileSync(path.join(folder, name), text);
}

async function flotilla(argv: readonly string[], env: Record<string, string> = {}) {
  let stdout = "";
  let stderr = "";
  const before = connections;
  const code = await runCli(argv, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    stdin: (async function* () {})(),
    env: { FLOTILLA_STATE: path.join(folder, "state"), ...env },
    cwd: folder,
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr, contacted: connections - before };
}

const CONFIG_ROWS: readonly (readonly [what: string, text: string, message: string])[] = [
  [
    "an unknown field",
    config("  priceFile: [./p.yaml]\n"),
    'c.yaml:6:3: spec.priceFile: unknown field; known here: providers, clusters, priceFiles (did you mean "priceFiles"?)',
  ],
  ["a wrong type", config("  priceFiles: ./p.yaml\n"), "c.yaml:6:15: spec.priceFiles: expected array, found string"],
  ["another kind", "apiVersion: flotilla.dev/v1alpha1\nkind: Fleet\nspec: {providers: []}\n", "c.yaml:2:7: kind: "],
  ["no document", "# nothing\n", "c.yaml:1:1: expected one Config in this file"],
  ["two documents", `${config("")}---\n${config("")}`, "c.yaml:7:1: expected one Config in this file"],
  [
    "a bad fleet name",
    "apiVersion: flotilla.dev/v1alpha1\nkind: Config\nmetadata: {name: Prod_1}\nspec: {providers: [{use: x}]}\n",
    "c.yaml:3:18: metadata.name: ",
  ],
  ["a duplicate key", config("  providers: []\n"), 'c.yaml:6:3: spec.providers: the key "providers" is already there'],
  [
    "two providers of one name",
    config('    - { use: "@flotilla/kube" }\n'),
    'c.yaml:6:7: spec.providers[1].name: two providers are called "kube"',
  ],
  [
    "an alias for many",
    config("  clusters:\n    - { clusters: {}, alias: x }\n"),
    "c.yaml:7:30: spec.clusters[0].alias: an alias is for one cluster",
  ],
  [
    "an alias given twice",
    config("  clusters:\n    - { clusters: {names: [a]}, alias: x }\n    - { clusters: {names: [b]}, alias: x }\n"),
    'c.yaml:8:40: spec.clusters[1].alias: the alias "x" is given twice',
  ],
  [
    "a bad alias",
    config("  clusters: [{clusters: {names: [a]}, alias: A_}]\n"),
    "c.yaml:6:46: spec.clusters[0].alias: ",
  ],
  [
    "an unknown operator",
    config("  clusters: [{clusters: {fields: [{key: region, operator: Im, values: [x]}]}}]\n"),
    'did you mean "In"?',
  ],
  [
    "a missing price file",
    config("  priceFiles: [./nope.yaml]\n"),
    "nope.yaml:1:1: cannot be read: no such file or directory",
  ],
  [
    "a provider that is not there",
    config("").replace("@flotilla/kube", "@example/provider-elsewhere"),
    "c.yaml:5:14: spec.providers[0].use: @example/provider-elsewhere is not there: install it",
  ],
  [
    "a misspelt provider",
    config("").replace("@flotilla/kube", "@flotilla/provider-awz"),
    "@flotilla/provider-awz is not there: did you mean @flotilla/provider-aws?",
  ],
  [
    "a provider by URL",
    config("").replace("@flotilla/kube", "data:text/javascript,0"),
    "c.yaml:5:14: spec.providers[0].use: data:text/javascript,0: expected a package or a path",
  ],
  [
    "a module that is no provider",
    config("").replace("@flotilla/kube", "node:fs"),
    "c.yaml:5:14: spec.providers[0].use: node:fs: expected a package or a path",
  ],
  [
    "an unknown provider option",
    config("").replace("kubeconfig:", "kubeconfi:"),
    'c.yaml:5:43: spec.providers[0].options.kubeconfi: unknown field; known here: kubeconfig, contexts, execAllow, timeoutSeconds (did you mean "kubeconfig"?)',
  ],
];

const PRICE_ROWS: readonly (readonly [what: string, items: string, message: string])[] = [
  [
    "a price without currency",
    "- { instanceType: m, nodePerHour: 0.1, asOf: 2026-11-01 }",
    "p.yaml:4:35: items[0].nodePerHour: expected string, found number",
  ],
  [
    "another currency",
    '- { instanceType: m, nodePerHour: "0.1 EUR", asOf: 2026-11-01 }',
    'p.yaml:4:35: items[0].nodePerHour: expected an amount such as "0.192 USD"',
  ],
  ["no date", '- { instanceType: m, nodePerHour: "0.1 USD" }', "p.yaml:4:3: items[0].asOf: required"],
  [
    "a bad date",
    '- { instanceType: m, nodePerHour: "0.1 USD", asOf: 2026-13-01 }',
    "p.yaml:4:52: items[0].asOf: expected a date",
  ],
  [
    "no price at all",
    "- { instanceType: m, asOf: 2026-11-01 }",
    "p.yaml:4:3: items[0]: expected nodePerHour, controlPlanePerHour or both",
  ],
];

const APP_ROWS: readonly (readonly [what: string, text: string, message: string])[] = [
  ["not an object", "- 1\n", "a.yaml:1:1: expected a Kubernetes object"],
  ["no name", "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\n", "a.yaml:3:11: metadata"],
  [
    "a name that no server takes",
    APP.replace("name: web", "name: Web_1"),
    "a.yaml:3:18: metadata.name: expected a Deployment's name: lower-case letters",
  ],
  ["the same object twice", `${APP}---\n${APP}`, "a.yaml:1"],
  [
    "a bad quantity",
    APP.replace("image: nginx", "image: nginx, resources: {requests: {cpu: 1x}}"),
    'a.yaml:9:79: spec.template.spec.containers[0].resources.requests.cpu: "1x" is not a quantity',
  ],
  ["a bad replica count", APP.replace("replicas: 2", "replicas: two"), "a.yaml:5:13: spec.replicas"],
  ["an unknown policy field", policy("  workload: []\n"), '(did you mean "workloads"?)'],
  [
    "a wrong type in a policy",
    policy("  workloads: [{apiVersion: apps/v1, kind: Deployment, name: web}]\n  priority: high\n"),
    "a.yaml:16:13: spec.priority: expected",
  ],
  [
    "min over max",
    policy(
      "  workloads: [{apiVersion: apps/v1, kind: Deployment, name: web}]\n  replicas: {limits: [{clusters: {names: [a]}, min: 5, max: 2}]}\n",
    ),
    "a.yaml:16:",
  ],
  [
    "a bad patch path",
    override("  - patch: [{op: replace, path: spec/replicas, value: 1}]\n"),
    "a.yaml:17:33: spec.rules[0].patch[0].path",
  ],
  ["an override of the name", override("  - patch: [{op: replace, path: /metadata/name, value: x}]\n"), "a.yaml:17:"],
  ["an override of replicas", override("  - mergePatch: {spec: {replicas: 5}}\n"), "a.yaml:17:"],
  [
    "an override of a container that is not there",
    override("  - image: [{container: wbe, tag: v2}]\n"),
    'a.yaml:17:13: spec.rules[0].image[0]: OverridePolicy default/web, rule 1: Deployment default/web: there is no container "wbe"; there is "web" (did you mean "web"?)',
  ],
  [
    "an override that fits nothing, for clusters that nobody chose",
    override("  - {clusters: {names: [elsewhere]}, image: [{container: other, tag: v2}]}\n"),
    'a.yaml:17:46: spec.rules[0].image[0]: OverridePolicy default/web, rule 1: Deployment default/web: there is no container "other"',
  ],
  [
    "a variable that no cluster has",
    override('  - env: [{container: web, name: R, value: "${cluster.regon}"}]\n'),
    "a.yaml:17:44: spec.rules[0].env[0].value: OverridePolicy web, rule 1: there is no variable ${cluster.regon} (did you mean ${cluster.region}?)",
  ],
  [
    "a patch of a path that is not there",
    override("  - patch: [{op: replace, path: /spec/templte/spec/priorityClassName, value: high}]\n"),
    '(did you mean "/spec/template/spec/priorityClassName"?)',
  ],
  [
    "a patch that leaves no pod",
    override("  - mergePatch: {spec: {template: {spec: {containers: x}}}}\n"),
    "a.yaml:17:5: spec.rules[0]: OverridePolicy default/web, rule 1: Deployment default/web: leaves a broken workload: spec.template.spec.containers: expected a list",
  ],
  [
    "an override of a mark of ours",
    override("  - labels: {add: {flotilla.dev/fleet: mine}}\n"),
    "a.yaml:17:20: spec.rules[0].labels.add.flotilla.dev/fleet: OverridePolicy web, rule 1: overrides never change flotilla.dev/fleet",
  ],
  ["a custom tag", "a: !evil x\n", "a.yaml:1:10: a: the tag !evil is not allowed"],
  [
    "a prototype key",
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {__proto__: {}}\n",
    'a.yaml:4:8: data.__proto__: the key "__proto__" is not allowed',
  ],
];

const USAGE_ROWS: readonly (readonly [argv: readonly string[], message: string])[] = [
  [["plan"], "give the manifests with -f FILE"],
  [["plan", "-f", "", "--config", "good.yaml"], '-f "": expected the name of a file'],
  [["plan", "-f", "app.yaml", "--config", ""], '--config "": expected the name of a file'],
  [["plan", "-f", "nope.yaml"], "nope.yaml:1:1: cannot be read: no such file or directory"],
  [["plan", "-f", "app.yaml", "--config", "nope.yaml"], "nope.yaml:1:1: cannot be read"],
  [["plan", "-f", "app.yaml", "--config", "good.yaml", "--context", "a"], "--config and --context cannot go together"],
  [["apply", "--config", "good.yaml"], "give a plan's id, or manifests with -f FILE"],
  [["apply", "-f", "app.yaml"], "this changes clusters"],
  [["apply", "-f", "app.yaml", "--config", "good.yaml", "--timeout", "5 minutes"], "expected a time such as 90s"],
  [["apply", "nosuchplan", "--config", "good.yaml"], 'there is no plan "nosuchplan"'],
  [["status", "web"], "expected [NAMESPACE/]KIND/NAME"],
  [["status", "deplyment/web"], 'did you mean "deployment"?'],
  [["explain", "x/y/z/w"], "expected [NAMESPACE/]KIND/NAME"],
  [["delete", "--config", "good.yaml"], "give a workload, or manifests"],
  [["completion", "tcsh"], "Allowed choices are bash, zsh, fish"],
  [["discover", "-o", "xml"], "Allowed choices are table, json, yaml"],
  [["pln"], "Did you mean plan?"],
  [["plan", "--los", "x"], "Did you mean --lose?"],
];

const FLEET_ROWS: readonly (readonly [what: string, argv: readonly string[], kubeconfig: string, message: string])[] = [
  [
    "a misspelt context beside a right one",
    ["plan", "-f", "app.yaml", "--context", "aws-dublin", "aws-dubln"],
    "two-contexts",
    '--context aws-dubln: there is no such context in the kubeconfig (did you mean "aws-dublin"?)',
  ],
  [
    "a context that is like none",
    ["discover", "--context", "x"],
    "two-contexts",
    "--context x: there is no such context in the kubeconfig; there are a, aws-dublin",
  ],
  ["a kubeconfig that is not there", ["discover"], "nowhere", "nowhere does not exist"],
  ["a kubeconfig that is none", ["discover"], "list.yaml", "list.yaml is no kubeconfig"],
];

describe("bad input ends with 2, its place and what was expected; nothing is contacted or written", () => {
  test.each(CONFIG_ROWS)("configuration: %s", async (_what, text, message) => {
    write("c.yaml", text);
    await expectRefusal(["discover", "--config", "c.yaml", "-o", "json"], message);
  });

  test.each(PRICE_ROWS)("prices: %s", async (_what, items, message) => {
    write("c.yaml", config("  priceFiles: [p.yaml]\n"));
    write("p.yaml", `apiVersion: flotilla.dev/v1alpha1\nkind: PriceList\nitems:\n${items}\n`);
    await expectRefusal(["discover", "--config", "c.yaml"], message);
  });

  test.each(APP_ROWS)("manifests: %s", async (_what, text, message) => {
    write("a.yaml", text);
    await expectRefusal(["plan", "-f", "a.yaml", "--config", "good.yaml"], message);
  });

  test.each(FLEET_ROWS)("the fleet: %s", async (_what, argv, kubeconfig, message) => {
    await expectRefusal(argv, message, { KUBECONFIG: path.join(folder, kubeconfig) });
  });

  test.each(USAGE_ROWS)("usage: %j", async (argv, message) => {
    await expectRefusal(argv, message);
  });
});

async function expectRefusal(
  argv: readonly string[],
  message: string,
  env: Record<string, string> = {},
): Promise<void> {
  const before = process.threadCpuUsage();
  const { code, stdout, stderr, contacted } = await flotilla(argv, env);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/s3cr3t-canary|\n\s+at /);
  expect({ code, stdout, contacted }).toEqual({ code: EXIT.usage, stdout: "", contacted: 0 });
  const { user, system } = process.threadCpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(1_000);
}

describe("a bug of ours", () => {
  test("is exit 1 and one short report; the stack only when asked for", async () => {
    mkdirSync(path.join(folder, "plugin"), { recursive: true });
    write("plugin/cloud.ts", 'export const flotillaProvider = { create() { throw new TypeError("oops"); } };\n');
    write("c.yaml", config("").replace('"@flotilla/kube"', "./plugin/cloud.ts"));
    const run = await flotilla(["discover", "--config", "c.yaml"]);
    expect([run.code, run.stderr.split("\n")[0]]).toEqual([
      EXIT.bug,
      expect.stringContaining("please report it: oops"),
    ]);
    expect(run.stderr).not.toContain("    at ");
    const debug = await flotilla(["discover", "--config", "c.yaml"], { FLOTILLA_DEBUG: "1" });
    expect(debug.stderr).toContain("    at ");
  });
});

test("reading leaves no state behind, and planning needs somewhere to keep its plan", async () => {
  rmSync(path.join(folder, "state"), { recursive: true, force: true });
  const run = await flotilla(["discover", "--config", "good.yaml", "-q"]);
  expect([run.code, run.stderr]).toEqual([EXIT.done, ""]);
  expect(readdirSync(folder)).not.toContain("state");
  const homeless = await flotilla(["plan", "-f", "app.yaml", "--config", "good.yaml"], { FLOTILLA_STATE: "" });
  expect([homeless.code, homeless.stderr]).toEqual([EXIT.usage, expect.stringContaining("--state DIR")]);
});

test("help of every command has its examples and the options of all commands", async () => {
  const { stdout } = await flotilla(["--help"]);
  for (const command of ["discover", "plan", "apply", "status", "explain", "diff", "delete", "demo", "completion"]) {
    expect(stdout).toContain(`\n  ${command} `);
    const help = await flotilla([command, "--help"]);
    expect(help.code).toBe(EXIT.done);
    expect(help.stdout).toContain(`Examples:\n  `);
    expect(help.stdout).toContain("--config <FILE>");
  }
});
