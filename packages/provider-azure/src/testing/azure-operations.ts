import { type EmulatedCluster, type EmulatedFleet, stableUuid } from "@flotilla/testing";
import { armIdOf } from "./cluster-place.ts";

/** Something that AKS does to a cluster. */
interface AzureOperation {
  readonly id: string;
  readonly startedAtMs: number;
  readonly endsAtMs: number;
  /** `provisioningState` while it lasts. */
  readonly during: string;
}

/** Long operations, on the emulator's clock: they end when it has passed their end and somebody looks. */
export interface AzureOperations {
  begin(
    cluster: EmulatedCluster,
    change: { readonly during: string; readonly after: "ready" | "stopped" },
  ): AzureOperation;
  runningOf(cluster: EmulatedCluster): AzureOperation | undefined;
  find(id: string): AzureOperation | undefined;
  /** Brings what has ended to its end. */
  settle(): void;
}

interface Pending extends AzureOperation {
  readonly key: string;
  readonly finish: () => void;
}

/** Operations over a fleet: they change its clusters when they begin and when they end. */
export function createAzureOperations(
  fleet: EmulatedFleet,
  deps: { readonly nowMs: () => number; readonly durationMs: number },
): AzureOperations {
  const all = new Map<string, Pending>();
  const pending = new Set<Pending>();
  const settle = (): void => {
    for (const operation of pending) {
      if (operation.endsAtMs > deps.nowMs()) continue;
      pending.delete(operation);
      operation.finish();
    }
  };
  return {
    settle,
    find: (id) => all.get(id),
    runningOf: (cluster) => [...pending].find(({ key }) => key === armIdOf(cluster).toLowerCase()),
    begin(cluster, { during, after }) {
      const startedAtMs = deps.nowMs();
      const { properties } = cluster.wire ?? {};
      const id = stableUuid("operation", armIdOf(cluster), String(all.size));
      const operation: Pending = {
        id,
        startedAtMs,
        endsAtMs: startedAtMs + deps.durationMs,
        during,
        key: armIdOf(cluster).toLowerCase(),
        finish: () => fleet.put({ ...cluster, phase: after }),
      };
      all.set(id, operation);
      pending.add(operation);
      const members = { ...(properties as object | undefined), provisioningState: during };
      fleet.put({ ...cluster, phase: "updating", wire: { ...cluster.wire, properties: members } });
      return operation;
    },
  };
}
