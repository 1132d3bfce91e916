import {
  addAmounts,
  formatClusterId,
  known,
  scaleAmounts,
  subtractAmounts,
  unknownPrice,
  ZERO_AMOUNTS,
  type Cluster,
  type ClusterCapacity,
  type ClusterSnapshot,
  type FreeNode,
  type NodeShape,
  type Price,
  type Purchase,
  type ResourceAmounts,
} from "@flotilla/core";
import type { Draw } from "./draw.ts";
import { allocatableOf, CLOUD_PROFILES, type CloudProfile, type Machine } from "./machine-catalogue.ts";

/** The knobs of a fleet that concern each of its members. */
export interface MemberSpec {
  readonly nodesMax: number;
  readonly unreachablePercent: number;
  readonly unpricedPercent: number;
  readonly taintedPercent: number;
  readonly usedPercentMax: number;
  readonly takenAtMs: number;
}

/** The clouds' usual discount for machines that may be taken away. */
const SPOT_FACTOR = 0.35;
const SPOT_PERCENT = 15;
const VERSIONS = ["v1.33.6", "v1.34.3", "v1.35.1", "v1.36.3"];
const TIERS = ["gold", "silver", "bronze"];
const ENVIRONMENTS = ["production", "staging", "development"];
const TAINTS = [
  { key: "team", value: "data", effect: "NoSchedule" },
  { key: "flotilla.dev/drain", effect: "NoExecute" },
  { key: "maintenance", value: "soon", effect: "PreferNoSchedule" },
] as const;

/** A shape of a member with the machine it stands for. */
interface Pool {
  readonly machine: Machine;
  readonly shape: NodeShape;
}

export function createMember(draw: Draw, index: number, spec: MemberSpec): ClusterSnapshot {
  const profile = draw.pick(CLOUD_PROFILES);
  const region = draw.pick(profile.regions);
  const zones = profile.zones(region.name).slice(0, draw.between(1, 3));
  const pools = drawPools(draw, profile, region.name, zones, spec.nodesMax);
  const isReachable = !draw.chance(spec.unreachablePercent);
  const isPriced = !draw.chance(spec.unpricedPercent);
  const price = (microUsd: number): Price =>
    isPriced
      ? known(Math.round(microUsd * region.priceFactor), "generated", spec.takenAtMs)
      : unknownPrice("the generated fleet has no price for this member");
  const cluster = drawCluster(draw, index, profile.provider, region.name, zones, pools, spec);
  return {
    cluster: isReachable ? cluster : unreachable(cluster),
    capacity: isReachable ? drawCapacity(draw, pools, spec) : null,
    ...(isReachable ? {} : { capacityProblem: "the API server did not answer" }),
    prices: {
      controlPlanePerHour: price(profile.controlPlaneMicroUsdPerHour),
      nodePerHour: isReachable ? pools.map((pool) => price(nodeMicroUsd(pool))) : [],
    },
  };
}

