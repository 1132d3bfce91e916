import { untoleratedTaint, type ClusterSnapshot, type ResourceAmounts, type Taint } from "@flotilla/core";
import { DEFAULT_FILTERS } from "../framework/default-filters.ts";
import { formatTaint } from "../framework/format-taint.ts";
import { decideWorkload, type WorkloadTrace } from "./decide-workload.ts";
import type { Decision, ScheduleRequest } from "./decision.ts";
import { giftFor, giveNodes } from "./give-node.ts";
import { nearestNode } from "./nearest-node.ts";
import { columnsOf } from "./fleet-columns.ts";
import type { AmountColumns } from "./node-columns.ts";
import { ReservedSpace } from "./reserved-space.ts";
import type { Workload } from "../workload/workload.ts";

/** A world in which one cluster is alone: what is changed so that it passes. */
interface World {
  readonly request: ScheduleRequest;
  readonly workload: Workload;
  readonly entry: ClusterSnapshot;
}

interface Fix {
  readonly text: string;
  readonly world: World;
}

// Three changes at once are still a sentence.
const CHANGES_MAX = 3;

/** For clusters that a filter left out: the changes after which all filters let it pass, in words. */
export function createFixes(
  decision: Decision,
  workloadIndex: number,
  { evaluation }: WorkloadTrace,
): { of(cluster: number): string | null } {
  const { columns, workload, reserved } = evaluation.context;
  const current = decision.request.current[workloadIndex] ?? [];
  const request = { ...decision.request, workloads: [workload], current: [current], reserved: [] };
  return {
    of(cluster) {
      const entry = columns.clusters[cluster];
      if (entry === undefined) return null;
      return tryChanges({ request, workload, entry: asFound(entry, reserved.freeNodes(cluster)) });
    },
  };
}

function tryChanges(start: World): string | null {
  const texts: string[] = [];
  let world = start;
  for (let change = 0; change <= CHANGES_MAX; change += 1) {
    const trace = runAlone(world);
    const stopped = trace.evaluation.stoppedBy[0] ?? -1;
    if (stopped === -1) return texts.length === 0 ? null : `would fit ${texts.join(" and ")}`;
    const fix = fixFor(DEFAULT_FILTERS[stopped]?.name ?? "", world, trace);
    if (fix === null) return null;
    texts.push(fix.text);
    world = fix.world;
  }
  return null;
}

function runAlone({ request, workload, entry }: World): WorkloadTrace {
  const snapshot = { takenAtMs: 0, clusters: [entry], gaps: [] };
  const reserved = new ReservedSpace(columnsOf(snapshot));
  const spec = { ...request.spec, score: {} };
  const input = { request: { ...request, spec }, snapshot, scores: [], workload, reserved };
  return decideWorkload({ ...input, current: request.current[0] ?? [] }, []);
}

/** The smallest change that answers one filter. */
function fixFor(filter: string, world: World, trace: WorkloadTrace): Fix | null {
  const { request, entry } = world;
  const { spec } = request;
  const withSpec = (text: string, change: Partial<typeof spec>): Fix => ({
    text,
    world: { ...world, request: { ...request, spec: { ...spec, ...change } } },
  });
  switch (filter) {
    case "ClusterSelector":
      return withSpec("if the policy selected it", { clusters: {} });
    case "ClusterPhase":
      return entry.cluster.phase === "deleting" ? null : onceReady(world);
    case "Taints":
      return tolerate(entry.cluster.taints, spec.tolerations, (tolerations, text) =>
        withSpec(`if the policy tolerated ${text}`, { tolerations }),
      );
    case "SpreadKnown":
      return withSpec(`if it told its ${spec.spread.map(({ by }) => by).join(" and ")}`, { spread: [] });
    case "KindsAvailable":
      return installKinds(world);
    case "CapacityKnown":
      return withSpec("under unknownCapacity: Neutral", { unknownCapacity: "Neutral" });
    case "PriceKnown":
      return withSpec("if its nodes had a price", { unknownPrice: "Worst" });
    case "FitsOneReplica":
      return makeRoom(world, trace);
    // A member that does not answer, or was given up, is not a matter of a setting.
    default:
      return null;
  }
}

function onceReady(world: World): Fix {
  const { entry } = world;
  return {
    text: "once it is ready",
    world: { ...world, entry: { ...entry, cluster: { ...entry.cluster, phase: "ready" } } },
  };
}

function installKinds(world: World): Fix {
  const { requiredKinds } = world.request;
  const missing = requiredKinds.filter((kind) => world.entry.kinds?.has(kind) === false);
  return {
    text: `with ${missing.join(", ")} installed`,
    world: { ...world, entry: { ...world.entry, kinds: new Set([...(world.entry.kinds ?? []), ...requiredKinds]) } },
  };
}

type Tolerations = ScheduleRequest["spec"]["tolerations"];

function tolerate(
  taints: readonly Taint[],
  tolerations: Tolerations,
  make: (tolerations: Tolerations, text: string) => Fix,
): Fix {
  const refused = taints.filter((taint) => untoleratedTaint(tolerations, [taint]) !== undefined);
  const added = refused.map(({ key, value = "", effect }) => ({ key, operator: "Equal" as const, value, effect }));
  return make([...tolerations, ...added], refused.map(formatTaint).join(" and "));
}

function makeRoom(world: World, trace: WorkloadTrace): Fix | null {
  const { workload } = world;
  const { context } = trace.evaluation;
  const room = context.wholeRoomAt(0);
  if (room > 0) {
    const smaller = { ...workload, replicas: room };
    const request = { ...world.request, workloads: [smaller] };
    return {
      text: `with ${room} ${room === 1 ? "replica" : "replicas"} instead of ${workload.replicas}`,
      world: { ...world, request, workload: smaller },
    };
  }
  const nearest = nearestNode(context, 0);
  if (nearest.kind === "short") {
    const gifts = nearest.lacks.map(giftFor);
    const entry = giveNodes(world.entry, nearest.nodes, gifts);
    const where = nearest.nodes.length === 1 ? "one node" : `each of ${nearest.nodes.length} nodes`;
    const text = `with ${gifts.map((gift) => gift.text).join(" and ")} free on ${where}`;
    return entry === null ? null : { text, world: { ...world, entry } };
  }
  if (nearest.kind === "noNodes" || nearest.refusal.kind !== "taint") return null;
  return tolerate([nearest.refusal.taint], workload.pod.tolerations, (tolerations, text) => ({
    text: `if the pod tolerated ${text}`,
    world: { ...world, workload: { ...workload, pod: { ...workload.pod, tolerations } } },
  }));
}

/** A cluster as a workload found it: what was promised before is taken from its nodes. */
function asFound(entry: ClusterSnapshot, free: AmountColumns | undefined): ClusterSnapshot {
  if (free === undefined || entry.capacity === null) return entry;
  const freeNodes = entry.capacity.freeNodes.map((node, row) => ({ ...node, free: amountsAt(free, row) }));
  return { ...entry, capacity: { ...entry.capacity, freeNodes } };
}

function amountsAt({ cpuMilli, memoryBytes, pods, extended }: AmountColumns, row: number): ResourceAmounts {
  return {
    cpuMilli: cpuMilli[row] ?? 0,
    memoryBytes: memoryBytes[row] ?? 0,
    pods: pods[row] ?? 0,
    extended: Object.fromEntries([...extended].map(([name, column]) => [name, column[row] ?? 0])),
  };
}
