import { CloudError, nearestName, type Clock, type Ctx, type KubeAccess, type KubeAuth } from "@flotilla/core";
import { createFileTokens } from "../credentials/file-tokens.ts";
import { createStaticTokens } from "../credentials/static-tokens.ts";
import type { ExecClusterInfo } from "../exec/exec-credential.ts";
import { execAuth } from "../exec/exec-auth.ts";
import type { ExecCache } from "../exec/exec-cache.ts";
import type { ExecPluginDeps } from "../exec/run-exec-plugin.ts";
import { proxyFromEnv } from "../http/proxy-from-env.ts";
import { flagField, objectField, textField } from "./entry-fields.ts";
import { entryProblem } from "./entry-problem.ts";
import type { Kubeconfig, KubeconfigEntry } from "./kubeconfig.ts";
import { fileField, pemField } from "./referenced-data.ts";

export interface ResolveDeps extends ExecPluginDeps {
  readonly clock: Clock;
  /** Lets contexts that share a user run its plugin once. */
  readonly execCache: ExecCache;
}

/** A context's access, and what the user should be told about it. */
export interface ResolvedContext {
  readonly access: KubeAccess;
  readonly warnings: readonly string[];
}

/** Reads what a context refers to, and runs its credential plugin where that is allowed. @throws CloudError */
export async function resolveContext(
  kubeconfig: Kubeconfig,
  name: string,
  deps: ResolveDeps,
  ctx: Ctx,
): Promise<ResolvedContext> {
  const context = kubeconfig.contexts.get(name);
  if (context === undefined) throw noContext(kubeconfig, name);
  const cluster = referred(context, "cluster", kubeconfig.clusters);
  const user = textField(context, "user") === undefined ? undefined : referred(context, "user", kubeconfig.users);
  const server = textField(cluster, "server");
  if (server === undefined) throw entryProblem(cluster, ["server"], "expected the address of the API server");
  const insecure = flagField(cluster, "insecure-skip-tls-verify");
  const caPem = await pemField(cluster, "certificate-authority");
  if (insecure && caPem !== undefined) {
    throw entryProblem(
      cluster,
      ["insecure-skip-tls-verify"],
      "a certificate authority and insecure-skip-tls-verify exclude each other",
    );
  }
  const base = {
    server,
    ...given("caPem", caPem),
    ...given("tlsServerName", textField(cluster, "tls-server-name")),
    ...(insecure ? { insecureSkipTlsVerify: true } : {}),
    ...given("proxyUrl", proxyOf(cluster) ?? proxyFromEnv(server, deps.env)),
  };
  const auth =
    user === undefined ? ({ kind: "none" } as const) : await authOf(user, clusterInfo(cluster, base), deps, ctx);
  return { access: { ...base, auth }, warnings: insecure ? [insecureWarning(name)] : [] };
}

/** In kubectl's order: a certificate, a token, a plugin, a password. */
async function authOf(user: KubeconfigEntry, cluster: ExecClusterInfo, deps: ResolveDeps, ctx: Ctx): Promise<KubeAuth> {
  refuseUnsupported(user);
  const certPem = await pemField(user, "client-certificate");
  const keyPem = await pemField(user, "client-key");
  if (certPem !== undefined && keyPem !== undefined) return { kind: "certificate", certPem, keyPem };
  if (certPem !== undefined || keyPem !== undefined) {
    throw entryProblem(user, [], "a client certificate and its key are needed both");
  }
  const tokenFile = fileField(user, "tokenFile");
  if (tokenFile !== undefined) return { kind: "bearer", tokens: createFileTokens(tokenFile, deps.clock) };
  const token = textField(user, "token")?.trim();
  if (token !== undefined) return { kind: "bearer", tokens: createStaticTokens(token) };
  const exec = objectField(user, "exec");
  if (exec !== undefined) return execOnce(user, exec, cluster, deps, ctx);
  const username = textField(user, "username");
  if (username === undefined) return { kind: "none" };
  return { kind: "basic", username, password: textField(user, "password") ?? "" };
}

