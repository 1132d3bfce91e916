import { systemClock } from "@flotilla/core";
import { KubeConfig } from "@kubernetes/client-node";
import { expect, test } from "vitest";
import { aFolder, aKubeconfig, base64, KEY, PEM } from "../../test/kubeconfig-files.ts";
import { aCtx } from "../../test/scripted-server.ts";
import { ExecCache } from "../exec/exec-cache.ts";
import { EXEC_NONE } from "../exec/exec-policy.ts";
import { loadKubeconfig } from "./load-kubeconfig.ts";
import { resolveContext } from "./resolve-context.ts";

test("a kubeconfig comes to the same as in the official client, context by context", async () => {
  await using folder = await aFolder();
  await folder.write("pki/ca.pem", PEM);
  await folder.write("pki/key.pem", KEY);
  const file = await folder.write(
    "config",
    aKubeconfig({
      clusters: {
        data: { server: "https://10.0.0.1:6443", "certificate-authority-data": base64(PEM), "tls-server-name": "api" },
        files: { server: "https://10.0.0.2/prefix", "certificate-authority": "pki/ca.pem" },
        open: { server: "https://10.0.0.3", "insecure-skip-tls-verify": true, "proxy-url": "http://proxy:3128" },
      },
      users: {
        token: { token: "t" },
        password: { username: "u", password: "p" },
        certificate: { "client-certificate": "pki/ca.pem", "client-key": "pki/key.pem" },
        data: { "client-certificate-data": base64(PEM), "client-key-data": base64(KEY) },
      },
      contexts: {
        a: { cluster: "data", user: "token" },
        b: { cluster: "files", user: "certificate" },
        c: { cluster: "open", user: "password" },
        d: { cluster: "data", user: "data" },
      },
    }),
  );
  const { kubeconfig } = await loadKubeconfig({ kind: "files", files: [file] });
  const official = new KubeConfig();
  official.loadFromFile(file);
  for (const name of ["a", "b", "c", "d"]) {
    official.setCurrentContext(name);
    const options: { ca?: Buffer; cert?: Buffer; key?: Buffer; auth?: string; headers?: Record<string, string> } = {};
    await official.applyToHTTPSOptions(options);
    const cluster = official.getCurrentCluster();
    const deps = { env: {}, clock: systemClock, execCache: new ExecCache(systemClock), policy: EXEC_NONE };
    const { access } = await resolveContext(kubeconfig, name, deps, aCtx());
    const { auth } = access;
    const token = auth.kind === "bearer" ? (await auth.tokens.token(aCtx())).value : undefined;
    expect({
      server: access.server,
      ca: access.caPem,
      name: access.tlsServerName,
      unchecked: access.insecureSkipTlsVerify === true,
      proxy: access.proxyUrl,
      cert: auth.kind === "certificate" ? auth.certPem : undefined,
      key: auth.kind === "certificate" ? auth.keyPem : undefined,
      password: auth.kind === "basic" ? `${auth.username}:${auth.password}` : undefined,
      token: token === undefined ? undefined : `Bearer ${token}`,
    }).toEqual({
      server: cluster?.server,
      ca: options.ca?.toString(),
      name: cluster?.tlsServerName,
      unchecked: cluster?.skipTLSVerify === true,
      proxy: cluster?.proxyUrl,
      cert: options.cert?.toString(),
      key: options.key?.toString(),
      password: options.auth,
      token: options.headers?.["Authorization"],
    });
  }
});
