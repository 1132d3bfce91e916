import {
  CloudError,
  compareIds,
  createSeededRandom,
  type ClusterSnapshot,
  type FleetSnapshot,
  type Gap,
} from "@flotilla/core";
import { createDraw, type Draw } from "./draw.ts";
import { createMember, type MemberSpec } from "./create-member.ts";
import { CLOUD_PROFILES } from "./machine-catalogue.ts";

/** What a generated fleet looks like. All percentages are of a hundred. */
export interface FleetOptions {
  readonly clusters: number;
  /** The same seed gives the same fleet, byte by byte. */
  readonly seed: number;
  readonly nodesPerClusterMax?: number;
  /** Members that are named but cannot be read. */
  readonly unreachablePercent?: number;
  /** Members whose prices are not known. */
  readonly unpricedPercent?: number;
  readonly taintedPercent?: number;
  /** How full nodes are at most. */
  readonly usedPercentMax?: number;
  readonly takenAtMs?: number;
}

const TAKEN_AT_MS = Date.UTC(2026, 0, 1);
/** One region in forty could not be listed: about one gap in a fleet that spans three clouds. */
const GAP_PERCENT = 2.5;

/** A fleet over three clouds as real ones are: uneven, partly full, partly unknown. Clusters are sorted by id. */
export function createFleet(options: FleetOptions): FleetSnapshot {
  const draw = createDraw(createSeededRandom(options.seed));
  const takenAtMs = options.takenAtMs ?? TAKEN_AT_MS;
  const spec: MemberSpec = {
    nodesMax: options.nodesPerClusterMax ?? 12,
    unreachablePercent: options.unreachablePercent ?? 1,
    unpricedPercent: options.unpricedPercent ?? 3,
    taintedPercent: options.taintedPercent ?? 5,
    usedPercentMax: options.usedPercentMax ?? 95,
    takenAtMs,
  };
  const clusters = Array.from({ length: options.clusters }, (_, index) => createMember(draw, index, spec));
  return { takenAtMs, clusters: clusters.sort(byId), gaps: drawGaps(draw) };
}

function byId(a: ClusterSnapshot, b: ClusterSnapshot): number {
  return compareIds(a.cluster.id, b.cluster.id);
}

function drawGaps(draw: Draw): readonly Gap[] {
  return CLOUD_PROFILES.flatMap(({ provider, regions }) =>
    regions.flatMap(({ name }) => {
      if (!draw.chance(GAP_PERCENT)) return [];
      const error = new CloudError("transient", `${provider}: ${name} did not answer`);
      return [{ provider, scope: `${provider}-main`, region: name, kind: error.kind, message: error.message }];
    }),
  );
}
