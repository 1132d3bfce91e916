import { numberAt, objectAt, objectsAt, stringAt, withAt, type Json, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { formatTime, timestamp } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { conditionOf, isTrue } from "./conditions.ts";
import type { Controller } from "./controller.ts";
import type { FakeNodeAddresses } from "./fake-node-addresses.ts";
import { isDeleting, type ObjectClient } from "./object-client.ts";
import { splitKey } from "./owned-objects.ts";
import { hasEnded } from "./pod-facts.ts";

/** Pod annotations that make a pod misbehave, or end, for tests. */
const CRASHLOOP_ANNOTATION = "flotilla.dev/test-crashloop";
const FAILS_ANNOTATION = "flotilla.dev/test-fails";
const COMPLETES_AFTER_ANNOTATION = "flotilla.dev/test-completes-after-ms";
const READY_AFTER_ANNOTATION = "flotilla.dev/test-ready-after-ms";

/** How long things take on the nodes. */
export interface NodeAgentTimes {
  readonly readyAfterMs: number;
  readonly jobCompletesAfterMs: number;
  readonly terminatesAfterMs: number;
}

/** Does what the kubelets would: starts pods that were placed, ends those that are done or deleted. Nothing really runs. */
export class NodeAgent implements Controller {
  readonly name: string = "node-agent";
  readonly #client: ObjectClient;
  readonly #times: NodeAgentTimes;
  readonly #addresses: FakeNodeAddresses;
  readonly #pods: Resource;
  readonly #nodes: Resource;
  /** When each pod was first seen on its node, by uid. */
  readonly #seenMs = new Map<string, number>();

  constructor(client: ObjectClient, times: NodeAgentTimes, addresses: FakeNodeAddresses) {
    this.#client = client;
    this.#times = times;
    this.#addresses = addresses;
    this.#pods = client.resource("v1", "Pod");
    this.#nodes = client.resource("v1", "Node");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#nodes)) return this.#podsOn(stringAt(event.object, "metadata", "name") ?? "");
    if (event.bucket !== bucketOf(this.#pods)) return [];
    if (event.type === "DELETED") {
      this.#forget(event.object);
      return [];
    }
    return (stringAt(event.object, "spec", "nodeName") ?? "") === "" ? [] : [event.key];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const pod = this.#client.get(this.#pods, namespace, name);
    if (pod === undefined) return undefined;
    const node = this.#client.get(this.#nodes, "", stringAt(pod, "spec", "nodeName") ?? "");
    if (node === undefined) return this.#orphaned(pod);
    if (!isTrue(node, "Ready")) return undefined; // a lost node's agent does nothing
    if (isDeleting(pod)) return this.#end(pod);
    if (hasEnded(pod)) return undefined;
    return this.#run(pod, node);
  }

  /** A pod whose node is gone is deleted at once, as the pod garbage collector does. */
  #orphaned(pod: JsonObject): undefined {
    this.#client.delete(this.#pods, pod, { graceSeconds: 0 });
  }

  #podsOn(node: string): string[] {
    const pods = this.#client.list(this.#pods).filter((pod) => stringAt(pod, "spec", "nodeName") === node);
    return pods.map(
      (pod) => `${stringAt(pod, "metadata", "namespace") ?? ""}/${stringAt(pod, "metadata", "name") ?? ""}`,
    );
  }

  #forget(pod: JsonObject): void {
    this.#seenMs.delete(stringAt(pod, "metadata", "uid") ?? "");
    this.#addresses.release(stringAt(pod, "status", "podIP"));
  }

  #end(pod: JsonObject): number | undefined {
    const grace = numberAt(pod, "metadata", "deletionGracePeriodSeconds") ?? 0;
    const sinceMs = Date.parse(stringAt(pod, "metadata", "deletionTimestamp") ?? "") - grace * 1000;
    const leftMs = sinceMs + this.#times.terminatesAfterMs - this.#client.state.clock.nowMs();
    if (leftMs > 0 && this.#times.terminatesAfterMs > 0) return leftMs;
    this.#client.delete(this.#pods, pod, { graceSeconds: 0 });
    return undefined;
  }

  #run(pod: JsonObject, node: JsonObject): number | undefined {
    const nowMs = this.#client.state.clock.nowMs();
    const uid = stringAt(pod, "metadata", "uid") ?? "";
    const seenMs = this.#seenMs.get(uid) ?? nowMs;
    this.#seenMs.set(uid, seenMs);
    const readyMs = seenMs + (annotationMs(pod, READY_AFTER_ANNOTATION) ?? this.#times.readyAfterMs);
    if (nowMs < readyMs) return readyMs - nowMs;
    const status = objectAt(pod, "status");
    const isRunning = stringAt(status, "phase") === "Running" && conditionOf(pod, "Ready") !== undefined;
    const wantsReady = annotation(pod, CRASHLOOP_ANNOTATION) !== "true";
    const running = isRunning && isTrue(pod, "Ready") === wantsReady ? pod : this.#started(pod, node, wantsReady);
    const endsMs = this.#endsAfterMs(pod);
    if (endsMs === undefined) return undefined;
    if (nowMs < readyMs + endsMs) return readyMs + endsMs - nowMs;
    this.#client.updateStatus(this.#pods, running, this.#ended(running));
    return undefined;
  }

  /** How long after its start the pod ends by itself; `undefined`: it does not. */
  #endsAfterMs(pod: JsonObject): number | undefined {
    if (stringAt(pod, "spec", "restartPolicy") === "Always") return undefined;
    const given = annotationMs(pod, COMPLETES_AFTER_ANNOTATION);
    const isJobs = objectsAt(pod, "metadata", "ownerReferences").some((owner) => owner["kind"] === "Job");
    return given ?? (isJobs ? this.#times.jobCompletesAfterMs : undefined);
  }

  #started(pod: JsonObject, node: JsonObject, isReady: boolean): JsonObject {
    const now = timestamp(this.#client.state);
    const hostIP =
      stringAt(
        objectsAt(node, "status", "addresses").find((one) => one["type"] === "InternalIP"),
        "address",
      ) ?? "127.0.0.1";
    const podIP = stringAt(pod, "status", "podIP") ?? this.#addresses.take(stringAt(node, "spec", "podCIDR"));
    const truth = (holds: boolean): string => (holds ? "True" : "False");
    const condition = (type: string, holds: boolean): JsonObject => {
      const old = conditionOf(pod, type);
      const isSame = stringAt(old, "status") === truth(holds);
      const why = holds ? {} : { reason: "ContainersNotReady", message: "containers with unready status" };
      return {
        type,
        status: truth(holds),
        ...why,
        lastProbeTime: null,
        lastTransitionTime: isSame ? (stringAt(old, "lastTransitionTime") ?? now) : now,
      };
    };
    const scheduled = conditionOf(pod, "PodScheduled") ?? condition("PodScheduled", true);
    const status: JsonObject = {
      ...objectAt(pod, "status"),
      phase: "Running",
      conditions: [
        condition("Initialized", true),
        condition("Ready", isReady),
        condition("ContainersReady", isReady),
        scheduled,
      ],
      hostIP,
      hostIPs: [{ ip: hostIP }],
      podIP,
      podIPs: [{ ip: podIP }],
      startTime: stringAt(pod, "status", "startTime") ?? now,
      containerStatuses: objectsAt(pod, "spec", "containers").map((container) =>
        containerStatus(container, isReady, now),
      ),
    };
    this.#client.updateStatus(this.#pods, pod, status);
    return withAt(pod, ["status"], status);
  }

  #ended(pod: JsonObject): JsonObject {
    const now = formatTime(this.#client.state.clock.nowMs());
    const fails = annotation(pod, FAILS_ANNOTATION) === "true";
    const startedAt = stringAt(pod, "status", "startTime") ?? now;
    const [exitCode, reason] = fails ? [1, "Error"] : [0, "Completed"];
    const statuses = objectsAt(pod, "status", "containerStatuses").map((one) => ({
      ...one,
      ready: false,
      started: false,
      state: { terminated: { exitCode, reason, startedAt, finishedAt: now } },
    }));
    const conditions = objectsAt(pod, "status", "conditions").map((one) =>
      one["type"] === "Ready" || one["type"] === "ContainersReady"
        ? { ...one, status: "False", reason: fails ? "PodFailed" : "PodCompleted", lastTransitionTime: now }
        : one,
    );
    return {
      ...objectAt(pod, "status"),
      phase: fails ? "Failed" : "Succeeded",
      conditions,
      containerStatuses: statuses,
    };
  }
}

function containerStatus(container: JsonObject, isReady: boolean, now: string): JsonObject {
  const name = stringAt(container, "name") ?? "";
  const image = stringAt(container, "image") ?? "";
  const waiting: Json = { reason: "CrashLoopBackOff", message: `back-off 10s restarting failed container=${name}` };
  return {
    name,
    image,
    imageID: "",
    ready: isReady,
    started: isReady,
    restartCount: isReady ? 0 : 1,
    state: isReady ? { running: { startedAt: now } } : { waiting },
    lastState: isReady ? {} : { terminated: { exitCode: 1, reason: "Error", startedAt: now, finishedAt: now } },
  };
}

function annotation(pod: JsonObject, name: string): string | undefined {
  return stringAt(pod, "metadata", "annotations", name);
}

function annotationMs(pod: JsonObject, name: string): number | undefined {
  const text = annotation(pod, name);
  return text === undefined || !/^\d+$/.test(text) ? undefined : Number(text);
}
