import { numberAt, objectAt, valueAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import { selects } from "../validation/validate-metadata.ts";
import type { Controller } from "./controller.ts";
import { resolveCount } from "./deployment-rollout.ts";
import type { ObjectClient } from "./object-client.ts";
import { splitKey } from "./owned-objects.ts";
import { isActive, isReady } from "./pod-facts.ts";

/** Keeps count of what disruption budgets allow. Expected pods are those that are there. */
export class DisruptionController implements Controller {
  readonly name: string = "disruption";
  readonly #client: ObjectClient;
  readonly #budgets: Resource;
  readonly #pods: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#budgets = client.resource("policy/v1", "PodDisruptionBudget");
    this.#pods = client.resource("v1", "Pod");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#budgets)) return event.type === "DELETED" ? [] : [event.key];
    if (event.bucket !== bucketOf(this.#pods)) return [];
    const { namespace } = splitKey(event.key);
    return this.#client.state.store.list(bucketOf(this.#budgets), { namespace }).map(([key]) => key);
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const budget = this.#client.get(this.#budgets, namespace, name);
    if (budget === undefined) return;
    const pods = this.#client
      .list(this.#pods, namespace)
      .filter((pod) => selects(objectAt(budget, "spec", "selector"), objectAt(pod, "metadata", "labels")));
    const active = pods.filter(isActive);
    const healthy = active.filter(isReady).length;
    const desired = desiredHealthy(budget, active.length);
    const known = valueAt(budget, "status", "conditions");
    this.#client.updateStatus(this.#budgets, budget, {
      currentHealthy: healthy,
      desiredHealthy: desired,
      disruptionsAllowed: Math.max(0, healthy - desired),
      expectedPods: active.length,
      observedGeneration: numberAt(budget, "metadata", "generation") ?? 0,
      ...(known === undefined ? {} : { conditions: known }),
    });
  }
}

function desiredHealthy(budget: JsonObject, expected: number): number {
  const spec = objectAt(budget, "spec");
  const [least, most] = [spec["minAvailable"], spec["maxUnavailable"]];
  if (most !== undefined) return Math.max(0, expected - resolveCount(most, expected, true));
  return resolveCount(least ?? 1, expected, true);
}