function drawPools(
  draw: Draw,
  profile: CloudProfile,
  region: string,
  zones: readonly string[],
  nodesMax: number,
): readonly Pool[] {
  const kinds = draw.between(1, 3);
  const perPool = Math.max(1, Math.floor(nodesMax / kinds));
  return Array.from({ length: kinds }, () => {
    const machine = draw.pick(profile.machines);
    const purchase: Purchase = draw.chance(SPOT_PERCENT) ? "spot" : "onDemand";
    const zone = draw.pick(zones);
    const { key, spot, onDemand } = profile.purchaseLabel;
    const shape: NodeShape = {
      instanceType: machine.instanceType,
      region,
      zone,
      purchase,
      count: draw.between(1, perPool),
      allocatable: allocatableOf(machine),
      labels: {
        "kubernetes.io/arch": machine.architecture,
        "kubernetes.io/os": "linux",
        "node.kubernetes.io/instance-type": machine.instanceType,
        "topology.kubernetes.io/region": region,
        "topology.kubernetes.io/zone": zone,
        [key]: purchase === "spot" ? spot : onDemand,
      },
      taints: machine.gpus === 0 ? [] : [{ key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" }],
    };
    return { machine, shape };
  });
}

function drawCluster(
  draw: Draw,
  index: number,
  provider: string,
  region: string,
  zones: readonly string[],
  pools: readonly Pool[],
  spec: MemberSpec,
): Cluster {
  const name = `c${String(index).padStart(5, "0")}`;
  const scope = `${provider}-${draw.pick(["main", "data", "edge"])}`;
  const kubernetesVersion = draw.pick(VERSIONS);
  return {
    id: formatClusterId({ provider, scope, group: provider === "azure" ? `rg-${region}` : region, name }),
    provider,
    scope,
    region,
    zones,
    name,
    phase: draw.chance(2) ? draw.pick(["creating", "updating", "degraded", "stopped"]) : "ready",
    kubernetesVersion,
    endpoint: { url: `https://${name}.${region}.example`, access: "publicAndPrivate" },
    network: drawNetwork(draw, region),
    labels: { tier: draw.pick(TIERS), environment: draw.pick(ENVIRONMENTS), team: `team-${draw.between(1, 20)}` },
    taints: draw.chance(spec.taintedPercent) ? [draw.pick(TAINTS)] : [],
    nodePools: pools.map(({ shape }, pool) => ({
      name: `pool-${pool}`,
      phase: "ready",
      instanceTypes: shape.instanceType === null ? [] : [shape.instanceType],
      nodes: shape.count,
      nodesMin: null,
      nodesMax: null,
      purchase: shape.purchase,
      zones: shape.zone === null ? [] : [shape.zone],
      kubernetesVersion,
      labels: shape.labels,
      taints: shape.taints,
    })),
    createdAtMs: spec.takenAtMs - draw.between(1, 700) * 86_400_000,
  };
}

function drawNetwork(draw: Draw, region: string): Cluster["network"] {
  const second = draw.between(0, 255);
  return {
    id: `net-${region}-${second}`,
    cidrs: [`10.${second}.0.0/16`],
    podCidrs: [`100.${draw.between(64, 127)}.0.0/16`],
    serviceCidrs: ["172.20.0.0/16"],
  };
}

function drawCapacity(draw: Draw, pools: readonly Pool[], spec: MemberSpec): ClusterCapacity {
  const freeNodes = pools.flatMap(({ shape }, index) =>
    Array.from({ length: shape.count }, (): FreeNode => ({ shape: index, free: drawFree(draw, shape, spec) })),
  );
  const allocatable = pools
    .map(({ shape }) => scaleAmounts(shape.allocatable, shape.count))
    .reduce(addAmounts, ZERO_AMOUNTS);
  const free = freeNodes.map((node) => node.free).reduce(addAmounts, ZERO_AMOUNTS);
  return {
    allocatable,
    requested: subtractAmounts(allocatable, free),
    nodes: freeNodes.length,
    shapes: pools.map(({ shape }) => shape),
    freeNodes,
    takenAtMs: spec.takenAtMs,
  };
}

function drawFree(draw: Draw, { allocatable }: NodeShape, { usedPercentMax }: MemberSpec): ResourceAmounts {
  const left = (amount: number): number => Math.floor((amount * (100 - draw.between(5, usedPercentMax))) / 100);
  const gpus = allocatable.extended?.["nvidia.com/gpu"];
  return {
    // Requests come in hundredths of a core and whole MiB, as people write them.
    cpuMilli: roundDown(left(allocatable.cpuMilli), 10),
    memoryBytes: roundDown(left(allocatable.memoryBytes), 1024 ** 2),
    pods: left(allocatable.pods),
    ...(gpus === undefined ? {} : { extended: { "nvidia.com/gpu": draw.between(0, gpus) } }),
  };
}

function unreachable(cluster: Cluster): Cluster {
  return {
    ...cluster,
    phase: "unknown",
    kubernetesVersion: null,
    problem: { kind: "transient", message: `${cluster.name} did not answer within its deadline` },
  };
}

function nodeMicroUsd({ machine, shape }: Pool): number {
  return machine.microUsdPerHour * (shape.purchase === "spot" ? SPOT_FACTOR : 1);
}

function roundDown(amount: number, to: number): number {
  return Math.floor(amount / to) * to;
}
