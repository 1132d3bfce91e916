import { KubeConfig } from "@kubernetes/client-node";
import { systemClock, type KubeAccess } from "@flotilla/core";
import { expect, test } from "vitest";
import { aCtx } from "../../test/scripted-server.ts";
import { aFolder, base64, KEY, PEM } from "../../test/kubeconfig-files.ts";
import { ExecCache } from "../exec/exec-cache.ts";
import { EXEC_NONE } from "../exec/exec-policy.ts";
import { loadKubeconfig } from "./load-kubeconfig.ts";
import { resolveContext } from "./resolve-context.ts";

// Somebody else's reader over the same files: what both understand they must understand alike.

const FIRST = {
  apiVersion: "v1",
  kind: "Config",
  "current-context": "token",
  clusters: [
    { name: "inline", cluster: { server: "https://10.0.0.1:6443", "certificate-authority-data": base64(PEM) } },
    { name: "shared", cluster: { server: "https://first.example", "tls-server-name": "api.internal" } },
  ],
  users: [
    { name: "token", user: { token: "t-1" } },
    { name: "basic", user: { username: "u", password: "p" } },
    { name: "certificate", user: { "client-certificate-data": base64(PEM), "client-key-data": base64(KEY) } },
  ],
  contexts: [
    { name: "token", context: { cluster: "inline", user: "token", namespace: "shop" } },
    { name: "basic", context: { cluster: "shared", user: "basic" } },
    { name: "certificate", context: { cluster: "inline", user: "certificate" } },
  ],
};

test.each(["token", "basic", "certificate"])("client-node reads context %s as we do", async (context) => {
  await using folder = await aFolder();
  const file = await folder.write("first", JSON.stringify(FIRST));

  const { kubeconfig } = await loadKubeconfig({ kind: "files", files: [file] });
  const deps = { env: {}, clock: systemClock, execCache: new ExecCache(systemClock), policy: EXEC_NONE };
  const { access } = await resolveContext(kubeconfig, context, deps, aCtx());

  const other = new KubeConfig();
  other.loadFromFile(file);
  other.setCurrentContext(context);
  expect(await summary(access)).toEqual(theirs(other));
  expect([...kubeconfig.contexts.keys()].sort()).toEqual(
    other
      .getContexts()
      .map(({ name }) => name)
      .sort(),
  );
});

async function summary({ server, caPem, tlsServerName, auth }: KubeAccess): Promise<Record<string, unknown>> {
  return {
    server,
    caPem,
    tlsServerName,
    token: auth.kind === "bearer" ? (await auth.tokens.token(aCtx())).value : undefined,
    basic: auth.kind === "basic" ? [auth.username, auth.password] : undefined,
    certificate: auth.kind === "certificate" ? [auth.certPem, auth.keyPem] : undefined,
  };
}

function theirs(config: KubeConfig): Record<string, unknown> {
  const cluster = config.getCurrentCluster();
  const user = config.getCurrentUser();
  return {
    server: cluster?.server,
    caPem: decoded(cluster?.caData),
    tlsServerName: cluster?.tlsServerName,
    token: user?.token,
    basic: user?.username === undefined ? undefined : [user.username, user.password],
    certificate: user?.certData === undefined ? undefined : [decoded(user.certData), decoded(user.keyData)],
  };
}

function decoded(data: string | undefined): string | undefined {
  return data === undefined ? undefined : Buffer.from(data, "base64").toString("utf8");
}
