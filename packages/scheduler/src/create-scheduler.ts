import {
  type Clock,
  CLUSTER_TIMEOUT_MS,
  CLUSTERS_AT_A_TIME,
  type CloudProvider,
  type Cluster,
  type Ctx,
  digestOf,
  type Document,
  type FleetSnapshot,
  type KubeCluster,
  type Prices,
  type Random,
  type RecordStore,
  systemClock,
  systemRandom,
} from "@flotilla/core";
import { deleteFromFleet } from "./cycle/delete-from-fleet.ts";
import type { DeleteReport } from "./cycle/delete-report.ts";
import { diffPlan } from "./cycle/diff-plan.ts";
import { explainWorkload, type ExplainedWorkload } from "./cycle/explain-workload.ts";
import { openFleet, type OpenFleet } from "./cycle/open-fleet.ts";
import { prepareDocuments } from "./cycle/prepare-stream.ts";
import { applyCycle, planCycle } from "./cycle/run-cycle.ts";
import { runStoredPlan } from "./cycle/run-stored-plan.ts";
import type { SchedulerContext } from "./cycle/scheduler-context.ts";
import { statusOfFleet } from "./cycle/status-of-fleet.ts";
import type { ScorePlugin } from "./framework/score-plugin.ts";
import { isFleetName } from "./inventory/ownership.ts";
import type { ObjectName } from "./objects/object-name.ts";
import type { Plan } from "./plan/plan.ts";
import { loadPlan, storePlan } from "./plan/stored-plan.ts";
import type { NamedCluster } from "./policy/named-cluster.ts";
import type { ApplyReport } from "./rollout/apply-report.ts";
import type { ObjectDiff } from "./rollout/diff-object.ts";
import type { OnProgress } from "./rollout/progress.ts";
import type { RolloutOptions } from "./rollout/rollout-run.ts";
import type { FleetStatus } from "./status/workload-status.ts";

export interface SchedulerDeps {
  /** The fleet's name: lower-case letters, digits and dashes, up to 53. Absent: an unnamed fleet. */
  readonly fleet?: string;
  readonly providers: readonly CloudProvider[];
  /** Opens a cluster's API; the scheduler closes what it opened when the operation ends. */
  readonly connect: (cluster: Cluster, ctx: Ctx) => Promise<KubeCluster>;
  /** Keeps plans and last shares. Absent: plans live in memory, and a dead member's share is known from its neighbours only. */
  readonly store?: RecordStore;
  readonly clock?: Clock;
  readonly random?: Random;
  /** What the configuration adds to or corrects in what was discovered; must be idempotent. */
  readonly adjust?: (cluster: Cluster) => Cluster;
  /** Asked before the providers' own prices. */
  readonly prices?: readonly Prices[];
  readonly scores?: readonly ScorePlugin[];
  /** Clusters that the configuration names: plans warn of those that the fleet does not have. */
  readonly namedClusters?: readonly NamedCluster[];
  /** Digest of the configuration: a plan runs only under the configuration it was made with. */
  readonly configDigest?: string;
  /** Longest wait for one answer of one member. Default 10 s. */
  readonly clusterTimeoutMs?: number;
  readonly onProgress?: OnProgress;
}

export interface PlanInput {
  readonly documents: readonly Document[];
  /** Members to give up, by id or bare name: their shares move. */
  readonly lose?: readonly string[];
  /** Files the documents came from; the stored plan keeps the names, never the contents. */
  readonly sources?: readonly string[];
}

