import type { ControlPlane } from "@flotilla/sandbox/control-planes";
import { at, textAt } from "../differential/text-at.ts";

/** Reads a cluster without any of the product's code. */
export async function read(plane: ControlPlane, path: string): Promise<unknown> {
  const { status, json, text } = await plane.admin.send({ method: "GET", path });
  if (status === 404) return undefined;
  if (status !== 200) throw new Error(`${plane.name} answered ${status} to ${path}: ${text}`);
  return json;
}

export async function readItems(plane: ControlPlane, path: string): Promise<readonly unknown[]> {
  const items = at(await read(plane, path), "items");
  return Array.isArray(items) ? items : [];
}

export const deploymentPath = (name: string, namespace: string): string =>
  `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`;

/** `spec.replicas` of the shop in every cluster that has it, by cluster name. */
export async function replicasByCluster(
  planes: readonly ControlPlane[],
  namespace = "shop",
): Promise<Readonly<Record<string, number>>> {
  const found = await Promise.all(
    planes.map(async (plane) => {
      const replicas = at(await read(plane, deploymentPath("shop", namespace)), "spec", "replicas");
      return [plane.name, typeof replicas === "number" ? replicas : undefined] as const;
    }),
  );
  return Object.fromEntries(found.flatMap(([name, replicas]) => (replicas === undefined ? [] : [[name, replicas]])));
}

const OURS = ["v1/configmaps", "v1/secrets", "v1/services", "apps/v1/deployments"];

/** `PATH resourceVersion` of everything in a namespace that a rollout may write, over all clusters. */
export async function revisions(planes: readonly ControlPlane[], namespace = "shop"): Promise<readonly string[]> {
  const lines = planes.flatMap((plane) =>
    OURS.map(async (resource) => {
      const [, root = "", plural = ""] = /^(.*)\/(\w+)$/.exec(resource) ?? [];
      const path = `${root === "v1" ? "/api/v1" : `/apis/${root}`}/namespaces/${namespace}/${plural}`;
      const items = await readItems(plane, path);
      return items.map((item) => {
        const [name, revision] = ["name", "resourceVersion"].map((key) => textAt(item, "metadata", key));
        return `${plane.name} ${plural}/${name ?? ""} ${revision ?? ""}`;
      });
    }),
  );
  return (await Promise.all(lines)).flat().toSorted();
}

export function sumOf(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0);
}
