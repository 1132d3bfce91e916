import { numberAt, objectAt, objectsAt, stringAt, withAt, without, type Json, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { selects } from "../validation/validate-metadata.ts";
import type { Controller } from "./controller.ts";
import { controllerReference, isDeleting, type ObjectClient, replicasOf } from "./object-client.ts";
import { isControlledBy, ownerKeys, splitKey } from "./owned-objects.ts";
import { isActive, isReady, untilAvailableMs } from "./pod-facts.ts";

/** Pods made in one look: a huge ReplicaSet comes in steps, so that requests get their turn. */
const BURST = 500;

/** Keeps as many pods as a ReplicaSet, or ReplicationController, wants; adopts matching ones nobody controls. */
export class ReplicaSetController implements Controller {
  readonly name: string;
  readonly #client: ObjectClient;
  readonly #sets: Resource;
  readonly #pods: Resource;

  constructor(client: ObjectClient, sets: Resource) {
    this.name = sets.plural;
    this.#client = client;
    this.#sets = sets;
    this.#pods = client.resource("v1", "Pod");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#sets)) return [event.key];
    return event.bucket === bucketOf(this.#pods) ? ownerKeys(event, this.#sets.kind) : [];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const set = this.#client.get(this.#sets, namespace, name);
    if (set === undefined) return undefined;
    const all = this.#ownPods(set, namespace);
    const active = all.filter(isActive);
    if (!isDeleting(set)) this.#scale(set, namespace, active);
    return this.#report(set, namespace);
  }

  #ownPods(set: JsonObject, namespace: string): JsonObject[] {
    const selector = this.#selectorOf(set);
    return this.#client.list(this.#pods, namespace).flatMap((pod) => {
      if (isControlledBy(pod, set)) return [pod];
      const isFree = !objectsAt(pod, "metadata", "ownerReferences").some((owner) => owner["controller"] === true);
      if (!isFree || isDeleting(set) || !isActive(pod) || !selects(selector, objectAt(pod, "metadata", "labels")))
        return [];
      return this.#adopt(set, pod);
    });
  }

  #selectorOf(set: JsonObject): JsonObject {
    const selector = objectAt(set, "spec", "selector");
    return this.#sets.kind === "ReplicaSet" ? selector : { matchLabels: selector };
  }

  #adopt(set: JsonObject, pod: JsonObject): JsonObject[] {
    const reference = controllerReference(this.#sets, set);
    const owners = [...objectsAt(pod, "metadata", "ownerReferences"), reference];
    const adopted = this.#client.update(this.#pods, pod, (stored) =>
      withAt(stored, ["metadata", "ownerReferences"], owners),
    );
    return adopted === undefined ? [] : [adopted];
  }

  #scale(set: JsonObject, namespace: string, active: readonly JsonObject[]): void {
    const missing = replicasOf(set) - active.length;
    for (let made = 0; made < Math.min(missing, BURST); made += 1) this.#makePod(set, namespace);
    if (missing >= 0) return;
    for (const pod of active.toSorted(byExpendability).slice(0, -missing)) this.#client.delete(this.#pods, pod);
  }

  #makePod(set: JsonObject, namespace: string): void {
    const template = objectAt(set, "spec", "template");
    const metadata = without(objectAt(template, "metadata"), "name", "namespace", "creationTimestamp");
    this.#client.create(this.#pods, namespace, {
      metadata: {
        ...metadata,
        generateName: `${stringAt(set, "metadata", "name") ?? ""}-`,
        ownerReferences: [controllerReference(this.#sets, set)],
      },
      spec: objectAt(template, "spec"),
    });
  }

  #report(set: JsonObject, namespace: string): number | undefined {
    const pods = this.#client.list(this.#pods, namespace).filter((pod) => isControlledBy(pod, set));
    const active = pods.filter(isActive);
    const labels = Object.entries(objectAt(set, "spec", "template", "metadata", "labels"));
    const minReadySeconds = numberAt(set, "spec", "minReadySeconds") ?? 0;
    const waits = active.map((pod) => untilAvailableMs(pod, minReadySeconds, this.#client.state.clock.nowMs()));
    const fullyLabeled = active.filter((pod) =>
      labels.every(([key, value]) => objectAt(pod, "metadata", "labels")[key] === value),
    );
    const counts: Readonly<Record<string, number>> = {
      fullyLabeledReplicas: fullyLabeled.length,
      readyReplicas: active.filter(isReady).length,
      availableReplicas: waits.filter((wait) => wait === 0).length,
      observedGeneration: numberAt(set, "metadata", "generation") ?? 0,
    };
    const positive = Object.entries(counts).filter(([, count]) => count > 0);
    const status: Record<string, Json> = { replicas: active.length, ...Object.fromEntries(positive) };
    if (this.#sets.kind === "ReplicaSet") status["terminatingReplicas"] = pods.filter(isDeleting).length;
    this.#client.updateStatus(this.#sets, set, status);
    const pending = waits.filter((wait): wait is number => wait !== undefined && wait > 0);
    const isShort =
      !isDeleting(set) && active.length < replicasOf(set) && active.length > 0 && active.length % BURST === 0;
    return isShort ? 0 : pending.length === 0 ? undefined : Math.min(...pending);
  }
}

/** The first to go: unplaced before placed, not ready before ready, young before old. */
function byExpendability(a: JsonObject, b: JsonObject): number {
  const rank = (pod: JsonObject): number =>
    stringAt(pod, "spec", "nodeName") === undefined ? 0 : isReady(pod) ? 2 : 1;
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  const [left, right] = [a, b].map((pod) => stringAt(pod, "metadata", "creationTimestamp") ?? "");
  return left === right ? 0 : (left ?? "") > (right ?? "") ? -1 : 1;
}
