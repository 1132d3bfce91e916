import {
  numberAt,
  objectAt,
  objectsAt,
  stringAt,
  stringsAt,
  equalJson,
  type Json,
  type JsonObject,
} from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { controllerReference, isDeleting, type ObjectClient, uidOf } from "./object-client.ts";
import { isControlledBy, splitKey } from "./owned-objects.ts";
import { hasEnded, isReady } from "./pod-facts.ts";

const SERVICE_LABEL = "kubernetes.io/service-name";
const MANAGED_LABEL = "endpointslice.kubernetes.io/managed-by";

/** Keeps one EndpointSlice for each service with a selector, however many endpoints it has. */
export class EndpointSliceController implements Controller {
  readonly name: string = "endpoint-slice";
  readonly #client: ObjectClient;
  readonly #services: Resource;
  readonly #slices: Resource;
  readonly #pods: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#services = client.resource("v1", "Service");
    this.#slices = client.resource("discovery.k8s.io/v1", "EndpointSlice");
    this.#pods = client.resource("v1", "Pod");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#services)) return event.type === "DELETED" ? [] : [event.key];
    if (event.bucket !== bucketOf(this.#pods)) return [];
    const labels = [event.object, event.previous].map((pod) => objectAt(pod, "metadata", "labels"));
    const services = this.#client.state.store.list(bucketOf(this.#services), {
      namespace: splitKey(event.key).namespace,
    });
    return services.filter(([, service]) => labels.some((one) => selectsPod(service, one))).map(([key]) => key);
  }

  reconcile(key: string): undefined {
    const { namespace, name } = splitKey(key);
    const service = this.#client.get(this.#services, namespace, name);
    if (service === undefined || isDeleting(service)) return;
    const hasSelector = Object.keys(objectAt(service, "spec", "selector")).length > 0;
    if (!hasSelector || stringAt(service, "spec", "type") === "ExternalName") return;
    const pods = this.#client
      .list(this.#pods, namespace)
      .filter((pod) => selectsPod(service, objectAt(pod, "metadata", "labels")) && !hasEnded(pod));
    const endpoints = pods.flatMap(endpointOf);
    const ports = objectsAt(service, "spec", "ports").map((port) => portOf(port, pods[0]));
    const known = this.#client.list(this.#slices, namespace).find((slice) => isControlledBy(slice, service));
    if (known === undefined) this.#make(service, namespace, endpoints, ports);
    else if (!equalJson(known["endpoints"] ?? [], endpoints) || !equalJson(known["ports"] ?? [], ports)) {
      this.#client.update(this.#slices, known, (stored) => ({ ...stored, endpoints, ports }));
    }
  }

  #make(service: JsonObject, namespace: string, endpoints: Json[], ports: Json[]): void {
    const name = stringAt(service, "metadata", "name") ?? "";
    this.#client.create(this.#slices, namespace, {
      metadata: {
        generateName: `${name}-`,
        labels: {
          ...stringsAt(service, "metadata", "labels"),
          [SERVICE_LABEL]: name,
          [MANAGED_LABEL]: "endpointslice-controller.k8s.io",
        },
        ownerReferences: [controllerReference(this.#services, service)],
      },
      addressType: "IPv4",
      endpoints,
      ports,
    });
  }
}

function selectsPod(service: JsonObject, labels: JsonObject): boolean {
  const selector = Object.entries(objectAt(service, "spec", "selector"));
  return selector.length > 0 && selector.every(([key, value]) => labels[key] === value);
}

function endpointOf(pod: JsonObject): Json[] {
  const address = stringAt(pod, "status", "podIP");
  if (address === undefined) return [];
  const ready = isReady(pod) && !isDeleting(pod);
  const { namespace = "", name = "" } = {
    namespace: stringAt(pod, "metadata", "namespace"),
    name: stringAt(pod, "metadata", "name"),
  };
  return [
    {
      addresses: [address],
      conditions: { ready, serving: isReady(pod), terminating: isDeleting(pod) },
      nodeName: stringAt(pod, "spec", "nodeName") ?? "",
      targetRef: { kind: "Pod", namespace, name, uid: uidOf(pod) },
    },
  ];
}

function portOf(port: JsonObject, pod: JsonObject | undefined): Json {
  const target = port["targetPort"];
  const named = objectsAt(pod, "spec", "containers")
    .flatMap((container) => objectsAt(container, "ports"))
    .find((one) => one["name"] === target);
  const number = typeof target === "number" ? target : numberAt(named, "containerPort");
  return {
    name: stringAt(port, "name") ?? "",
    protocol: stringAt(port, "protocol") ?? "TCP",
    ...(number === undefined ? {} : { port: number }),
  };
}