export interface Scheduler {
  /** Discovers and observes the fleet. Gaps and unreachable members are data. Reads only. */
  observe(ctx: Ctx): Promise<FleetSnapshot>;
  /**
   * Decides where everything goes, renders it, and stores the plan. Changes nothing in the fleet.
   *
   * @throws InputError for anything wrong with the documents, before anything is contacted where that can be told; CloudError
   *   `invalid` for an unknown name in `lose`
   */
  plan(input: PlanInput, ctx: Ctx): Promise<Plan>;
  /** Runs a plan made by this process. Never throws for an interrupt: the report tells how far it came. Repeating it converges. */
  apply(plan: Plan, options: RolloutOptions, ctx: Ctx): Promise<ApplyReport>;
  /**
   * Runs exactly the placements of a stored plan, from the same documents, or refuses with every reason.
   *
   * @throws InputError for documents that cannot be read
   */
  applyStored(
    plan: Plan,
    input: { readonly documents: readonly Document[] },
    options: RolloutOptions,
    ctx: Ctx,
  ): Promise<ApplyReport>;
  /** A stored plan without its rendered objects; `undefined` for an id that is not stored. */
  loadPlan(planId: string): Promise<Plan | undefined>;
  /** Every workload of the fleet, or the named ones, found by their inventories. Reads only. */
  status(names: readonly ObjectName[] | undefined, ctx: Ctx): Promise<FleetStatus>;
  /** Why the named workloads are where they are: as last planned, or planned anew where documents are given. */
  explain(
    name: ObjectName,
    input: { readonly documents?: readonly Document[] },
    ctx: Ctx,
  ): Promise<readonly ExplainedWorkload[]>;
  /** What applying would change, as the servers say (dry run). Values of Secrets are hidden. */
  diff(input: PlanInput, options: RolloutOptions, ctx: Ctx): Promise<readonly ObjectDiff[]>;
  /** Deletes workloads, by name or as written in documents: only what this fleet made. Running again finishes what is pending. */
  delete(
    input: { readonly names?: readonly ObjectName[]; readonly documents?: readonly Document[] },
    ctx: Ctx,
  ): Promise<DeleteReport>;
}

/**
 * The whole scheduler over plain arguments: no container, no server, no files. It keeps no connection between calls.
 *
 * @throws RangeError for a fleet name that cannot be part of a label and a field manager
 */
export function createScheduler(deps: SchedulerDeps): Scheduler {
  const context = toContext(deps);
  const { store, fleet, scores } = context;
  // What the last observation found: a plan made by this process needs no second look at the fleet to be applied.
  const seen = new Map<string, Cluster>();
  const scoreNames = scores.map(({ name }) => name);
  const within = async <T>(work: (fleet: OpenFleet) => Promise<T>): Promise<T> => {
    await using open = openFleet(context, seen);
    return await work(open);
  };
  const plan = async (input: PlanInput, open: OpenFleet, ctx: Ctx): Promise<Plan> => {
    const prepared = await prepareDocuments(input.documents, scoreNames);
    return planCycle(context, open, { prepared, lose: input.lose ?? [], sources: input.sources ?? [] }, ctx);
  };
  return {
    observe: (ctx) => within(async (open) => open.observe(await open.discover(ctx), ctx)),
    async plan(input, ctx) {
      const made = await within((open) => plan(input, open, ctx));
      if (store !== undefined) await storePlan(store, made);
      return made;
    },
    apply: (made, options, ctx) =>
      within(async (open) => {
        const isKnown = made.objects.every(({ cluster }) => seen.has(cluster));
        if (!isKnown) await open.observe(await open.discover(ctx), ctx);
        return applyCycle(context, open, made, options, ctx);
      }),
    async applyStored(stored, { documents }, options, ctx) {
      const prepared = await prepareDocuments(documents, scoreNames);
      return within((open) => runStoredPlan(context, open, stored, prepared, options, ctx));
    },
    loadPlan: async (planId) => (store === undefined ? undefined : loadPlan(store, planId)),
    status: (names, ctx) => within((open) => statusOfFleet(context, open, names, ctx)),
    async explain(name, { documents }, ctx) {
      const fresh = documents === undefined ? undefined : await within((open) => plan({ documents }, open, ctx));
      return explainWorkload(store, fleet, name, fresh);
    },
    diff: (input, options, ctx) =>
      within(async (open) =>
        diffPlan(
          { members: open.members, concurrency: context.concurrency },
          await plan(input, open, ctx),
          options,
          ctx,
        ),
      ),
    delete: (input, ctx) => within((open) => deleteFromFleet(context, open, input, ctx)),
  };
}

function toContext(deps: SchedulerDeps): SchedulerContext {
  const { fleet = "", clusterTimeoutMs = CLUSTER_TIMEOUT_MS } = deps;
  if (!isFleetName(fleet)) {
    throw new RangeError(
      `a fleet's name is lower-case letters, digits and dashes, up to 53 characters: not "${fleet}"`,
    );
  }
  return {
    fleet,
    providers: deps.providers,
    connect: deps.connect,
    store: deps.store,
    clock: deps.clock ?? systemClock,
    random: deps.random ?? systemRandom,
    adjust: deps.adjust,
    prices: deps.prices ?? [],
    scores: deps.scores ?? [],
    namedClusters: deps.namedClusters ?? [],
    configDigest: deps.configDigest ?? digestOf(null),
    clusterTimeoutMs,
    concurrency: CLUSTERS_AT_A_TIME,
    onProgress: deps.onProgress ?? (() => undefined),
  };
}
