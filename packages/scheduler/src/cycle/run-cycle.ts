import { type Ctx, type FleetSnapshot, type Gap, InputError } from "@flotilla/core";
import { buildPlan } from "../plan/build-plan.ts";
import { decide, type Decided } from "../plan/decide.ts";
import { implicitNamespaces } from "../plan/implicit-namespaces.ts";
import { readLiveFacts } from "../plan/live-facts.ts";
import type { Plan } from "../plan/plan.ts";
import { renderStream } from "../plan/render-stream.ts";
import type { Stream } from "../plan/stream.ts";
import { withRenderedNeeds } from "../plan/with-rendered-needs.ts";
import { namedByPolicies } from "../policy/named-cluster.ts";
import { overrideProblem } from "../policy/override-problem.ts";
import { unknownClusters } from "../policy/unknown-clusters.ts";
import { applyRollout } from "../rollout/apply-rollout.ts";
import type { ApplyReport } from "../rollout/apply-report.ts";
import type { RolloutOptions } from "../rollout/rollout-run.ts";
import { type FleetFacts, knownByUnit, readFleetFacts, unreachableIds } from "./fleet-facts.ts";
import { lostIds } from "./lost-clusters.ts";
import type { OpenFleet } from "./open-fleet.ts";
import { type PreparedDocuments, withServerScopes } from "./prepare-stream.ts";
import { recordShares } from "./record-shares.ts";
import type { SchedulerContext } from "./scheduler-context.ts";
import { unreadMembers } from "./unread-members.ts";

export interface CycleInput {
  readonly prepared: PreparedDocuments;
  /** Members to give up, by id or bare name. */
  readonly lose: readonly string[];
  /** Files the documents came from. */
  readonly sources: readonly string[];
}

/** What steps 1 and 2 found. */
export interface Surveyed {
  readonly snapshot: FleetSnapshot;
  readonly stream: Stream;
  readonly facts: FleetFacts;
}

/** Steps 1 to 4: everything but changing the fleet. */
export async function planCycle(
  context: SchedulerContext,
  fleet: OpenFleet,
  input: CycleInput,
  ctx: Ctx,
): Promise<Plan> {
  // 1 discover, 2 observe and snapshot
  const surveyed = await survey(context, fleet, input.prepared, ctx);
  // 3 schedule
  const { decided, lost } = scheduleAll(context, surveyed, input);
  // 4 render
  return renderPlan(context, fleet, { ...input, surveyed, decided, lost }, ctx);
}

/** Steps 5 and 6: roll a plan out and say how it is. */
export async function applyCycle(
  context: SchedulerContext,
  fleet: OpenFleet,
  plan: Plan,
  options: RolloutOptions,
  ctx: Ctx,
): Promise<ApplyReport> {
  const { clock, random, onProgress, concurrency } = context;
  // 5 roll out, 6 status
  const report = await applyRollout(
    { members: fleet.members, clock, random, onProgress, concurrency },
    plan,
    options,
    ctx,
  );
  await recordShares(context.store, plan, report);
  return report;
}

export async function survey(
  context: SchedulerContext,
  fleet: OpenFleet,
  prepared: PreparedDocuments,
  ctx: Ctx,
): Promise<Surveyed> {
  const snapshot = await fleet.observe(await fleet.discover(ctx), ctx);
  const stream = await withServerScopes(prepared, snapshot, fleet.members, ctx);
  const namespaces = [...new Set(stream.items.map(({ ref }) => ref.namespace ?? "default"))];
  return { snapshot, stream, facts: await readFleetFacts(context, fleet.members, snapshot, namespaces, ctx) };
}

function scheduleAll(
  context: SchedulerContext,
  { snapshot, stream, facts }: Surveyed,
  { lose }: CycleInput,
): { readonly decided: Decided; readonly lost: readonly string[] } {
  const known = knownByUnit(facts, stream, snapshot, context.fleet);
  const lost = lostIds(lose, snapshot, known);
  const unreachable = unreachableIds(facts, snapshot, known);
  const { scores } = context;
  return { decided: decide({ stream, snapshot, known, unreachable, lost: new Set(lost), scores }), lost };
}

export interface RenderPlanInput extends CycleInput {
  readonly surveyed: Surveyed;
  readonly decided: Decided;
  readonly lost: readonly string[];
}

/** Renders every object, looks what is there, and puts the plan together. @throws InputError for an override that cannot be applied */
export async function renderPlan(
  context: SchedulerContext,
  fleet: OpenFleet,
  input: RenderPlanInput,
  ctx: Ctx,
): Promise<Plan> {
  const { surveyed, lost, prepared, sources } = input;
  const { snapshot, stream, facts } = surveyed;
  const { objects, failures } = renderStream(stream, input.decided, snapshot, context.fleet);
  if (failures.length > 0)
    throw new InputError(failures.map((failure) => overrideProblem(failure, prepared.documents)));
  const { decided, warnings } = withRenderedNeeds(stream, input.decided, snapshot);
  const rendered = [...implicitNamespaces(objects, context.fleet), ...objects];
  const { fleet: name, clock, configDigest, concurrency } = context;
  const live = await readLiveFacts({ fleet: name, members: fleet.members, concurrency }, rendered, ctx);
  return buildPlan({
    fleet: name,
    nowMs: clock.nowMs(),
    documents: prepared.documents,
    configDigest,
    sources,
    lost,
    decided,
    rendered,
    inventory: facts.inventory,
    live,
    assumed: stream.assumed,
    warnings: [
      ...[...snapshot.gaps, ...unreadMembers(snapshot, facts.inventory)].map(unseen),
      ...unknownClusters(
        [...context.namedClusters, ...namedByPolicies(stream)],
        snapshot.clusters.map(({ cluster }) => cluster),
        { hasGaps: snapshot.gaps.length > 0 },
      ),
      ...warnings,
    ],
  });
}

/** The place and what follows from it; why it could not be looked at is the gap's to tell. */
function unseen({ provider, scope, region, ref, kind }: Gap): string {
  if (ref !== undefined) return `${ref.id} could not be read (${kind}): it is neither chosen nor changed`;
  const place = [provider, scope, region].filter((part) => part !== null && part !== "").join(" ");
  return `${place} could not be looked at (${kind}): clusters there are neither chosen nor changed`;
}
