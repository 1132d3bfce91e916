import { equalJson, numberAt, objectAt, stringAt, valueAt, withAt, without, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { nextRolloutSizes, resolveCount } from "./deployment-rollout.ts";
import { deploymentStatus } from "./deployment-status.ts";
import { controllerReference, isDeleting, type ObjectClient, replicasOf } from "./object-client.ts";
import { isControlledBy, ownerKeys, splitKey } from "./owned-objects.ts";
import { templateHash } from "./template-hash.ts";

const HASH_LABEL = "pod-template-hash";
const REVISION = "deployment.kubernetes.io/revision";
const REVISION_HISTORY = 10;

/** Rolls deployments out through ReplicaSets. */
export class DeploymentController implements Controller {
  readonly name: string = "deployment";
  readonly #client: ObjectClient;
  readonly #deployments: Resource;
  readonly #sets: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#deployments = client.resource("apps/v1", "Deployment");
    this.#sets = client.resource("apps/v1", "ReplicaSet");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#deployments)) return [event.key];
    return event.bucket === bucketOf(this.#sets) ? ownerKeys(event, "Deployment") : [];
  }

  reconcile(key: string): number | undefined {
    const { namespace, name } = splitKey(key);
    const deployment = this.#client.get(this.#deployments, namespace, name);
    if (deployment === undefined || isDeleting(deployment)) return undefined;
    const isPaused = valueAt(deployment, "spec", "paused") === true;
    const before = this.#setsOf(deployment, namespace);
    const current =
      before.find((set) => hasTemplate(set, deployment)) ??
      (isPaused ? undefined : this.#makeSet(deployment, namespace, before));
    const old = before.filter((set) => set !== current);
    if (isPaused) this.#resize(current, current === undefined ? 0 : replicasOf(deployment), deployment);
    else if (current !== undefined) this.#roll(deployment, current, old);
    const sets = this.#setsOf(deployment, namespace);
    if (current !== undefined && !isPaused)
      this.#forgetOld(
        deployment,
        sets.filter((set) => !hasTemplate(set, deployment)),
      );
    return this.#report(deployment, sets);
  }

  #setsOf(deployment: JsonObject, namespace: string): JsonObject[] {
    return this.#client
      .list(this.#sets, namespace)
      .filter((set) => isControlledBy(set, deployment) && !isDeleting(set));
  }

  #makeSet(deployment: JsonObject, namespace: string, others: readonly JsonObject[]): JsonObject | undefined {
    const template = objectAt(deployment, "spec", "template");
    const hash = templateHash(template);
    const label = { [HASH_LABEL]: hash };
    const labels = { ...objectAt(template, "metadata", "labels"), ...label };
    const selector = objectAt(deployment, "spec", "selector");
    const revision = 1 + others.reduce((most, set) => Math.max(most, revisionOf(set)), 0);
    const minReadySeconds = numberAt(deployment, "spec", "minReadySeconds");
    return this.#client.create(this.#sets, namespace, {
      metadata: {
        name: `${stringAt(deployment, "metadata", "name") ?? ""}-${hash}`,
        labels,
        annotations: { ...this.#sizeNotes(deployment), [REVISION]: String(revision) },
        ownerReferences: [controllerReference(this.#deployments, deployment)],
      },
      spec: {
        replicas: 0,
        ...(minReadySeconds === undefined ? {} : { minReadySeconds }),
        selector: { ...selector, matchLabels: { ...objectAt(selector, "matchLabels"), ...label } },
        template: withAt(template, ["metadata", "labels"], labels),
      },
    });
  }

  #sizeNotes(deployment: JsonObject): JsonObject {
    const wanted = replicasOf(deployment);
    const { maxSurge } = limitsOf(deployment);
    return {
      "deployment.kubernetes.io/desired-replicas": String(wanted),
      "deployment.kubernetes.io/max-replicas": String(wanted + maxSurge),
    };
  }

  #roll(deployment: JsonObject, current: JsonObject, old: readonly JsonObject[]): void {
    const wanted = replicasOf(deployment);
    if (stringAt(deployment, "spec", "strategy", "type") === "Recreate") {
      for (const set of old) this.#resize(set, 0, deployment);
      const left = old.reduce(
        (sum, set) =>
          sum + (numberAt(set, "status", "replicas") ?? 0) + (numberAt(set, "status", "terminatingReplicas") ?? 0),
        0,
      );
      if (left === 0 && old.every((set) => replicasOf(set) === 0)) this.#resize(current, wanted, deployment);
      return;
    }
    const count = (set: JsonObject): { readonly wanted: number; readonly available: number } => ({
      wanted: replicasOf(set),
      available: numberAt(set, "status", "availableReplicas") ?? 0,
    });
    const sorted = old.toSorted((a, b) => revisionOf(a) - revisionOf(b));
    const sizes = nextRolloutSizes({
      wanted,
      ...limitsOf(deployment),
      current: count(current),
      old: sorted.map(count),
    });
    this.#resize(current, sizes.current, deployment);
    for (const [index, set] of sorted.entries()) this.#resize(set, sizes.old[index] ?? 0, deployment);
    this.#renumber(current, old);
  }

  #resize(set: JsonObject | undefined, size: number, deployment: JsonObject): void {
    if (set === undefined) return;
    const notes = this.#sizeNotes(deployment);
    const annotations = objectAt(set, "metadata", "annotations");
    const isNoted = Object.entries(notes).every(([key, value]) => annotations[key] === value);
    if (replicasOf(set) === size && isNoted) return;
    this.#client.update(this.#sets, set, (stored) =>
      withAt(withAt(stored, ["spec", "replicas"], size), ["metadata", "annotations"], {
        ...objectAt(stored, "metadata", "annotations"),
        ...notes,
      }),
    );
  }

  /** A set that comes back by a rollback gets a new revision. */
  #renumber(current: JsonObject, old: readonly JsonObject[]): void {
    const newest = old.reduce((most, set) => Math.max(most, revisionOf(set)), 0);
    if (revisionOf(current) > newest) return;
    this.#client.update(this.#sets, current, (stored) =>
      withAt(stored, ["metadata", "annotations", REVISION], String(newest + 1)),
    );
  }

  #forgetOld(deployment: JsonObject, old: readonly JsonObject[]): void {
    const limit = numberAt(deployment, "spec", "revisionHistoryLimit") ?? REVISION_HISTORY;
    const idle = old.filter((set) => replicasOf(set) === 0 && (numberAt(set, "status", "replicas") ?? 0) === 0);
    const surplus = idle.toSorted((a, b) => revisionOf(a) - revisionOf(b)).slice(0, Math.max(0, idle.length - limit));
    for (const set of surplus) this.#client.delete(this.#sets, set);
  }

  #report(deployment: JsonObject, sets: readonly JsonObject[]): number | undefined {
    const current = sets.find((set) => hasTemplate(set, deployment));
    const nowMs = this.#client.state.clock.nowMs();
    const { maxUnavailable } = limitsOf(deployment);
    const { status, againMs } = deploymentStatus({ deployment, current, sets, maxUnavailable, nowMs });
    const revision = current === undefined ? undefined : String(revisionOf(current));
    const isNoted = revision === undefined || stringAt(deployment, "metadata", "annotations", REVISION) === revision;
    this.#client.updateStatus(this.#deployments, deployment, status, isNoted ? undefined : { [REVISION]: revision });
    return againMs;
  }
}

