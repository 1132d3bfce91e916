import { listAt, objectAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { isDeleting, type ObjectClient } from "./object-client.ts";
import { splitKey } from "./owned-objects.ts";

/** Fills new namespaces with what every one has, and empties those that are deleted. */
export class NamespaceController implements Controller {
  readonly name: string = "namespace";
  readonly #client: ObjectClient;
  readonly #namespaces: Resource;
  readonly #caPem: string;

  constructor(client: ObjectClient, caPem: string) {
    this.#client = client;
    this.#namespaces = client.resource("v1", "Namespace");
    this.#caPem = caPem;
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#namespaces)) return event.type === "DELETED" ? [] : [event.key];
    const { namespace } = splitKey(event.key);
    return namespace !== "" && event.type === "DELETED" ? [`/${namespace}`] : [];
  }

  reconcile(key: string): undefined {
    const { name } = splitKey(key);
    const namespace = this.#client.get(this.#namespaces, "", name);
    if (namespace === undefined) return;
    if (isDeleting(namespace)) this.#empty(namespace, name);
    else this.#fill(name);
  }

  #fill(name: string): void {
    const accounts = this.#client.resource("v1", "ServiceAccount");
    if (this.#client.get(accounts, name, "default") === undefined)
      this.#client.create(accounts, name, { metadata: { name: "default" } });
    const maps = this.#client.resource("v1", "ConfigMap");
    if (this.#client.get(maps, name, "kube-root-ca.crt") !== undefined) return;
    const note =
      "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";
    this.#client.create(maps, name, {
      metadata: { name: "kube-root-ca.crt", annotations: { "kubernetes.io/description": note } },
      data: { "ca.crt": this.#caPem },
    });
  }

  #empty(namespace: JsonObject, name: string): void {
    if (!listAt(namespace, "spec", "finalizers").includes("kubernetes")) return;
    let left = 0;
    const done = new Set<string>();
    for (const resource of this.#client.state.registry.all()) {
      const bucket = bucketOf(resource);
      if (!resource.namespaced || done.has(bucket)) continue;
      done.add(bucket);
      for (const object of this.#client.list(resource, name))
        if (!isDeleting(object)) this.#client.delete(resource, object);
      left += this.#client.list(resource, name).length;
    }
    if (left > 0) return;
    const finalizers = listAt(namespace, "spec", "finalizers").filter((one) => one !== "kubernetes");
    const spec = finalizers.length === 0 ? {} : { ...objectAt(namespace, "spec"), finalizers };
    const last = withAt(namespace, ["spec"], spec);
    if (finalizers.length + listAt(namespace, "metadata", "finalizers").length > 0)
      this.#client.state.store.put(bucketOf(this.#namespaces), `/${name}`, last);
    else
      this.#client.state.store.remove(
        bucketOf(this.#namespaces),
        `/${stringAt(namespace, "metadata", "name") ?? ""}`,
        last,
      );
  }
}
