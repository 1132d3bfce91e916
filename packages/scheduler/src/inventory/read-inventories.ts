import { isCloudError, type Ctx, type KubeCluster, type KubeObject } from "@flotilla/core";
import { fromConfigMap, inventorySelector, type Inventory } from "./inventory.ts";

/** What one member says it has of this fleet. */
export interface MemberInventories {
  readonly inventories: readonly Inventory[];
  /** Names of inventories that cannot be understood: nothing they might list is ever removed. */
  readonly damaged: readonly string[];
}

/**
 * Lists a member's inventories. Where the token may not list a whole cluster, the given namespaces are read instead.
 *
 * @throws CloudError as `KubeCluster.list`; `denied` only when no namespace could be read either.
 */
export async function readInventories(
  cluster: KubeCluster,
  fleet: string,
  namespaces: readonly string[],
  ctx: Ctx,
): Promise<MemberInventories> {
  try {
    return parse(await listConfigMaps(cluster, fleet, undefined, ctx));
  } catch (error) {
    if (!isCloudError(error, "denied") || namespaces.length === 0) throw error;
  }
  return parse(await listWhereAllowed(cluster, fleet, namespaces, ctx));
}

/** A token for one namespace is refused in the others: what may be read counts. */
async function listWhereAllowed(
  cluster: KubeCluster,
  fleet: string,
  namespaces: readonly string[],
  ctx: Ctx,
): Promise<readonly KubeObject[]> {
  const found: KubeObject[] = [];
  const denials: unknown[] = [];
  for (const namespace of namespaces) {
    try {
      found.push(...(await listConfigMaps(cluster, fleet, namespace, ctx)));
    } catch (error) {
      if (!isCloudError(error, "denied")) throw error;
      denials.push(error);
    }
  }
  if (denials.length === namespaces.length) throw denials[0];
  return found;
}

async function listConfigMaps(
  cluster: KubeCluster,
  fleet: string,
  namespace: string | undefined,
  ctx: Ctx,
): Promise<readonly KubeObject[]> {
  const where = namespace === undefined ? {} : { namespace };
  const input = { apiVersion: "v1", kind: "ConfigMap", labelSelector: inventorySelector(fleet), ...where };
  const items: KubeObject[] = [];
  for await (const page of cluster.list(input, ctx)) items.push(...page.items);
  return items;
}

function parse(configMaps: readonly KubeObject[]): MemberInventories {
  const inventories: Inventory[] = [];
  const damaged: string[] = [];
  for (const configMap of configMaps) {
    const inventory = fromConfigMap(configMap);
    if (inventory === undefined) damaged.push(`${configMap.metadata.namespace ?? ""}/${configMap.metadata.name}`);
    else inventories.push(inventory);
  }
  return { inventories, damaged };
}
