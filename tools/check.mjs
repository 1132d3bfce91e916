// Runs every static check in order, fails fast, and prints what each took.
import { spawnSync } from "node:child_process";

const steps = [
  ["format", ["prettier", "--check", "--log-level", "warn", "."]],
  ["build", ["tsc", "-b", "tsconfig.build.json"]],
  ["types", ["tsc", "-p", "tsconfig.json"]],
  ["lint", ["oxlint", "--quiet"]],
];

for (const [name, [command, ...args]] of steps) {
  const startedAtMs = performance.now();
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  console.log(
    `check ${name}: ${status === 0 ? "ok" : "failed"} (${((performance.now() - startedAtMs) / 1000).toFixed(1)} s)`,
  );
  if (status !== 0) process.exit(1);
}
