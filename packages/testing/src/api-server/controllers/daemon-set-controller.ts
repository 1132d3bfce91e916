import { numberAt, objectAt, objectsAt, stringAt, withAt, without, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { resolveCount } from "./deployment-rollout.ts";
import { placementMisfit } from "./node-fit.ts";
import { controllerReference, isDeleting, type ObjectClient } from "./object-client.ts";
import { isControlledBy, ownerKeys, splitKey } from "./owned-objects.ts";
import { hasEnded, isActive, isReady } from "./pod-facts.ts";
import { templateHash } from "./template-hash.ts";

const REVISION = "controller-revision-hash";
/** Taints that daemons bear. Source: AddOrUpdateDaemonPodTolerations. */
const TOLERATIONS: readonly JsonObject[] = [
  ["not-ready", "NoExecute"],
  ["unreachable", "NoExecute"],
  ["disk-pressure", "NoSchedule"],
  ["memory-pressure", "NoSchedule"],
  ["pid-pressure", "NoSchedule"],
  ["unschedulable", "NoSchedule"],
].map(([state = "", effect = ""]) => ({ key: `node.kubernetes.io/${state}`, operator: "Exists", effect }));

/** Keeps one pod of a DaemonSet on every node that takes it; updates node by node. */
export class DaemonSetController implements Controller {
  readonly name: string = "daemon-set";
  readonly #client: ObjectClient;
  readonly #sets: Resource;
  readonly #pods: Resource;
  readonly #nodes: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#sets = client.resource("apps/v1", "DaemonSet");
    this.#pods = client.resource("v1", "Pod");
    this.#nodes = client.resource("v1", "Node");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#sets)) return [event.key];
    if (event.bucket === bucketOf(this.#pods)) return ownerKeys(event, "DaemonSet");
    if (event.bucket !== bucketOf(this.#nodes)) return [];
    return this.#client.state.store.list(bucketOf(this.#sets)).map(([key]) => key);
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const set = this.#client.get(this.#sets, namespace, name);
    if (set === undefined) return;
    const hash = templateHash(objectAt(set, "spec", "template"));
    const probe = { spec: this.#podSpec(set, "") };
    const nodes = this.#client
      .list(this.#nodes)
      .filter((node) => placementMisfit(withAt(probe, ["spec", "affinity"], undefined), node) === undefined);
    const names = new Set(nodes.map((node) => stringAt(node, "metadata", "name") ?? ""));
    if (!isDeleting(set)) this.#sync(set, namespace, names, hash);
    this.#report(set, namespace, names, hash);
  }

  #podsOf(set: JsonObject, namespace: string): JsonObject[] {
    return this.#client.list(this.#pods, namespace).filter((pod) => isControlledBy(pod, set));
  }

  #sync(set: JsonObject, namespace: string, nodes: ReadonlySet<string>, hash: string): void {
    const pods = this.#podsOf(set, namespace);
    const taken = new Set<string>();
    for (const pod of pods) {
      const node = targetOf(pod);
      if (hasEnded(pod) || !nodes.has(node) || (taken.has(node) && !isDeleting(pod)))
        this.#client.delete(this.#pods, pod);
      else taken.add(node);
    }
    for (const node of nodes) if (!taken.has(node)) this.#makePod(set, namespace, node, hash);
    if (stringAt(set, "spec", "updateStrategy", "type") === "OnDelete") return;
    const limit = resolveCount(
      objectAt(set, "spec", "updateStrategy", "rollingUpdate")["maxUnavailable"] ?? 1,
      nodes.size,
      true,
    );
    const unavailable = pods.filter((pod) => !isActive(pod) || !isReady(pod)).length + (nodes.size - taken.size);
    const old = pods.filter((pod) => isActive(pod) && stringAt(pod, "metadata", "labels", REVISION) !== hash);
    const broken = old.filter((pod) => !isReady(pod));
    const room = Math.max(0, Math.max(1, limit) - unavailable);
    for (const pod of [...broken, ...old.filter(isReady).slice(0, room)]) this.#client.delete(this.#pods, pod);
  }

  #podSpec(set: JsonObject, node: string): JsonObject {
    const spec = objectAt(set, "spec", "template", "spec");
    const field = { key: "metadata.name", operator: "In", values: [node] };
    const path = ["affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"];
    const pinned = withAt(spec, path, { nodeSelectorTerms: [{ matchFields: [field] }] });
    return withAt(pinned, ["tolerations"], [...objectsAt(spec, "tolerations"), ...TOLERATIONS]);
  }

  #makePod(set: JsonObject, namespace: string, node: string, hash: string): void {
    const metadata = objectAt(set, "spec", "template", "metadata");
    this.#client.create(this.#pods, namespace, {
      metadata: {
        ...without(metadata, "name", "namespace", "creationTimestamp"),
        generateName: `${stringAt(set, "metadata", "name") ?? ""}-`,
        labels: { ...objectAt(metadata, "labels"), [REVISION]: hash },
        ownerReferences: [controllerReference(this.#sets, set)],
      },
      spec: this.#podSpec(set, node),
    });
  }

  #report(set: JsonObject, namespace: string, nodes: ReadonlySet<string>, hash: string): void {
    const pods = this.#podsOf(set, namespace).filter((pod) => isActive(pod) && nodes.has(targetOf(pod)));
    const ready = pods.filter(isReady).length;
    const updated = pods.filter((pod) => stringAt(pod, "metadata", "labels", REVISION) === hash).length;
    const optional = { updatedNumberScheduled: updated, numberAvailable: ready, numberUnavailable: nodes.size - ready };
    this.#client.updateStatus(this.#sets, set, {
      currentNumberScheduled: pods.length,
      desiredNumberScheduled: nodes.size,
      numberMisscheduled: 0,
      numberReady: ready,
      observedGeneration: numberAt(set, "metadata", "generation") ?? 0,
      ...Object.fromEntries(Object.entries(optional).filter(([, count]) => count > 0)),
    });
  }
}

/** The node a daemon's pod is on, or is made for. */
function targetOf(pod: JsonObject): string {
  const placed = stringAt(pod, "spec", "nodeName") ?? "";
  if (placed !== "") return placed;
  const required = objectAt(pod, "spec", "affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution");
  const fields = objectsAt(required, "nodeSelectorTerms").flatMap((term) => objectsAt(term, "matchFields"));
  const values = fields[0]?.["values"];
  return Array.isArray(values) && typeof values[0] === "string" ? values[0] : "";
}
