import { type Ctx, isCloudError, type KubeCluster, type ObjectRef } from "@flotilla/core";
import { isAdopted, ownershipOf } from "../inventory/ownership.ts";
import { formatRef } from "../objects/object-ref.ts";
import type { RemovalResult } from "./apply-report.ts";

/**
 * Deletes an object that this fleet made. What was adopted, belongs to someone else by now, or is a namespace is kept. The
 * delete names the UID that was looked at, so that a namesake made in between survives. Repeating it does nothing.
 *
 * @throws CloudError as `KubeCluster`
 */
export async function removeObject(
  kube: KubeCluster,
  cluster: string,
  ref: ObjectRef,
  fleet: string,
  ctx: Ctx,
): Promise<RemovalResult> {
  const live = await kube.get(ref, ctx);
  if (live === undefined) return { cluster, ref, outcome: "absent" };
  const reason = whyKept(ref, ownershipOf(live, fleet) === "ours", isAdopted(live));
  if (reason !== undefined)
    return { cluster, ref, outcome: "kept", message: `${formatRef(ref)} on ${cluster} ${reason}` };
  const { uid } = live.metadata;
  try {
    const outcome = await kube.delete(ref, { propagation: "Background", ...(uid === undefined ? {} : { uid }) }, ctx);
    return { cluster, ref, outcome: outcome === "absent" ? "absent" : "deleted" };
  } catch (error) {
    if (!isCloudError(error, "stale")) throw error;
    return {
      cluster,
      ref,
      outcome: "failed",
      message: `${formatRef(ref)} on ${cluster} was replaced meanwhile; run again`,
    };
  }
}

function whyKept(ref: ObjectRef, isOurs: boolean, adopted: boolean): string | undefined {
  if (!isOurs) return "is not this fleet's any more";
  if (adopted) return "was there before us and is not deleted";
  return ref.kind === "Namespace" ? "is a namespace and is not deleted" : undefined;
}
