import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createLimit } from "@flotilla/core";
import { findBinaries } from "./binaries/find-binaries.ts";
import type { ToolName } from "./binaries/tools.ts";
import { COMPONENTS } from "./component-arguments.ts";
import type { ControlPlane, ControlPlanes, ControlPlanesOptions } from "./control-plane.ts";
import { freePorts } from "./process/free-ports.ts";
import { startProcessGroup } from "./process/process-group.ts";
import { startControlPlane } from "./start-control-plane.ts";

const PORTS_EACH = 3;

/**
 * Boots control planes; resolves when every one can run pods (nodes ready, default service account there). About 5 s for three
 * on two cores; 275 MiB each. Their programs must be there (see `prepareBinaries`). They end with this process at the latest.
 *
 * @throws Error naming the cluster, what did not come up, and the end of that program's log; the signal's reason
 */
export async function startControlPlanes(options: ControlPlanesOptions): Promise<ControlPlanes> {
  const { env = process.env, keepFolder = false, lifetimeMs } = options;
  const binaries = await allComponents(env);
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(path.join(tmpdir(), "flotilla-control-planes-"));
  if (!keepFolder) stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }));
  const group = stack.use(
    startProcessGroup(folder, { keepFolder, ...(lifetimeMs === undefined ? {} : { lifetimeMs }) }),
  );
  const clusters = await startAll(options, { group, binaries }, folder);
  stack.defer(async () => void (await Promise.all(clusters.map((cluster) => cluster.stop()))));
  const owned = stack.move();
  return {
    folder,
    clusters,
    cluster(name) {
      const found = clusters.find((each) => each.name === name);
      if (found === undefined)
        throw new Error(`no cluster "${name}"; there are ${clusters.map((each) => each.name).join(", ")}`);
      return found;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function startAll(
  {
    clusters,
    concurrency = Math.max(1, clusters.length),
    podReadyAfterMs = 0,
    signal,
    onStarted,
  }: ControlPlanesOptions,
  deps: Parameters<typeof startControlPlane>[0],
  folder: string,
): Promise<readonly ControlPlane[]> {
  const limit = createLimit(concurrency);
  const failing = new AbortController();
  const stopping = signal === undefined ? failing.signal : AbortSignal.any([signal, failing.signal]);
  const ports = await freePorts(PORTS_EACH * clusters.length);
  const starting = clusters.map((spec, index) =>
    limit.run(
      async () => {
        const [apiPort = 0, etcdPort = 0, etcdPeerPort = 0] = ports.slice(PORTS_EACH * index);
        const slot = { index, folder, apiPort, etcdPort, etcdPeerPort, podReadyAfterMs, signal: stopping };
        const started = await startControlPlane(deps, spec, slot);
        onStarted?.(spec.name);
        return started;
      },
      { signal: stopping },
    ),
  );
  // The first failure stops the rest, and all of them settle before it is told: none is left starting behind our back.
  for (const each of starting) each.catch((error: unknown) => failing.abort(error));
  const settled = await Promise.allSettled(starting);
  signal?.throwIfAborted();
  if (failing.signal.aborted) throw failing.signal.reason;
  return settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

async function allComponents(
  env: Readonly<Record<string, string | undefined>>,
): Promise<ReadonlyMap<ToolName, string>> {
  const { paths, missing } = await findBinaries(COMPONENTS, env);
  if (missing.length > 0) throw new Error(`not there: ${missing.join(", ")}; \`prepareBinaries\` builds them first`);
  return paths;
}
