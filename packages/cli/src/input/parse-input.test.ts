import { describe, expect, test } from "vitest";
import { shellWord } from "../program/global-options.ts";
import { parseDuration } from "./parse-duration.ts";
import { parseWorkload } from "./parse-workload.ts";
import { stateFile } from "./state-file.ts";

test("times", () => {
  const rows = { "90s": 90_000, "5m": 300_000, "1h30m": 5_400_000, "500ms": 500, "1.5s": 1_500, "24h": 86_400_000 };
  for (const [text, ms] of Object.entries(rows)) expect(parseDuration(text, "--timeout")).toBe(ms);
  for (const bad of ["", "5", "5 m", "m", "0s", "-1s", "25h", "5mx", "5d"]) {
    expect(() => parseDuration(bad, "--timeout")).toThrow(`--timeout "${bad}"`);
  }
});

test("workloads by kind, plural, short name, with and without namespace", () => {
  const web = { kind: "Deployment", name: "web", namespace: "default" };
  for (const text of ["Deployment/web", "deploy/web", "deployments/web", "default/DEPLOYMENT/web"]) {
    expect(parseWorkload(text)).toEqual(web);
  }
  expect(parseWorkload("shop/sts/db")).toEqual({ kind: "StatefulSet", name: "db", namespace: "shop" });
  expect(parseWorkload("ns/shop")).toEqual({ kind: "Namespace", name: "shop" });
  expect(parseWorkload("Rollout/web")).toEqual({ kind: "Rollout", name: "web" });
  for (const bad of ["web", "a/b/c/d", "Deployment/", "/web", "Deployment/We b", "a b/web"]) {
    expect(() => parseWorkload(bad)).toThrow("expected [NAMESPACE/]KIND/NAME");
  }
  expect(() => parseWorkload("deploymnet/web")).toThrow('did you mean "deployment"');
});

describe("the state's place", () => {
  const cwd = "/here";
  test("an option, the environment, the user's state folder", () => {
    const env = { FLOTILLA_STATE: "from-env", XDG_STATE_HOME: "/xdg", HOME: "/home/me" };
    expect(stateFile("given", { cwd, env })).toBe("/here/given/state.db");
    expect(stateFile(undefined, { cwd, env })).toBe("/here/from-env/state.db");
    expect(stateFile(undefined, { cwd, env: { ...env, FLOTILLA_STATE: "" } })).toBe("/xdg/flotilla/state.db");
    expect(stateFile(undefined, { cwd, env: { XDG_STATE_HOME: "relative", HOME: "/home/me" } })).toBe(
      "/home/me/.local/state/flotilla/state.db",
    );
    expect(() => stateFile(undefined, { cwd, env: {} })).toThrow("--state DIR");
  });
});

test("words of a printed command are read back by a shell", () => {
  expect(["a/b.yaml", "my file", "it's", "$HOME"].map(shellWord)).toEqual([
    "a/b.yaml",
    "'my file'",
    "'it'\\''s'",
    "'$HOME'",
  ]);
});
