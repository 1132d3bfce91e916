import {
  compareIds,
  ZERO_AMOUNTS,
  type ClusterPhase,
  type ClusterSelector,
  type ClusterSnapshot,
  type FleetSnapshot,
} from "@flotilla/core";
import { Interner } from "./interner.ts";
import { amountColumns, nodeColumnsOf, type AmountColumns, type NodeColumns } from "./node-columns.ts";

/**
 * A snapshot as columns: one array per fact, one index per cluster, in the order of ids, so that an index comparison is the
 * tie break and the order of the input cannot matter. Made once per snapshot; decisions only read it.
 */
export interface FleetColumns {
  readonly count: number;
  readonly clusters: readonly ClusterSnapshot[];
  readonly indexById: ReadonlyMap<string, number>;
  /** 1 where the capacity was read. */
  readonly capacityKnown: Uint8Array;
  /** `phase[i]` indexes `phases`. */
  readonly phase: Uint8Array;
  readonly phases: readonly ClusterPhase[];
  /** Which distinct set of cluster taints: `taintSets[i]` indexes `distinctTaints`. */
  readonly taintSet: Int32Array;
  readonly distinctTaints: readonly ClusterSnapshot["cluster"]["taints"][];
  readonly provider: GroupColumn;
  readonly region: GroupColumn;
  /** A cluster's zone group is its sorted zone set. */
  readonly zone: GroupColumn;
  readonly cluster: GroupColumn;
  /** By label key, filled as policies ask. */
  readonly labels: Map<string, GroupColumn>;
  /** By `apiVersion/Kind`, filled as requests ask. See `kindColumn`. */
  readonly kinds: Map<string, Uint8Array>;
  /** By selector: 1 for the clusters it selects. See `selectedBy`. */
  readonly selections: WeakMap<ClusterSelector, Uint8Array>;
  /** Over all nodes of a cluster that take pods. */
  readonly allocatable: AmountColumns;
  readonly requested: AmountColumns;
  readonly nodes: NodeColumns;
}

/** A fact by which clusters are grouped: `codes[i]` indexes `names`; -1 where the cluster does not have it. */
export interface GroupColumn {
  readonly codes: Int32Array;
  readonly names: readonly string[];
}

/** The columns of a snapshot; the same object as long as the snapshot lives. */
export function columnsOf(snapshot: FleetSnapshot): FleetColumns {
  const made = cache.get(snapshot);
  if (made !== undefined) return made;
  const columns = buildColumns(snapshot);
  cache.set(snapshot, columns);
  return columns;
}

/** For a snapshot that differs from another in prices only: its columns share everything else with the other's. */
export function withPrices(snapshot: FleetSnapshot, columns: FleetColumns, shapePrice: Float64Array): FleetSnapshot {
  const copy = { ...snapshot };
  cache.set(copy, { ...columns, nodes: { ...columns.nodes, shapePrice } });
  return copy;
}

// A memo of a pure function of an immutable argument: it holds no state that anyone can observe.
const cache = new WeakMap<FleetSnapshot, FleetColumns>();

function buildColumns(snapshot: FleetSnapshot): FleetColumns {
  const clusters = inIdOrder(snapshot.clusters);
  const count = clusters.length;
  const taints = new Interner<ClusterSnapshot["cluster"]["taints"]>((set) => JSON.stringify(set));
  const phases = new Interner<ClusterPhase>((phase) => phase);
  return {
    count,
    clusters,
    indexById: new Map(clusters.map((entry, index) => [entry.cluster.id, index])),
    capacityKnown: Uint8Array.from(clusters, (entry) => (entry.capacity === null ? 0 : 1)),
    phase: Uint8Array.from(clusters, (entry) => phases.code(entry.cluster.phase)),
    phases: phases.values,
    taintSet: Int32Array.from(clusters, (entry) => taints.code(entry.cluster.taints)),
    distinctTaints: taints.values,
    provider: groupColumn(clusters, (entry) => entry.cluster.provider),
    region: groupColumn(clusters, (entry) => entry.cluster.region),
    zone: groupColumn(clusters, (entry) => zoneGroup(entry.cluster.zones)),
    cluster: groupColumn(clusters, (entry) => entry.cluster.id),
    labels: new Map(),
    kinds: new Map(),
    selections: new WeakMap(),
    allocatable: amountColumns(clusters.map((entry) => entry.capacity?.allocatable ?? ZERO_AMOUNTS)),
    requested: amountColumns(clusters.map((entry) => entry.capacity?.requested ?? ZERO_AMOUNTS)),
    nodes: nodeColumnsOf(clusters),
  };
}

/** Groups clusters by any text about them. */
export function groupColumn(
  clusters: readonly ClusterSnapshot[],
  nameOf: (entry: ClusterSnapshot) => string | null | undefined,
): GroupColumn {
  const names = new Interner<string>((name) => name);
  const codes = Int32Array.from(clusters, (entry) => {
    const name = nameOf(entry);
    return name === null || name === undefined ? -1 : names.code(name);
  });
  return { codes, names: names.values };
}

/** 1 for the clusters whose server has the kind, and for those whose kinds are not known. */
export function kindColumn({ kinds, clusters }: FleetColumns, kind: string): Uint8Array {
  const made = kinds.get(kind);
  if (made !== undefined) return made;
  const column = Uint8Array.from(clusters, (entry) => (entry.kinds?.has(kind) === false ? 0 : 1));
  kinds.set(kind, column);
  return column;
}

function zoneGroup(zones: readonly string[]): string | null {
  return zones.length === 0 ? null : zones.toSorted(compareIds).join(",");
}

function inIdOrder(clusters: readonly ClusterSnapshot[]): readonly ClusterSnapshot[] {
  const sorted = clusters.every((entry, index) => {
    const before = clusters[index - 1];
    return before === undefined || compareIds(before.cluster.id, entry.cluster.id) < 0;
  });
  return sorted ? clusters : clusters.toSorted((a, b) => compareIds(a.cluster.id, b.cluster.id));
}
