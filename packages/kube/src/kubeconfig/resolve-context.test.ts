import { isCloudError, systemClock, type CloudError, type KubeAuth } from "@flotilla/core";
import { describe, expect, test } from "vitest";
import { aCtx } from "../../test/scripted-server.ts";
import {
  aFolder,
  aKubeconfig,
  base64,
  KEY,
  PEM,
  type KubeconfigParts,
  type TestFolder,
} from "../../test/kubeconfig-files.ts";
import { ExecCache } from "../exec/exec-cache.ts";
import { EXEC_NONE } from "../exec/exec-policy.ts";
import { loadKubeconfig } from "./load-kubeconfig.ts";
import { resolveContext, type ResolveDeps, type ResolvedContext } from "./resolve-context.ts";

function deps(more: Partial<ResolveDeps> = {}): ResolveDeps {
  return { env: {}, clock: systemClock, execCache: new ExecCache(systemClock), policy: EXEC_NONE, ...more };
}

/** Writes the kubeconfig into a folder and resolves context `a`. */
async function resolved(
  folder: TestFolder,
  parts: KubeconfigParts,
  more: Partial<ResolveDeps> = {},
  name = "a",
): Promise<ResolvedContext> {
  const file = await folder.write("config", aKubeconfig(parts));
  const { kubeconfig } = await loadKubeconfig({ kind: "files", files: [file] });
  return resolveContext(kubeconfig, name, deps(more), aCtx());
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

async function tokenOf(auth: KubeAuth): Promise<string> {
  if (auth.kind !== "bearer") throw new Error(`bearer, not ${auth.kind}`);
  return (await auth.tokens.token(aCtx())).value;
}

describe("what a context comes to", () => {
  test("cluster fields, with data before files and files beside the kubeconfig", async () => {
    await using folder = await aFolder();
    await folder.write("pki/ca.pem", PEM);
    const server = "https://10.0.0.1:6443";
    const cluster = {
      server,
      "certificate-authority": "pki/ca.pem",
      "tls-server-name": "api.internal",
      "proxy-url": "http://proxy:3128",
    };
    const { access, warnings } = await resolved(folder, { clusters: { a: cluster } });
    expect({ access, warnings }).toEqual({
      access: {
        server,
        caPem: PEM,
        tlsServerName: "api.internal",
        proxyUrl: "http://proxy:3128",
        auth: { kind: "none" },
      },
      warnings: [],
    });
    const data = base64(PEM.replace("AAAA", "BBBB"));
    const both = await resolved(folder, { clusters: { a: { ...cluster, "certificate-authority-data": data } } });
    expect(both.access.caPem).toContain("BBBB");
  });

  test("an unchecked certificate is said aloud, and excludes an authority", async () => {
    await using folder = await aFolder();
    const cluster = { server: "https://10.0.0.1", "insecure-skip-tls-verify": true };
    const { access, warnings } = await resolved(folder, { clusters: { a: cluster } });
    expect(access.insecureSkipTlsVerify).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/"a" does not check the server's certificate/)]);
    const error = await refused(
      resolved(folder, { clusters: { a: { ...cluster, "certificate-authority-data": base64(PEM) } } }),
    );
    expect(error.kind).toBe("invalid");
  });

  test("a certificate goes before a token, a token file before a token, a token before a password", async () => {
    await using folder = await aFolder();
    await folder.write("token", "from-file\n");
    const password = { username: "u", password: "p" };
    const token = { ...password, token: " static " };
    const tokenFile = { ...token, tokenFile: "token" };
    const certificate = { ...tokenFile, "client-certificate-data": base64(PEM), "client-key-data": base64(KEY) };
    const auths = [];
    for (const user of [password, token, tokenFile, certificate])
      auths.push((await resolved(folder, { users: { a: user } })).access.auth);
    expect(auths.map(({ kind }) => kind)).toEqual(["basic", "bearer", "bearer", "certificate"]);
    expect([auths[0], auths[3]]).toEqual([
      { kind: "basic", username: "u", password: "p" },
      { kind: "certificate", certPem: PEM, keyPem: KEY },
    ]);
    expect(await tokenOf(auths[1]!)).toBe("static");
    expect(await tokenOf(auths[2]!)).toBe("from-file");
  });

  test("a token file is read again when the server refuses its token", async () => {
    await using folder = await aFolder();
    await folder.write("token", "one");
    const { access } = await resolved(folder, { users: { a: { tokenFile: "token" } } });
    expect(await tokenOf(access.auth)).toBe("one");
    await folder.write("token", "two");
    expect(await tokenOf(access.auth)).toBe("one");
    if (access.auth.kind === "bearer") access.auth.tokens.invalidate();
    expect(await tokenOf(access.auth)).toBe("two");
  });

  test("the environment's proxy is used, but not for what NO_PROXY names or for loopback", async () => {
    await using folder = await aFolder();
    const env = { HTTPS_PROXY: "proxy:3128", NO_PROXY: "internal.example, .corp, other:8443" };
    const proxies = [];
    for (const host of [
      "api.example",
      "internal.example",
      "a.internal.example",
      "x.corp",
      "corp",
      "other",
      "other:8443",
      "127.0.0.1",
    ]) {
      proxies.push(
        (await resolved(folder, { clusters: { a: { server: `https://${host}` } } }, { env })).access.proxyUrl !==
          undefined,
      );
    }
    expect(proxies).toEqual([true, false, false, false, true, true, false, false]);
  });
});

describe("what is refused", () => {
  const cases: [string, KubeconfigParts, RegExp][] = [
    [
      "a cluster that is not there",
      { contexts: { a: { cluster: "prodd", user: "a" } }, clusters: { prod: { server: "x" } } },
      /contexts\[0\]\.context\.cluster: there is no cluster "prodd" in this kubeconfig \(did you mean "prod"\?\)/,
    ],
    ["a user that is not there", { contexts: { a: { cluster: "a", user: "nobody" } } }, /there is no user "nobody"/],
    ["no server", { clusters: { a: {} } }, /clusters\[0\]\.cluster\.server: expected the address/],
    [
      "a number for a token",
      { users: { a: { token: 12345678 } } },
      /user\.token: expected a text \(quote it\), not a number$/,
    ],
    ["half of a certificate", { users: { a: { "client-certificate-data": base64(PEM) } } }, /needed both/],
    [
      "what is no base64",
      { users: { a: { "client-key-data": "canary!private" } } },
      /client-key-data: expected base64$/,
    ],
    [
      "what is no PEM",
      { clusters: { a: { server: "https://h", "certificate-authority-data": base64("canary") } } },
      /expected a PEM in base64$/,
    ],
    [
      "a file that is not there",
      { clusters: { a: { server: "https://h", "certificate-authority": "ca.pem" } } },
      /cannot read .*ca\.pem: no such file/,
    ],
    [
      "auth-provider",
      { users: { a: { "auth-provider": { name: "gcp", config: { "access-token": "canary" } } } } },
      /auth-provider was removed/,
    ],
    ["impersonation", { users: { a: { token: "t", as: "somebody" } } }, /\.user\.as: impersonation is not supported/],
    [
      "a proxy that is none",
      { clusters: { a: { server: "https://h", "proxy-url": "socks5://canary:canary@h" } } },
      /proxy-url: expected http/,
    ],
  ];
  test.each(cases)("%s, with its place", async (_name, parts, message) => {
    await using folder = await aFolder();
    const error = await refused(resolved(folder, parts));
    expect(error.kind).toBe("invalid");
    expect(error.message).toMatch(/^\S+\/config:\d+:\d+: /);
    expect(error.message).toMatch(message);
    expect(error.message).not.toContain("canary");
  });

  test("a context that is not there, with the nearest that is", async () => {
    await using folder = await aFolder();
    const error = await refused(resolved(folder, { contexts: { production: { cluster: "a" } } }, {}, "prodction"));
    expect([error.kind, error.message]).toEqual([
      "notFound",
      'there is no context "prodction" in the kubeconfig (did you mean "production"?)',
    ]);
  });

  test.each([
    ["a file", { users: { a: { tokenFile: "/etc/passwd" } } }],
    ["a certificate file", { users: { a: { "client-certificate": "/etc/hostname" } } }],
    ["an authority file", { clusters: { a: { server: "https://h", "certificate-authority": "/etc/hostname" } } }],
    ["a proxy", { clusters: { a: { server: "https://h", "proxy-url": "http://evil:1" } } }],
    ["a command", { users: { a: { exec: { apiVersion: "client.authentication.k8s.io/v1", command: "/bin/true" } } } }],
  ] satisfies [string, KubeconfigParts][])(
    "a kubeconfig that is given as text may not name %s",
    async (_name, parts) => {
      const text = JSON.stringify(aKubeconfig(parts));
      const { kubeconfig } = await loadKubeconfig({ kind: "text", text, name: "inline" });
      const error = await refused(
        resolveContext(kubeconfig, "a", deps({ policy: { allow: ["/bin/true"], knownHelpers: true } }), aCtx()),
      );
      expect(error.message).toMatch(/only a kubeconfig file of your own may/);
    },
  );
});

describe("several files", () => {
  test("merge as in kubectl: the first file's entry stands whole, each file's paths are its own", async () => {
    await using folder = await aFolder();
    await folder.write("one/ca.pem", PEM.replace("AAAA", "ONE"));
    await folder.write("two/ca.pem", PEM.replace("AAAA", "TWO"));
    const ca = { "certificate-authority": "ca.pem" };
    const one = await folder.write("one/config", aKubeconfig({ clusters: { a: { server: "https://one", ...ca } } }));
    const two = await folder.write(
      "two/config",
      aKubeconfig({
        currentContext: "b",
        contexts: { a: { cluster: "b", user: "a" }, b: { cluster: "b", user: "a" } },
        clusters: { a: { server: "https://other", "tls-server-name": "x" }, b: { server: "https://two", ...ca } },
        users: { a: { token: "two" } },
      }),
    );
    const env = { KUBECONFIG: `${one}:${folder.path}/missing:${two}` };
    const { kubeconfig, problems } = await loadKubeconfig({ kind: "environment", env });
    expect([kubeconfig.currentContext, [...kubeconfig.contexts.keys()], problems]).toEqual(["b", ["a", "b"], []]);
    const [a, b] = [
      await resolveContext(kubeconfig, "a", deps(), aCtx()),
      await resolveContext(kubeconfig, "b", deps(), aCtx()),
    ];
    expect([a.access.server, a.access.tlsServerName, a.access.auth.kind]).toEqual(["https://one", undefined, "none"]);
    expect([a.access.caPem?.slice(28, 31), b.access.caPem?.slice(28, 31)]).toEqual(["ONE", "TWO"]);
  });

  test("one that cannot be read leaves the others, and is told; none at all is an error", async () => {
    await using folder = await aFolder();
    const good = await folder.write("good", aKubeconfig());
    const bad = await folder.write("bad", "contexts: [\n  - {name: x");
    const missing = `${folder.path}/missing`;
    const { kubeconfig, problems } = await loadKubeconfig({ kind: "files", files: [bad, good, missing] });
    expect([...kubeconfig.contexts.keys()]).toEqual(["a"]);
    expect(problems.map(({ kind }) => kind)).toEqual(["invalid", "notFound"]);
    expect(problems[0]?.message).toMatch(/bad:\d+:\d+: /);
    expect((await refused(loadKubeconfig({ kind: "files", files: [bad] }))).kind).toBe("invalid");
    expect((await refused(loadKubeconfig({ kind: "environment", env: { HOME: folder.path } }))).message).toMatch(
      /no kubeconfig: .*\.kube\/config does not exist; set KUBECONFIG/,
    );
  });
});
