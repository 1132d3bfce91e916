import { objectsAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { placePod } from "../rest/pod-subresources.ts";
import { timestamp } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { conditionOf } from "./conditions.ts";
import type { Controller } from "./controller.ts";
import { emptyRoom, misfits, type NodeRoom, occupy } from "./node-fit.ts";
import { isDeleting, type ObjectClient } from "./object-client.ts";
import { type Amounts, hasEnded, podRequests } from "./pod-facts.ts";

const SCHEDULER = "default-scheduler";
const EVERYTHING = "all";

/**
 * Puts pending pods on nodes with room: capacity, node selector, required node affinity, taints. The emptiest node wins.
 * Pod affinity, topology spread, host ports and preemption are not looked at.
 */
export class Scheduler implements Controller {
  readonly name: string = "scheduler";
  readonly #client: ObjectClient;
  readonly #pods: Resource;
  readonly #nodes: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#pods = client.resource("v1", "Pod");
    this.#nodes = client.resource("v1", "Node");
  }

  /** One look at all pending pods serves every event that may have made room or need. */
  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#nodes)) return [EVERYTHING];
    if (event.bucket !== bucketOf(this.#pods)) return [];
    const madeRoom = event.type === "DELETED" || hasEnded(event.object);
    return madeRoom || (event.type === "ADDED" && this.#isPending(event.object)) ? [EVERYTHING] : [];
  }

  reconcile(): undefined {
    const pods = this.#client.list(this.#pods);
    const pending = pods.filter((pod) => this.#isPending(pod));
    if (pending.length === 0) return;
    const rooms = this.#client.list(this.#nodes).map(emptyRoom);
    const byName = new Map(rooms.map((room) => [stringAt(room.node, "metadata", "name") ?? "", room]));
    for (const pod of pods) {
      const room = byName.get(stringAt(pod, "spec", "nodeName") ?? "");
      if (room !== undefined && !hasEnded(pod)) occupy(room, podRequests(pod));
    }
    for (const pod of pending) this.#schedule(pod, rooms);
  }

  #isPending(pod: JsonObject): boolean {
    const isOurs = (stringAt(pod, "spec", "schedulerName") ?? SCHEDULER) === SCHEDULER;
    return isOurs && (stringAt(pod, "spec", "nodeName") ?? "") === "" && !isDeleting(pod) && !hasEnded(pod);
  }

  #schedule(pod: JsonObject, rooms: readonly NodeRoom[]): void {
    const requests = podRequests(pod);
    const reasons: string[] = [];
    let best: NodeRoom | undefined;
    for (const room of rooms) {
      const why = misfits(pod, requests, room);
      reasons.push(...why);
      if (why.length === 0 && (best === undefined || loadOf(room, requests) < loadOf(best, requests))) best = room;
    }
    if (best === undefined) return this.#refuse(pod, explain(rooms.length, reasons));
    occupy(best, requests);
    placePod(this.#client.state, this.#pods, pod, stringAt(best.node, "metadata", "name") ?? "");
  }

  #refuse(pod: JsonObject, message: string): void {
    if (stringAt(conditionOf(pod, "PodScheduled"), "message") === message) return;
    const others = objectsAt(pod, "status", "conditions").filter((one) => one["type"] !== "PodScheduled");
    const condition = {
      type: "PodScheduled",
      status: "False",
      reason: "Unschedulable",
      message,
      lastProbeTime: null,
      lastTransitionTime: timestamp(this.#client.state),
    };
    const status = withAt(pod, ["status", "conditions"], [...others, condition])["status"];
    this.#client.updateStatus(this.#pods, pod, status as JsonObject);
  }
}

/** The node's fullest share, of cpu or memory, with the pod on it. */
function loadOf(room: NodeRoom, requests: Amounts): number {
  const shares = ["cpu", "memory", "pods"].map(
    (name) => ((room.used.get(name) ?? 0) + (requests.get(name) ?? 0)) / Math.max(1, room.allocatable.get(name) ?? 0),
  );
  return shares.reduce((sum, share) => sum + share, 0);
}

function explain(nodeCount: number, reasons: readonly string[]): string {
  if (nodeCount === 0) return "no nodes available to schedule pods";
  const counts = [...Map.groupBy(reasons, (reason) => reason)].map(([reason, all]) => `${all.length} ${reason}`).sort();
  return `0/${nodeCount} nodes are available: ${counts.join(", ")}.`;
}
