import { canonicalJson, type KubeObject, type ObjectRef } from "@flotilla/core";
import type { Share } from "../engine/decision.ts";
import { isMap, listAt, mapAt, numberAt, textAt, valueAt } from "../objects/json-access.ts";
import { refKey } from "../objects/object-ref.ts";
import { FLEET_LABEL, INVENTORY_LABEL, PLAN_ANNOTATION, WORKLOAD_LABEL, workloadHash } from "./ownership.ts";

/**
 * What a workload has in one member, kept there: any machine finds it again without the files. It is written before the
 * objects it lists and shrinks after they are gone, so that a crash leaves nothing that no inventory names.
 */
export interface Inventory {
  readonly workload: ObjectRef;
  /** `namespace/name` of the placement policy; `null` without one. */
  readonly policy: string | null;
  /** Wanted over the whole fleet. */
  readonly replicas: number;
  /** What this member has been given; 0 once it is being left. */
  readonly share: number;
  /** What every member has been given: when one dies the others still know its share. */
  readonly shares: readonly Share[];
  /** Grows whenever `shares` changes: the greatest one is right. */
  readonly revision: number;
  readonly objects: readonly ObjectRef[];
}

/** Room for the list in a ConfigMap (1 MiB with everything), and far more objects than a workload brings. */
export const INVENTORY_BYTES_MAX: number = 512 * 1024;
const DATA_KEY = "inventory.json";
const VERSION = 1;
/** Where inventories of objects without a namespace live. */
const CLUSTER_SCOPED_HOME = "default";

export function inventoryRef(fleet: string, workload: ObjectRef): ObjectRef {
  const namespace = workload.namespace ?? CLUSTER_SCOPED_HOME;
  return { apiVersion: "v1", kind: "ConfigMap", namespace, name: `flotilla-${workloadHash(fleet, workload)}` };
}

/** Which inventories a member has of a fleet. */
export function inventorySelector(fleet: string): string {
  return `${FLEET_LABEL}=${fleet},${INVENTORY_LABEL}=true`;
}

/** Refs in a fixed order, so that equal inventories are equal texts. */
export function inventoryText(inventory: Inventory): string {
  const objects = inventory.objects.toSorted((a, b) => (refKey(a) < refKey(b) ? -1 : 1));
  const shares = inventory.shares.map(({ cluster, replicas }) => ({ cluster, replicas }));
  return canonicalJson({ v: VERSION, ...inventory, shares, objects });
}

export function toConfigMap(fleet: string, inventory: Inventory, planId: string): KubeObject {
  const { namespace, name } = inventoryRef(fleet, inventory.workload);
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      labels: {
        [FLEET_LABEL]: fleet,
        [INVENTORY_LABEL]: "true",
        [WORKLOAD_LABEL]: workloadHash(fleet, inventory.workload),
      },
      annotations: { [PLAN_ANNOTATION]: planId },
    },
    data: { [DATA_KEY]: inventoryText(inventory) },
  };
}

/** `undefined` for a ConfigMap that holds no inventory we understand (damaged by hand, or of a newer version). */
export function fromConfigMap(configMap: KubeObject): Inventory | undefined {
  const value = parseJson(textAt(configMap, "data", DATA_KEY) ?? "");
  const workload = readRef(valueAt(value, "workload"));
  if (numberAt(value, "v") !== VERSION || workload === undefined) return undefined;
  return {
    workload,
    policy: textAt(value, "policy") ?? null,
    replicas: numberAt(value, "replicas") ?? 0,
    share: numberAt(value, "share") ?? 0,
    shares: listAt(value, "shares").map((share) => ({
      cluster: textAt(share, "cluster") ?? "",
      replicas: numberAt(share, "replicas") ?? 0,
    })),
    revision: numberAt(value, "revision") ?? 0,
    objects: listAt(value, "objects")
      .map(readRef)
      .filter((ref) => ref !== undefined),
  };
}

function readRef(value: unknown): ObjectRef | undefined {
  const { apiVersion, kind, namespace, name } = mapAt(value);
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string") return undefined;
  return typeof namespace === "string" ? { apiVersion, kind, namespace, name } : { apiVersion, kind, name };
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined; // not JSON: the caller says that the inventory is damaged
  }
}
