import { numberAt, objectAt, objectsAt, stringAt, without, type Json, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { controllerReference, isDeleting, type ObjectClient, replicasOf } from "./object-client.ts";
import { isControlledBy, ownerKeys, splitKey } from "./owned-objects.ts";
import { hasEnded, isActive, isReady } from "./pod-facts.ts";
import { templateHash } from "./template-hash.ts";

const REVISION = "controller-revision-hash";
const POD_NAME = "statefulset.kubernetes.io/pod-name";
const POD_INDEX = "apps.kubernetes.io/pod-index";

/** Runs StatefulSets: named pods in order, claims for each, rolling updates from the last to the first above the partition. */
export class StatefulSetController implements Controller {
  readonly name: string = "stateful-set";
  readonly #client: ObjectClient;
  readonly #sets: Resource;
  readonly #pods: Resource;
  readonly #claims: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#sets = client.resource("apps/v1", "StatefulSet");
    this.#pods = client.resource("v1", "Pod");
    this.#claims = client.resource("v1", "PersistentVolumeClaim");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#sets)) return [event.key];
    return event.bucket === bucketOf(this.#pods) ? ownerKeys(event, "StatefulSet") : [];
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const set = this.#client.get(this.#sets, namespace, name);
    if (set === undefined) return;
    const revision = `${name}-${templateHash(objectAt(set, "spec", "template"))}`;
    if (!isDeleting(set)) this.#step(set, namespace, revision);
    this.#report(set, namespace, revision);
  }

  #podsOf(set: JsonObject, namespace: string): Map<number, JsonObject> {
    const pods = this.#client.list(this.#pods, namespace).filter((pod) => isControlledBy(pod, set));
    return new Map(pods.map((pod) => [ordinalOf(pod), pod]));
  }

  /** One step at a time, unless the pods may go in parallel. */
  #step(set: JsonObject, namespace: string, revision: string): void {
    const pods = this.#podsOf(set, namespace);
    const start = numberAt(set, "spec", "ordinals", "start") ?? 0;
    const end = start + replicasOf(set);
    const isParallel = stringAt(set, "spec", "podManagementPolicy") === "Parallel";
    for (let ordinal = start; ordinal < end; ordinal += 1) {
      const pod = pods.get(ordinal);
      if (pod !== undefined && hasEnded(pod) && !isDeleting(pod)) this.#client.delete(this.#pods, pod);
      if (pod === undefined) this.#makePod(set, namespace, ordinal, revision);
      if (!isParallel && (pod === undefined || !isActive(pod) || !isReady(pod))) return;
    }
    const surplus = [...pods].filter(([ordinal]) => ordinal < start || ordinal >= end).toSorted(([a], [b]) => b - a);
    for (const [, pod] of isParallel ? surplus : surplus.slice(0, 1))
      if (!isDeleting(pod)) this.#client.delete(this.#pods, pod);
    if (surplus.length === 0) this.#update(set, pods, end, revision);
  }

  #update(set: JsonObject, pods: ReadonlyMap<number, JsonObject>, end: number, revision: string): void {
    if (stringAt(set, "spec", "updateStrategy", "type") === "OnDelete") return;
    const partition = numberAt(set, "spec", "updateStrategy", "rollingUpdate", "partition") ?? 0;
    for (let ordinal = end - 1; ordinal >= partition; ordinal -= 1) {
      const pod = pods.get(ordinal);
      if (pod === undefined || isDeleting(pod)) return;
      if (stringAt(pod, "metadata", "labels", REVISION) !== revision) return this.#client.delete(this.#pods, pod);
      if (!isReady(pod)) return;
    }
  }

  #makePod(set: JsonObject, namespace: string, ordinal: number, revision: string): void {
    const name = `${stringAt(set, "metadata", "name") ?? ""}-${ordinal}`;
    const template = objectAt(set, "spec", "template");
    const claims = objectsAt(set, "spec", "volumeClaimTemplates");
    for (const claim of claims) this.#makeClaim(set, namespace, claim, name);
    const volumes: Json[] = claims.map((claim) => {
      const claimed = stringAt(claim, "metadata", "name") ?? "";
      return { name: claimed, persistentVolumeClaim: { claimName: `${claimed}-${name}` } };
    });
    const labels = {
      ...objectAt(template, "metadata", "labels"),
      [REVISION]: revision,
      [POD_NAME]: name,
      [POD_INDEX]: String(ordinal),
    };
    const spec = objectAt(template, "spec");
    const service = stringAt(set, "spec", "serviceName") ?? "";
    this.#client.create(this.#pods, namespace, {
      metadata: {
        ...without(objectAt(template, "metadata"), "name", "namespace", "creationTimestamp"),
        name,
        labels,
        ownerReferences: [controllerReference(this.#sets, set)],
      },
      spec: {
        ...spec,
        hostname: name,
        ...(service === "" ? {} : { subdomain: service }),
        ...(volumes.length === 0 ? {} : { volumes: [...objectsAt(spec, "volumes"), ...volumes] }),
      },
    });
  }

  #makeClaim(set: JsonObject, namespace: string, claim: JsonObject, pod: string): void {
    const name = `${stringAt(claim, "metadata", "name") ?? ""}-${pod}`;
    if (this.#client.get(this.#claims, namespace, name) !== undefined) return;
    const labels = objectAt(set, "spec", "selector", "matchLabels");
    this.#client.create(this.#claims, namespace, { metadata: { name, labels }, spec: objectAt(claim, "spec") });
  }

  #report(set: JsonObject, namespace: string, revision: string): void {
    const pods = [...this.#podsOf(set, namespace).values()].filter((pod) => !hasEnded(pod));
    const updated = pods.filter(
      (pod) => isActive(pod) && stringAt(pod, "metadata", "labels", REVISION) === revision,
    ).length;
    const ready = pods.filter((pod) => isActive(pod) && isReady(pod)).length;
    const known = stringAt(set, "status", "currentRevision");
    const isUpdated = updated === replicasOf(set) && ready === updated && pods.length === updated;
    const current = known === undefined || isUpdated ? revision : known;
    const atCurrent = pods.filter((pod) => stringAt(pod, "metadata", "labels", REVISION) === current).length;
    const counts = { readyReplicas: ready, currentReplicas: atCurrent, updatedReplicas: updated };
    this.#client.updateStatus(this.#sets, set, {
      observedGeneration: numberAt(set, "metadata", "generation") ?? 0,
      replicas: pods.length,
      ...Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
      availableReplicas: ready,
      currentRevision: current,
      updateRevision: revision,
      collisionCount: 0,
    });
  }
}

function ordinalOf(pod: JsonObject): number {
  return Number(/-(\d+)$/.exec(stringAt(pod, "metadata", "name") ?? "")?.[1] ?? -1);
}
