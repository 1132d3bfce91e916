import type { EmulatedCluster, EmulatedPool } from "@flotilla/testing";
import { STATES } from "./states.ts";

/** An agent pool as it stands inside its cluster; sizes are totals. */
export function renderPool(pool: EmulatedPool, cluster: EmulatedCluster): Readonly<Record<string, unknown>> {
  const { name, instanceType, nodes, min, max, spot = false, zones, labels, taints, version = cluster.version } = pool;
  const [provisioningState, power] = STATES[pool.phase ?? poolPhase(cluster)];
  const isScaled = min !== undefined || max !== undefined;
  const subnet = cluster.network?.id;
  return {
    name,
    count: nodes,
    vmSize: instanceType,
    osDiskSizeGB: 128,
    osDiskType: "Managed",
    kubeletDiskType: "OS",
    ...(subnet === undefined ? {} : { vnetSubnetID: `${subnet}/subnets/nodes` }),
    maxPods: 250,
    type: "VirtualMachineScaleSets",
    ...(zones === undefined ? {} : { availabilityZones: zones }),
    ...(isScaled ? { maxCount: max ?? nodes, minCount: min ?? 0 } : {}),
    enableAutoScaling: isScaled,
    scaleDownMode: "Delete",
    provisioningState,
    powerState: { code: power },
    orchestratorVersion: version.split(".").slice(0, 2).join("."),
    currentOrchestratorVersion: version,
    enableNodePublicIP: false,
    ...(spot ? { scaleSetPriority: "Spot", scaleSetEvictionPolicy: "Delete", spotMaxPrice: -1 } : {}),
    ...(labels === undefined ? {} : { nodeLabels: labels }),
    ...(taints === undefined
      ? {}
      : {
          nodeTaints: taints.map(
            ({ key, value, effect }) => `${key}${value === undefined ? "" : `=${value}`}:${effect}`,
          ),
        }),
    mode: spot ? "User" : "System",
    osType: "Linux",
    osSKU: "Ubuntu",
    nodeImageVersion: "AKSUbuntu-2204gen2containerd-202601.07.0",
    upgradeSettings: { maxSurge: "10%" },
    enableFIPS: false,
    ...pool.wire,
  };
}

/** Pools share what happens to the whole cluster; what ails only the control plane is not theirs. */
function poolPhase({ phase = "ready" }: EmulatedCluster): NonNullable<EmulatedPool["phase"]> {
  return phase === "creating" || phase === "stopped" || phase === "deleting" ? phase : "ready";
}
