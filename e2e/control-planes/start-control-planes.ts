import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findBinaries } from "./binaries/find-binaries.ts";
import type { ToolName } from "./binaries/tools.ts";
import type { ControlPlane, ControlPlanes, ControlPlanesOptions } from "./control-plane.ts";
import { kubeconfigFile, type KubeconfigUser } from "./kubeconfig.ts";
import { freePorts } from "./process/free-ports.ts";
import { startProcessGroup } from "./process/process-group.ts";
import { startCluster } from "./start-cluster.ts";

/**
 * Boots `count` control planes with `nodes` fake nodes each; resolves when every cluster can run pods (nodes ready, default
 * service account there). About 5 s for three on two cores; 275 MiB each. They end with this process at the latest.
 *
 * @throws Error naming the cluster, what did not come up, and the end of that program's log
 */
export async function startControlPlanes(options: ControlPlanesOptions): Promise<ControlPlanes> {
  const binaries = await allBinaries();
  const keepFolder = options.keepFolder ?? Boolean(process.env["FLOTILLA_E2E_KEEP"]);
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-e2e-"));
  await using stack = new AsyncDisposableStack();
  if (!keepFolder) stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  const group = stack.use(startProcessGroup(folder, { keepFolder }));
  const ports = await freePorts(3 * options.count);
  const starting = Array.from({ length: options.count }, async (_, index) => {
    const [apiPort = 0, etcdPort = 0, etcdPeerPort = 0] = ports.slice(3 * index, 3 * index + 3);
    return startCluster({ group, binaries, options }, { index, folder, apiPort, etcdPort, etcdPeerPort });
  });
  // All of them settle first: a failure must not leave one starting behind our back.
  const settled = await Promise.allSettled(starting);
  const clusters = settled.map((result) => {
    if (result.status === "rejected") throw result.reason;
    return result.value;
  });
  stack.defer(async () => void (await Promise.all(clusters.map((cluster) => cluster.stop()))));
  const kubeconfigPath = await writeKubeconfig(folder, "kubeconfig", clusters, (one) => one.adminCertificate);
  const owned = stack.move();
  return {
    kubeconfigPath,
    clusters,
    cluster: (name) => findCluster(clusters, name),
    writeKubeconfig: (user, names) => {
      const chosen = names === undefined ? clusters : names.map((name) => findCluster(clusters, name));
      return writeKubeconfig(folder, `kubeconfig-${user}`, chosen, (one) => ({ token: one.tokens[user] }));
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function allBinaries(): Promise<ReadonlyMap<ToolName, string>> {
  const { paths, missing } = await findBinaries();
  if (missing.length > 0)
    throw new Error(`not built yet: ${missing.join(", ")}; run \`npm run test:e2e\`, which builds them first`);
  return paths;
}

function findCluster(clusters: readonly ControlPlane[], name: string): ControlPlane {
  const found = clusters.find((cluster) => cluster.name === name);
  if (found === undefined)
    throw new Error(`no cluster "${name}"; there are ${clusters.map((cluster) => cluster.name).join(", ")}`);
  return found;
}

async function writeKubeconfig(
  folder: string,
  file: string,
  clusters: readonly ControlPlane[],
  userOf: (cluster: ControlPlane) => KubeconfigUser,
): Promise<string> {
  const entries = clusters.map((one) => ({ name: one.name, server: one.url, caPem: one.caPem, user: userOf(one) }));
  const target = path.join(folder, file);
  await writeFile(target, kubeconfigFile(entries), { mode: 0o600 });
  return target;
}
