import { readObject, type ApiRequest } from "../http/request.ts";
import { badRequest, conflict, notFound, StatusError } from "../http/status-error.ts";
import { numberAt, objectAt, objectsAt, stringAt, valueAt, withAt, without, type JsonObject } from "../json/json.ts";
import type { Resource } from "../resources/resource.ts";
import { selects } from "../validation/validate-metadata.ts";
import { deleteObject } from "./delete-object.ts";
import { listStored, putStored, readStored, type ServerState, timestamp } from "./server-state.ts";

const SUCCESS: JsonObject = Object.freeze({
  kind: "Status",
  apiVersion: "v1",
  metadata: {},
  status: "Success",
  code: 201,
});

/** POST to a pod's `binding`: puts it on a node. @throws StatusError 404, or 409 when it is on one already */
export function bindPod(state: ServerState, pods: Resource, request: ApiRequest): JsonObject {
  const { namespace, name } = request.info;
  const binding = readObject(request, { group: "", version: "v1", kind: "Binding" });
  if (stringAt(binding, "metadata", "name") !== name)
    throw badRequest("name in URL does not match name in Binding object");
  const pod = readStored(state, pods, namespace, name);
  if (pod === undefined) throw notFound(pods, name);
  const node = stringAt(pod, "spec", "nodeName") ?? "";
  if (node !== "")
    throw conflict(
      { group: "", plural: "pods/binding" },
      name,
      `pod ${name} is already assigned to node ${JSON.stringify(node)}`,
    );
  if (request.info.query.get("dryRun") !== "All") placePod(state, pods, pod, stringAt(binding, "target", "name") ?? "");
  return SUCCESS;
}

/** Puts a pod on a node and notes that it is scheduled. */
export function placePod(state: ServerState, pods: Resource, pod: JsonObject, node: string): JsonObject {
  const condition = { type: "PodScheduled", status: "True", lastProbeTime: null, lastTransitionTime: timestamp(state) };
  const others = objectsAt(pod, "status", "conditions").filter((one) => one["type"] !== "PodScheduled");
  const placed = withAt(pod, ["spec", "nodeName"], node);
  return putStored(state, pods, withAt(placed, ["status", "conditions"], [...others, condition]));
}

/** POST to a pod's `eviction`: deletes it unless a disruption budget forbids. @throws StatusError 404, 429 */
export function evictPod(state: ServerState, pods: Resource, request: ApiRequest): JsonObject {
  const { namespace, name } = request.info;
  const eviction = readObject(request, { group: "policy", version: "v1", kind: "Eviction" });
  const pod = readStored(state, pods, namespace, name);
  if (pod === undefined) throw notFound(pods, name);
  const budget = budgetAgainst(state, pod, namespace);
  if (budget !== undefined) throw refusedBy(budget);
  const options = objectAt(eviction, "deleteOptions");
  const graceSeconds = numberAt(options, "gracePeriodSeconds");
  const uid = stringAt(options, "preconditions", "uid");
  deleteObject(
    state,
    pods,
    { namespace, name },
    {
      ...(graceSeconds === undefined ? {} : { graceSeconds }),
      ...(uid === undefined ? {} : { uid }),
      dryRun: request.info.query.get("dryRun") === "All" || objectsAt(options, "dryRun").length > 0,
    },
  );
  return SUCCESS;
}

function budgetAgainst(state: ServerState, pod: JsonObject, namespace: string): JsonObject | undefined {
  const isReady = objectsAt(pod, "status", "conditions").some(
    (one) => one["type"] === "Ready" && one["status"] === "True",
  );
  if (!isReady) return undefined;
  const budgets = listStored(state, state.registry.need("policy/v1", "PodDisruptionBudget"), namespace);
  const labels = objectAt(pod, "metadata", "labels");
  return budgets.find(
    (one) =>
      selects(objectAt(one, "spec", "selector"), labels) && (numberAt(one, "status", "disruptionsAllowed") ?? 0) <= 0,
  );
}

function refusedBy(budget: JsonObject): StatusError {
  const name = stringAt(budget, "metadata", "name") ?? "";
  const [needed, healthy] = [
    numberAt(budget, "status", "desiredHealthy") ?? 0,
    numberAt(budget, "status", "currentHealthy") ?? 0,
  ];
  const message = `The disruption budget ${name} needs ${needed} healthy pods and has ${healthy} currently`;
  return new StatusError(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: "DisruptionBudget", message }],
  });
}

/** PUT to a namespace's `finalize`: sets what holds it, and lets it go when nothing does. */
export function finalizeNamespace(state: ServerState, namespaces: Resource, request: ApiRequest): JsonObject {
  const { name } = request.info;
  const body = readObject(request, namespaces);
  const old = readStored(state, namespaces, "", name);
  if (old === undefined) throw notFound(namespaces, name);
  const finalizers = valueAt(body, "spec", "finalizers") ?? [];
  const next = withAt(
    old,
    ["spec"],
    Array.isArray(finalizers) && finalizers.length === 0
      ? without(objectAt(old, "spec"), "finalizers")
      : { finalizers },
  );
  return putStored(state, namespaces, next);
}
