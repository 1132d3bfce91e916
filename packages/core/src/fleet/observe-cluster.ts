import { untilAborted } from "../async/until-aborted.ts";
import { withTimeout } from "../async/with-timeout.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { ClusterCapacity } from "../cluster/cluster-capacity.ts";
import { type CloudError, isCloudError } from "../errors/cloud-error.ts";
import { failureOf } from "../errors/failure-of.ts";
import type { KubeCluster } from "../kube/kube-cluster.ts";
import type { Ctx } from "../provider/ctx.ts";
import { capacityFault } from "./capacity-fault.ts";
import type { ClusterSnapshot } from "./fleet-snapshot.ts";
import type { ObserveFleetDeps } from "./observe-fleet-deps.ts";
import { withNodeFacts } from "./with-node-facts.ts";

/** A cluster looked at, not yet priced. */
export type ObservedCluster = Omit<ClusterSnapshot, "prices">;

/** Asks one cluster for all that deciding needs, within its own deadline. Throws only when the caller's signal is aborted. */
export async function observeCluster(
  deps: ObserveFleetDeps,
  found: Cluster,
  timeoutMs: number,
  ctx: Ctx,
): Promise<ObservedCluster> {
  const adjust = deps.adjust ?? ((cluster: Cluster) => cluster);
  const cluster = adjust(found);
  const reason = whyNotAsked(cluster);
  if (reason !== undefined) return { cluster, capacity: null, capacityProblem: reason };
  using timed = withTimeout(ctx, deps.clock, timeoutMs);
  try {
    const answers = await untilAborted(ask(deps, cluster, timed), timed.signal);
    return toObserved(cluster, answers, adjust);
  } catch (error) {
    if (ctx.signal.aborted) throw ctx.signal.reason;
    return { cluster: { ...cluster, phase: "unknown", problem: failure(error, cluster, timed) }, capacity: null };
  }
}

/** A cluster that has said it cannot be used is not knocked at: the wait would only end in a worse message. */
function whyNotAsked(cluster: Cluster): string | undefined {
  if (cluster.problem !== undefined) return `not asked: ${cluster.problem.message}`;
  const isAway = cluster.phase === "creating" || cluster.phase === "deleting" || cluster.phase === "stopped";
  return isAway ? `not asked: the cluster is ${cluster.phase}` : undefined;
}

interface Answers {
  readonly uid: string | undefined;
  readonly version: string | undefined;
  readonly kinds: ReadonlySet<string> | undefined;
  readonly capacity: ClusterCapacity | CloudError;
}

async function ask(deps: ObserveFleetDeps, cluster: Cluster, ctx: Ctx): Promise<Answers> {
  const kube = await deps.connect(cluster, ctx);
  const wantsKinds = deps.options?.kinds === true;
  const [uid, version, kinds, capacity] = await Promise.all([
    unlessDenied(() => kubeSystemUid(kube, ctx)),
    unlessDenied(() => kube.version(ctx)),
    wantsKinds ? unlessDenied(() => kindNames(kube, ctx)) : undefined,
    kube.capacity(ctx).catch(deniedAsValue),
  ]);
  return { uid, version, kinds, capacity };
}

/** The UID of `kube-system` is what a cluster is known by across kubeconfigs and clouds; nothing else is as stable. */
async function kubeSystemUid(kube: KubeCluster, ctx: Ctx): Promise<string | undefined> {
  const namespace = await kube.get({ apiVersion: "v1", kind: "Namespace", name: "kube-system" }, ctx);
  return namespace?.metadata.uid;
}

async function kindNames(kube: KubeCluster, ctx: Ctx): Promise<ReadonlySet<string>> {
  const kinds = await kube.kinds(ctx);
  return new Set(kinds.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`));
}

/** A fact that rights keep from us is an absent fact, not an unreachable cluster. */
async function unlessDenied<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isCloudError(error, "denied")) return undefined;
    throw error;
  }
}

function deniedAsValue(error: unknown): CloudError {
  if (isCloudError(error, "denied")) return error;
  throw error;
}

function toObserved(before: Cluster, answers: Answers, adjust: (cluster: Cluster) => Cluster): ObservedCluster {
  const { uid, version, kinds, capacity } = answers;
  const fault = isCloudError(capacity) ? capacity.message : capacityFault(capacity);
  const usable = fault === undefined && !isCloudError(capacity) ? capacity : null;
  const answered: Cluster = {
    ...before,
    ...(uid === undefined ? {} : { uid }),
    kubernetesVersion: before.kubernetesVersion ?? version ?? null,
    // It answered, so a source that has no notion of phases (a kubeconfig) has a ready cluster.
    phase: before.phase === "unknown" ? "ready" : before.phase,
  };
  return {
    cluster: adjust(usable === null ? answered : withNodeFacts(answered, usable.shapes)),
    capacity: usable,
    ...(fault === undefined ? {} : { capacityProblem: fault }),
    ...(kinds === undefined ? {} : { kinds }),
  };
}

function failure(error: unknown, cluster: Cluster, timed: Ctx): NonNullable<Cluster["problem"]> {
  const cause = timed.signal.aborted ? (timed.signal.reason as unknown) : error;
  const { kind, message } = failureOf(cause);
  return { kind, message: timed.signal.aborted ? `${cluster.id}: ${message}` : message };
}
