import {
  type Clock,
  CloudError,
  type Cluster,
  type Ctx,
  isCloudError,
  isTimeout,
  type KubeCluster,
  untilAborted,
  withTimeout,
} from "@flotilla/core";

/** The members that one operation talks to: one connection each, opened when first needed and closed with this object. */
export interface Members extends AsyncDisposable {
  /** The connection itself; its maker's deadline is the caller's. */
  connect(cluster: Cluster, ctx: Ctx): Promise<KubeCluster>;
  /**
   * Runs one request against a member within the member's deadline. A deadline that passes is CloudError `timeoutUnknown`: a
   * write may have landed.
   */
  use<T>(clusterId: string, request: (kube: KubeCluster, ctx: Ctx) => Promise<T>, ctx: Ctx): Promise<T>;
}

export interface MembersDeps {
  readonly connect: (cluster: Cluster, ctx: Ctx) => Promise<KubeCluster>;
  readonly clock: Clock;
  readonly clusterTimeoutMs: number;
  /** By id: what is known of the members. */
  readonly clusters: ReadonlyMap<string, Cluster>;
}

export function createMembers(deps: MembersDeps): Members {
  const open = new Map<string, Promise<KubeCluster>>();
  const connect = (cluster: Cluster, ctx: Ctx): Promise<KubeCluster> => {
    const existing = open.get(cluster.id);
    if (existing !== undefined) return existing;
    const connecting = deps.connect(cluster, ctx);
    open.set(cluster.id, connecting);
    connecting.catch(() => open.delete(cluster.id)); // the next caller tries again
    return connecting;
  };
  return {
    connect,
    async use(clusterId, request, ctx) {
      ctx.signal.throwIfAborted();
      const cluster = deps.clusters.get(clusterId);
      if (cluster === undefined)
        throw new CloudError("notFound", `${clusterId}: there is no such cluster in the fleet now`);
      using timed = withTimeout(ctx, deps.clock, deps.clusterTimeoutMs);
      try {
        const kube = await untilAborted(connect(cluster, timed), timed.signal);
        return await untilAborted(request(kube, timed), timed.signal);
      } catch (error) {
        ctx.signal.throwIfAborted();
        throw timed.signal.aborted ? tooLate(clusterId, deps.clusterTimeoutMs, error) : error;
      }
    },
    async [Symbol.asyncDispose]() {
      const connections = await Promise.allSettled(open.values());
      open.clear();
      const closing = connections.flatMap((each) =>
        each.status === "fulfilled" ? [each.value[Symbol.asyncDispose]()] : [],
      );
      await Promise.allSettled(closing);
    },
  };
}

function tooLate(clusterId: string, timeoutMs: number, cause: unknown): CloudError {
  return new CloudError("timeoutUnknown", `${clusterId} did not answer within ${timeoutMs / 1000} s`, { cause });
}

/** Whether a failure says that the member cannot be used now, so that asking it more would only wait. */
export function isUnreachable(error: unknown): boolean {
  return (
    isTimeout(error) ||
    isCloudError(error, "transient") ||
    isCloudError(error, "timeoutUnknown") ||
    isCloudError(error, "throttled") ||
    isCloudError(error, "unauthenticated") ||
    isCloudError(error, "internal") ||
    isCloudError(error, "policy")
  );
}
