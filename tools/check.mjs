// Every static check, in order of what fails fastest. `node tools/check.mjs NAME…` runs only the named steps.
// Ends with how many steps passed, so that a larger run can add them up.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const packages = readdirSync("packages").map((name) => `packages/${name}`);

/** @type {readonly (readonly [name: string, commands: readonly (readonly string[])[]])[]} */
const steps = [
  ["format", [["prettier", "--check", "--log-level", "warn", "."]]],
  ["build", [["tsc", "-b", "tsconfig.build.json"]]],
  ["types", [["tsc", "-p", "tsconfig.json"]]],
  ["lint", [["oxlint", "--quiet"]]],
  ["dead-code", [["knip"], ["knip", "--production", "--exclude", "exports,types"]]],
  [
    "examples",
    [
      ["node", "tools/readme-examples.mjs"],
      ...readdirSync("examples").map((name) => ["node", "--conditions=source", `examples/${name}/main.ts`]),
    ],
  ],
  ["schemas", [["node", "--conditions=source", "tools/schemas.ts", "--check"]]],
  ["api", [["node", "tools/api-reports.mjs"]]],
  [
    "packages",
    packages.flatMap((dir) => [
      ["publint", "--strict", dir],
      ["attw", "--pack", dir, "--profile", "esm-only", "--format", "ascii", "--quiet"],
    ]),
  ],
];

const only = process.argv.slice(2);
let failed = 0;
let passed = 0;
for (const [name, commands] of steps) {
  if (only.length > 0 && !only.includes(name)) continue;
  const startedAtMs = performance.now();
  const ok = commands.every(run);
  console.log(`check ${name}: ${ok ? "ok" : "FAILED"} (${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)`);
  if (ok) passed += 1;
  else failed += 1;
  // A broken build makes every later step repeat the same complaint.
  if (!ok && name === "build") break;
}
console.log(`check: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** @param {readonly string[]} command */
function run([program = "", ...args]) {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) console.error([`$ ${program} ${args.join(" ")}`, stdout, stderr].filter(Boolean).join("\n"));
  return status === 0;
}
