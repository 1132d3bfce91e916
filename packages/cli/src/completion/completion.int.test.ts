import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { runCli } from "../index.ts";

async function scriptOf(shell: string): Promise<string> {
  let stdout = "";
  const silent = { write: () => true };
  await runCli(["completion", shell], {
    stdout: { write: (text) => (stdout += text) },
    stderr: silent,
    stdin: (async function* () {})(),
    env: {},
    cwd: "/",
    signal: new AbortController().signal,
  });
  return stdout;
}

/** What bash offers after these words. */
function bashReplies(script: string, words: readonly string[]): readonly string[] {
  const program = `${script}
COMP_WORDS=(${words.map((word) => `'${word}'`).join(" ")})
COMP_CWORD=${words.length - 1}
_flotilla
printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr, status } = spawnSync("bash", ["--norc", "-c", program], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  return stdout.split("\n").filter((line) => line !== "");
}

test("bash completes commands, their options and fixed values", async () => {
  const script = await scriptOf("bash");
  expect(bashReplies(script, ["flotilla", "dis"])).toEqual(["discover"]);
  expect(bashReplies(script, ["flotilla", "apply", "--fo"])).toEqual(["--force-conflicts"]);
  expect(bashReplies(script, ["flotilla", "--quiet", "plan", "--lo"])).toEqual(["--lose"]);
  expect(bashReplies(script, ["flotilla", "plan", "-o", ""])).toEqual(["table", "json", "yaml"]);
  expect(bashReplies(script, ["flotilla", "status", "--conf"])).toEqual(["--config"]);
  expect(bashReplies(script, ["flotilla", "sandbox", "u"])).toEqual(["up"]);
  expect(bashReplies(script, ["flotilla", "sandbox", "up", "--cl"])).toEqual(["--clusters"]);
});

test("zsh and fish scripts offer the verb after its noun", async () => {
  expect(await scriptOf("zsh")).toContain("'1:verb:(up)'");
  expect(await scriptOf("fish")).toContain('__fish_seen_subcommand_from sandbox" -f -a up');
});

test("zsh and fish scripts name every command and option", async () => {
  for (const shell of ["zsh", "fish"]) {
    const script = await scriptOf(shell);
    for (const word of [
      "discover",
      "plan",
      "apply",
      "status",
      "explain",
      "diff",
      "delete",
      "sandbox",
      "clusters",
      "demo",
      "force-conflicts",
    ]) {
      expect(script).toContain(word);
    }
  }
});
