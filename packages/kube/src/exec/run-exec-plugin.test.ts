import { inspect } from "node:util";
import { isCloudError, systemClock, type Clock, type CloudError, type KubeAccess } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { aFolder, aKubeconfig, KEY, PEM, type TestFolder } from "../../test/kubeconfig-files.ts";
import { aCtx } from "../../test/scripted-server.ts";
import { loadKubeconfig } from "../kubeconfig/load-kubeconfig.ts";
import { resolveContext } from "../kubeconfig/resolve-context.ts";
import { ExecCache } from "./exec-cache.ts";
import type { ExecPolicy } from "./exec-policy.ts";

const V1 = "client.authentication.k8s.io/v1";

interface Run {
  readonly exec: object;
  readonly policy?: ExecPolicy;
  readonly env?: Readonly<Record<string, string>>;
  readonly cluster?: object;
  readonly clock?: Clock;
  readonly timeoutMs?: number;
}

async function access(
  folder: TestFolder,
  { exec, policy, env = {}, cluster = {}, clock = systemClock, timeoutMs }: Run,
): Promise<KubeAccess> {
  const parts = {
    users: { a: { exec: { apiVersion: V1, ...exec } } },
    clusters: { a: { server: "https://10.0.0.1:6443", ...cluster } },
  };
  const file = await folder.write("config", aKubeconfig(parts));
  const { kubeconfig } = await loadKubeconfig({ kind: "files", files: [file] });
  const deps = {
    env,
    clock,
    execCache: new ExecCache(clock),
    policy: policy ?? { allow: [`${folder.path}/plugin`], knownHelpers: false },
  };
  return (await resolveContext(kubeconfig, "a", timeoutMs === undefined ? deps : { ...deps, timeoutMs }, aCtx()))
    .access;
}

/** A program of this folder. `$DIR` is the folder. */
async function plugin(folder: TestFolder, script: string, name = "plugin"): Promise<string> {
  return folder.write(name, `#!/bin/sh\n${script.replaceAll("$DIR", folder.path)}\n`, 0o700);
}

function credential(status: object, apiVersion = V1): string {
  return `/bin/cat <<'END'\n${JSON.stringify({ apiVersion, kind: "ExecCredential", status })}\nEND`;
}

async function refused(work: Promise<unknown>): Promise<CloudError> {
  try {
    await work;
  } catch (error) {
    if (isCloudError(error)) return error;
    throw error;
  }
  throw new Error("should have been refused");
}

async function tokenOf({ auth }: KubeAccess): Promise<string> {
  if (auth.kind !== "bearer") throw new Error(`bearer, not ${auth.kind}`);
  return (await auth.tokens.token(aCtx())).value;
}

describe("which commands run", () => {
  test("none by default, and the refusal prints the line to add", async () => {
    await using folder = await aFolder();
    const command = await plugin(folder, `touch $DIR/ran\n${credential({ token: "t" })}`);
    const error = await refused(access(folder, { exec: { command }, policy: { allow: [], knownHelpers: true } }));
    expect(error.kind).toBe("policy");
    expect(error.message).toContain(`\n  execAllow: ["${command}"]`);
    await expect(import("node:fs/promises").then(({ stat }) => stat(`${folder.path}/ran`))).rejects.toThrow(/ENOENT/);
  });

  test("known helpers run by their bare name from the PATH only, and only when asked for", async () => {
    await using folder = await aFolder();
    await plugin(folder, credential({ token: "t" }), "bin/aws");
    const env = { PATH: `relative:${folder.path}/bin` };
    const known = { allow: [], knownHelpers: true };
    expect(await tokenOf(await access(folder, { exec: { command: "aws" }, policy: known, env }))).toBe("t");
    for (const run of [
      { exec: { command: "aws" }, policy: { allow: [], knownHelpers: false }, env },
      { exec: { command: "bin/aws" }, policy: known, env },
      { exec: { command: `${folder.path}/bin/aws` }, policy: known, env },
      { exec: { command: "./aws" }, policy: known, env },
    ]) {
      expect((await refused(access(folder, run))).kind).toBe("policy");
    }
  });

  test("the working folder is never searched", async () => {
    await using folder = await aFolder();
    const policy = { allow: ["plugin"], knownHelpers: false };
    await plugin(folder, credential({ token: "t" }));
    const error = await refused(
      access(folder, {
        exec: { command: "plugin", installHint: "get it at example.com" },
        policy,
        env: { PATH: ".::" },
      }),
    );
    expect([error.kind, error.message]).toEqual([
      "invalid",
      expect.stringMatching(/"plugin" is not in the PATH\nget it at example\.com$/),
    ]);
  });

  test("a path is relative to the kubeconfig, a bare name may be listed, and nothing goes through a shell", async () => {
    await using folder = await aFolder();
    await plugin(folder, credential({ token: "t" }));
    expect(await tokenOf(await access(folder, { exec: { command: "./plugin" } }))).toBe("t");
    const env = { PATH: folder.path };
    expect(
      await tokenOf(
        await access(folder, { exec: { command: "plugin" }, policy: { allow: ["plugin"], knownHelpers: false }, env }),
      ),
    ).toBe("t");
    const evil = `plugin; touch ${folder.path}/pwned`;
    expect((await refused(access(folder, { exec: { command: evil }, env }))).kind).toBe("policy");
    await access(folder, { exec: { command: "./plugin", args: [`; touch ${folder.path}/pwned`, "$(touch pwned)"] } });
    await expect(import("node:fs/promises").then(({ stat }) => stat(`${folder.path}/pwned`))).rejects.toThrow(/ENOENT/);
  });
});

