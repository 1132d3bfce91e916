import { type Ctx, failureOf, mapLimited, type ObjectRef } from "@flotilla/core";
import type { Members } from "../cycle/members.ts";
import type { FleetInventory } from "../inventory/fleet-inventory.ts";
import type { FleetWorkload } from "../inventory/fleet-workloads.ts";
import { isNamed, type ObjectName } from "../objects/object-name.ts";
import { refKey, sameRef } from "../objects/object-ref.ts";
import { isAutoscaler } from "../objects/is-autoscaler.ts";
import { podSpecPath } from "../workload/pod-template.ts";
import { aggregateHealth } from "./aggregate-health.ts";
import { buildWorkloadStatus, type SeenOnMember } from "./build-workload-status.ts";
import { objectHealth } from "./object-health.ts";
import type { BroughtObjectStatus, WorkloadStatus } from "./workload-status.ts";

export interface CollectStatusDeps {
  readonly members: Members;
  readonly inventory: FleetInventory;
  /** Objects looked at at a time, over all members. */
  readonly concurrency: number;
}

/**
 * The state of every workload, or of the named ones, read from the members now. A name that is no workload but something a
 * workload brought (a Service, an Ingress) is told by itself. What cannot be read is `unknown`, with the reason. Reads only.
 */
export async function collectStatus(
  deps: CollectStatusDeps,
  workloads: readonly FleetWorkload[],
  names: readonly ObjectName[] | undefined,
  ctx: Ctx,
): Promise<readonly WorkloadStatus[]> {
  if (names === undefined) return Promise.all(workloads.map((workload) => statusOf(deps, workload, ctx)));
  const statuses: WorkloadStatus[] = [];
  for (const name of names) {
    const named = workloads.filter(({ ref }) => isNamed(ref, name));
    for (const workload of named) statuses.push(await statusOf(deps, workload, ctx));
    if (named.length > 0) continue;
    for (const ref of broughtRefs(workloads).filter((each) => isNamed(each, name))) {
      statuses.push(await broughtStatus(deps, workloads, ref, ctx));
    }
  }
  return statuses;
}

async function statusOf(deps: CollectStatusDeps, workload: FleetWorkload, ctx: Ctx): Promise<WorkloadStatus> {
  const { ref, shares, replicas, hasPods } = workload;
  const members = await Promise.all(placesOf(deps, workload).map((cluster) => see(deps, cluster, ref, ctx)));
  // A member that is being left shows only while something is still there.
  const shown = members.filter(
    ({ cluster, seen }) => seen !== "missing" || shares.some((share) => share.cluster === cluster),
  );
  const others = broughtRefs([workload]).filter((each) => !sameRef(each, ref));
  const objects = await Promise.all(others.map((each) => lookAtBrought(deps, workload, each, ctx)));
  const isAutoscaled = others.some(isAutoscaler);
  return buildWorkloadStatus({ ref, replicas, shares, hasPods, isAutoscaled }, shown, objects);
}

/** Members that list the workload, and members that are known to have a share and could not be read. */
function placesOf({ inventory }: CollectStatusDeps, { members, shares }: FleetWorkload): readonly string[] {
  const unread = shares.filter(({ cluster }) => !inventory.members.has(cluster));
  return [...new Set([...members, ...unread].map(({ cluster }) => cluster))];
}

async function see(
  { members, inventory }: CollectStatusDeps,
  cluster: string,
  ref: ObjectRef,
  ctx: Ctx,
): Promise<SeenOnMember> {
  const away =
    inventory.unread.get(cluster)?.message ??
    (inventory.members.has(cluster) ? undefined : "not found by discovery now");
  if (away !== undefined) return { cluster, seen: { unread: away } };
  try {
    const live = await members.use(cluster, (kube, timed) => kube.get(ref, timed), ctx);
    return { cluster, seen: live === undefined ? "missing" : objectHealth(live) };
  } catch (error) {
    ctx.signal.throwIfAborted();
    return { cluster, seen: { unread: failureOf(error).message } };
  }
}

function broughtRefs(workloads: readonly FleetWorkload[]): readonly ObjectRef[] {
  const refs = workloads.flatMap(({ members }) => members.flatMap(({ inventory }) => inventory.objects));
  return [...new Map(refs.map((ref) => [refKey(ref), ref])).values()];
}

async function lookAtBrought(
  deps: CollectStatusDeps,
  workload: FleetWorkload,
  ref: ObjectRef,
  ctx: Ctx,
): Promise<BroughtObjectStatus> {
  const listing = workload.members.filter(({ inventory }) => inventory.objects.some((each) => sameRef(each, ref)));
  const seen = await mapLimited(listing, deps.concurrency, ({ cluster }) => see(deps, cluster, ref, ctx), {
    signal: ctx.signal,
  });
  const { clusters } = buildWorkloadStatus({ ref, replicas: 0, shares: [], hasPods: false }, seen);
  return {
    ref,
    health: aggregateHealth(clusters.map(({ health }) => health)),
    clusters: clusters.map(({ cluster, health, message }) => ({ cluster, health, message })),
  };
}

async function broughtStatus(
  deps: CollectStatusDeps,
  workloads: readonly FleetWorkload[],
  ref: ObjectRef,
  ctx: Ctx,
): Promise<WorkloadStatus> {
  const listing = workloads.flatMap(({ members }) =>
    members.filter(({ inventory }) => inventory.objects.some((each) => sameRef(each, ref))),
  );
  const clusters = [...new Set(listing.map(({ cluster }) => cluster))];
  const seen = await mapLimited(clusters, deps.concurrency, (cluster) => see(deps, cluster, ref, ctx), {
    signal: ctx.signal,
  });
  return buildWorkloadStatus({ ref, replicas: 0, shares: [], hasPods: podSpecPath(ref) !== undefined }, seen);
}
