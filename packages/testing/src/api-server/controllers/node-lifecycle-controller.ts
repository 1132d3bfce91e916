import { numberAt, objectAt, objectsAt, stringAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { timestamp } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import type { Controller } from "./controller.ts";
import { nodeConditions, UNREACHABLE_TAINT } from "./fake-nodes.ts";
import { isDeleting, type ObjectClient } from "./object-client.ts";
import { splitKey } from "./owned-objects.ts";

/** Makes nodes that somebody created ready, and evicts pods from lost nodes when they do not tolerate it any longer. */
export class NodeLifecycleController implements Controller {
  readonly name: string = "node-lifecycle";
  readonly #client: ObjectClient;
  readonly #nodes: Resource;
  readonly #pods: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#nodes = client.resource("v1", "Node");
    this.#pods = client.resource("v1", "Pod");
  }

  keysOf(event: StoreEvent): readonly string[] {
    return event.bucket === bucketOf(this.#nodes) && event.type !== "DELETED" ? [event.key] : [];
  }

  reconcile(key: string): number | undefined {
    const node = this.#client.get(this.#nodes, "", splitKey(key).name);
    if (node === undefined || isTrue(node, "Ready")) return undefined;
    if (conditionOf(node, "Ready") === undefined) {
      this.#start(node);
      return undefined;
    }
    return this.#evict(node);
  }

  #start(node: JsonObject): void {
    const status = objectAt(node, "status");
    const capacity = objectAt(status, "capacity");
    const allocatable = status["allocatable"] ?? capacity;
    const conditions = nodeConditions(true, timestamp(this.#client.state));
    this.#client.updateStatus(this.#nodes, node, { ...status, capacity, allocatable, conditions });
  }

  /** Deletes what has been tolerated long enough; says when the next is due. */
  #evict(node: JsonObject): number | undefined {
    const name = stringAt(node, "metadata", "name");
    const sinceMs = Date.parse(stringAt(conditionOf(node, "Ready"), "lastTransitionTime") ?? "");
    const waits: number[] = [];
    for (const pod of this.#client.list(this.#pods)) {
      if (stringAt(pod, "spec", "nodeName") !== name || isDeleting(pod)) continue;
      const bearsMs = toleranceMs(pod);
      if (bearsMs === undefined) continue;
      const leftMs = sinceMs + bearsMs - this.#client.state.clock.nowMs();
      if (leftMs <= 0) this.#client.delete(this.#pods, pod);
      else waits.push(leftMs);
    }
    return waits.length === 0 ? undefined : Math.min(...waits);
  }
}

/** How long the pod bears an unreachable node; `undefined`: for ever. */
function toleranceMs(pod: JsonObject): number | undefined {
  const matching = objectsAt(pod, "spec", "tolerations").filter((one) => {
    const [key, effect] = [stringAt(one, "key") ?? UNREACHABLE_TAINT, stringAt(one, "effect") ?? "NoExecute"];
    return key === UNREACHABLE_TAINT && effect === "NoExecute";
  });
  if (matching.length === 0) return 0;
  const limits = matching.map((one) => numberAt(one, "tolerationSeconds"));
  return limits.includes(undefined) ? undefined : Math.min(...limits.map((seconds) => seconds ?? 0)) * 1000;
}