describe("what they are given and give", () => {
  test("arguments, the user's environment and its own, and the cluster only when asked for", async () => {
    await using folder = await aFolder();
    const script = `printf '%s|%s|%s' "$1" "$USER_SET" "$OWN" > $DIR/args; printf '%s' "$KUBERNETES_EXEC_INFO" > $DIR/info\n${credential({ token: "t" })}`;
    await plugin(folder, script);
    const exec = { command: "./plugin", args: ["x y"], env: [{ name: "OWN", value: "o" }], provideClusterInfo: true };
    const extensions = [{ name: "client.authentication.k8s.io/exec", extension: { region: "r" } }];
    const cluster = {
      "tls-server-name": "n",
      "certificate-authority-data": Buffer.from(PEM).toString("base64"),
      extensions,
    };
    await access(folder, { exec, cluster, env: { USER_SET: "u" } });
    const { readFile } = await import("node:fs/promises");
    expect(await readFile(`${folder.path}/args`, "utf8")).toBe("x y|u|o");
    const info = { apiVersion: V1, kind: "ExecCredential", spec: { interactive: false } };
    expect(JSON.parse(await readFile(`${folder.path}/info`, "utf8"))).toEqual({
      ...info,
      spec: {
        interactive: false,
        cluster: {
          server: "https://10.0.0.1:6443",
          "tls-server-name": "n",
          "certificate-authority-data": cluster["certificate-authority-data"],
          config: { region: "r" },
        },
      },
    });
    await access(folder, { exec: { ...exec, provideClusterInfo: false }, cluster });
    expect(JSON.parse(await readFile(`${folder.path}/info`, "utf8"))).toEqual(info);
  });

  test("a token is kept until a minute before its end, or until the server refuses it", async () => {
    await using folder = await aFolder();
    let nowMs = Date.parse("2026-11-21T10:00:00Z");
    const clock: Clock = { nowMs: () => nowMs, sleep: () => new Promise(() => {}) };
    const again = `n=$(/bin/cat $DIR/n 2>/dev/null || echo 0); n=$((n+1)); echo $n > $DIR/n; echo '{"apiVersion":"${V1}","kind":"ExecCredential","status":{"token":"t'$n'","expirationTimestamp":"2026-11-21T10:10:00Z"}}'`;
    await plugin(folder, again);
    const found = await access(folder, { exec: { command: "./plugin" }, clock });
    const seen = [await tokenOf(found), await tokenOf(found)];
    nowMs += 9 * 60_000 - 1;
    seen.push(await tokenOf(found));
    nowMs += 1;
    seen.push(...(await Promise.all([tokenOf(found), tokenOf(found)])));
    if (found.auth.kind === "bearer") found.auth.tokens.invalidate();
    seen.push(await tokenOf(found));
    expect(seen).toEqual(["t1", "t1", "t1", "t2", "t2", "t3"]);
  });

  test("a client certificate", async () => {
    await using folder = await aFolder();
    await plugin(
      folder,
      credential({ clientCertificateData: PEM, clientKeyData: KEY }, "client.authentication.k8s.io/v1beta1"),
    );
    const { auth } = await access(folder, {
      exec: { command: "./plugin", apiVersion: "client.authentication.k8s.io/v1beta1" },
    });
    expect(auth).toEqual({ kind: "certificate", certPem: PEM, keyPem: KEY });
  });
});

describe("what goes wrong", () => {
  const canary = "canary0123456789abcdef0123456789";
  test.each([
    [
      "an exit code",
      `echo "token: ${canary}" >&2; echo 'Unable to locate credentials' >&2; exit 3`,
      /exit code 3: .*\[redacted\]\nUnable to locate credentials/,
    ],
    ["no JSON", `echo ${canary}`, /is no ExecCredential$/],
    [
      "another version",
      credential({ token: canary }, "client.authentication.k8s.io/v1beta1"),
      /is not of client\.authentication\.k8s\.io\/v1,/,
    ],
    ["nothing in it", credential({}), /neither a token nor a client certificate/],
    ["half of a certificate", credential({ clientKeyData: canary }), /needs both/],
    ["a bad time", credential({ token: canary, expirationTimestamp: "soon" }), /no RFC 3339 time/],
    ["silence", `exec /bin/sleep 30`, /gave no answer in time/],
    ["a flood", `exec /usr/bin/yes ${canary}`, /far more than a credential/],
  ])("%s is told without the credential", async (_name, script, message) => {
    await using folder = await aFolder();
    await plugin(folder, script);
    const error = await refused(access(folder, { exec: { command: "./plugin" }, timeoutMs: 400 }));
    expect(error.kind).toBe("unauthenticated");
    expect(error.message).toMatch(message);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(canary);
  });

  test("a helper that needs a terminal is refused, and what cannot run says why", async () => {
    await using folder = await aFolder();
    expect(
      (await refused(access(folder, { exec: { command: "./plugin", interactiveMode: "Always" } }))).message,
    ).toMatch(/needs a terminal/);
    expect(
      (
        await refused(
          access(folder, { exec: { command: "./plugin", apiVersion: "client.authentication.k8s.io/v1alpha1" } }),
        )
      ).message,
    ).toMatch(/exec\.apiVersion: expected/);
    await folder.write("plugin", "not executable", 0o600);
    expect((await refused(access(folder, { exec: { command: "./plugin" } }))).message).toMatch(
      /could not be started: EACCES/,
    );
  });
});
