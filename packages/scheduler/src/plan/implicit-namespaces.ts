import type { KubeObject } from "@flotilla/core";
import { FLEET_LABEL } from "../inventory/ownership.ts";
import { liveKey } from "./live-facts.ts";
import type { RenderedObject } from "./render-stream.ts";

/** Every cluster has these. Source: kube-apiserver's bootstrap. */
const ALWAYS_THERE: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public", "kube-node-lease"]);

/**
 * The namespaces that objects go to and that the stream does not bring itself. They are made where they are missing, left as
 * they are where not, and never deleted.
 */
export function implicitNamespaces(objects: readonly RenderedObject[], fleet: string): readonly RenderedObject[] {
  const brought = new Set(objects.map(({ cluster, ref }) => liveKey(cluster, ref)));
  const missing = new Map<string, RenderedObject>();
  for (const { cluster, ref, owner } of objects) {
    const { namespace } = ref;
    if (namespace === undefined || ALWAYS_THERE.has(namespace)) continue;
    const namespaceRef = { apiVersion: "v1", kind: "Namespace", name: namespace };
    const key = liveKey(cluster, namespaceRef);
    if (brought.has(key)) continue;
    const object: KubeObject = {
      apiVersion: "v1",
      kind: "Namespace",
      metadata: { name: namespace, labels: { [FLEET_LABEL]: fleet } },
    };
    missing.set(key, { cluster, ref: namespaceRef, digest: null, owner, owners: [], role: "namespace", object });
  }
  return [...missing.values()];
}