/** Plugins that are told about the cluster may answer differently for each. */
function execOnce(
  user: KubeconfigEntry,
  exec: Readonly<Record<string, unknown>>,
  cluster: ExecClusterInfo,
  deps: ResolveDeps,
  ctx: Ctx,
): Promise<KubeAuth> {
  const key = JSON.stringify([user.name, exec["provideClusterInfo"] === true ? cluster.server : ""]);
  return deps.execCache.get(key, (signal) => execAuth(user, exec, cluster, deps, { ...ctx, signal }), ctx);
}

const IMPERSONATION = ["as", "as-uid", "as-groups", "as-user-extra"] as const;

/** Leaving these out silently would act with other rights than the kubeconfig means. */
function refuseUnsupported(user: KubeconfigEntry): void {
  if (objectField(user, "auth-provider") !== undefined) {
    const hint =
      "auth-provider was removed from Kubernetes 1.26; write the kubeconfig anew with your cloud's tool, which uses an exec plugin";
    throw entryProblem(user, ["auth-provider"], hint);
  }
  for (const field of IMPERSONATION) {
    const value = user.fields[field] ?? "";
    if (value !== "")
      throw entryProblem(user, [field], "impersonation is not supported; use a user that has the rights itself");
  }
}

function proxyOf(cluster: KubeconfigEntry): string | undefined {
  const proxy = textField(cluster, "proxy-url");
  if (proxy === undefined) return undefined;
  if (cluster.source.baseDir === undefined)
    throw entryProblem(cluster, ["proxy-url"], "only a kubeconfig file of your own may name a proxy");
  const protocol = URL.parse(proxy)?.protocol;
  if (protocol === "http:" || protocol === "https:") return proxy;
  throw entryProblem(cluster, ["proxy-url"], "expected http://HOST:PORT or https://HOST:PORT");
}

function clusterInfo(cluster: KubeconfigEntry, access: Omit<KubeAccess, "auth">): ExecClusterInfo {
  return {
    server: access.server,
    ...given("tls-server-name", access.tlsServerName),
    ...(access.insecureSkipTlsVerify === true ? { "insecure-skip-tls-verify": true } : {}),
    ...given(
      "certificate-authority-data",
      access.caPem === undefined ? undefined : Buffer.from(access.caPem).toString("base64"),
    ),
    ...given("proxy-url", access.proxyUrl),
    ...given("config", execExtension(cluster)),
  };
}

/** Source: client.authentication.k8s.io/v1 `Cluster.config`. */
function execExtension(cluster: KubeconfigEntry): unknown {
  const extensions = cluster.fields["extensions"];
  const named = Array.isArray(extensions) ? (extensions as readonly { name?: unknown; extension?: unknown }[]) : [];
  return named.find((each) => each?.name === "client.authentication.k8s.io/exec")?.extension;
}

function referred(
  context: KubeconfigEntry,
  field: string,
  entries: ReadonlyMap<string, KubeconfigEntry>,
): KubeconfigEntry {
  const name = textField(context, field);
  if (name === undefined) throw entryProblem(context, [field], `expected the name of a ${field}`);
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  throw entryProblem(
    context,
    [field],
    `there is no ${field} ${JSON.stringify(name)} in this kubeconfig${suggestion(name, entries)}`,
  );
}

function noContext(kubeconfig: Kubeconfig, name: string): CloudError {
  return new CloudError(
    "notFound",
    `there is no context ${JSON.stringify(name)} in the kubeconfig${suggestion(name, kubeconfig.contexts)}`,
  );
}

function suggestion(name: string, known: ReadonlyMap<string, unknown>): string {
  const near = nearestName(name, [...known.keys()]);
  return near === undefined ? "" : ` (did you mean ${JSON.stringify(near)}?)`;
}

function insecureWarning(name: string): string {
  return `context ${JSON.stringify(name)} does not check the server's certificate (insecure-skip-tls-verify): whoever is in between can read the credential`;
}

function given<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}