function revisionOf(set: JsonObject): number {
  return Number(stringAt(set, "metadata", "annotations", REVISION) ?? 0);
}

/** Whether the set was made from the deployment's template of now. */
function hasTemplate(set: JsonObject, deployment: JsonObject): boolean {
  const strip = (template: JsonObject): JsonObject =>
    withAt(template, ["metadata", "labels"], without(objectAt(template, "metadata", "labels"), HASH_LABEL));
  return equalJson(strip(objectAt(set, "spec", "template")), strip(objectAt(deployment, "spec", "template")));
}

function limitsOf(deployment: JsonObject): { readonly maxSurge: number; readonly maxUnavailable: number } {
  const wanted = replicasOf(deployment);
  if (stringAt(deployment, "spec", "strategy", "type") === "Recreate") return { maxSurge: 0, maxUnavailable: 0 };
  const limits = objectAt(deployment, "spec", "strategy", "rollingUpdate");
  const maxSurge = resolveCount(limits["maxSurge"], wanted, true);
  const maxUnavailable = resolveCount(limits["maxUnavailable"], wanted, false);
  // Both zero would never move. Source: ResolveFenceposts.
  return maxSurge === 0 && maxUnavailable === 0 ? { maxSurge, maxUnavailable: 1 } : { maxSurge, maxUnavailable };
}
