import { definitionResources } from "../custom/definition-resources.ts";
import { listAt, objectAt, objectsAt, stringAt, withAt, type JsonObject } from "../json/json.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { DEFINITION_CLEANUP } from "../rest/delete-object.ts";
import { timestamp } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";
import type { Controller } from "./controller.ts";
import { isDeleting, type ObjectClient } from "./object-client.ts";
import { splitKey } from "./owned-objects.ts";

/** Serves the kinds of custom definitions as soon as they are there, and removes their objects with them. */
export class DefinitionController implements Controller {
  readonly name: string = "custom-definitions";
  readonly #client: ObjectClient;
  readonly #definitions: Resource;

  constructor(client: ObjectClient) {
    this.#client = client;
    this.#definitions = client.resource("apiextensions.k8s.io/v1", "CustomResourceDefinition");
  }

  keysOf(event: StoreEvent): readonly string[] {
    if (event.bucket === bucketOf(this.#definitions)) {
      if (event.type === "DELETED") this.#client.state.registry.setCustom(splitKey(event.key).name, []);
      return event.type === "DELETED" ? [] : [event.key];
    }
    if (event.type !== "DELETED") return [];
    const resource = this.#client.state.registry
      .all()
      .find((one) => bucketOf(one) === event.bucket && one.custom !== undefined);
    return resource?.custom === undefined ? [] : [`/${resource.custom.definition}`];
  }

  reconcile(key: string): undefined {
    const { name } = splitKey(key);
    const definition = this.#client.get(this.#definitions, "", name);
    if (definition === undefined) return;
    if (isDeleting(definition)) this.#remove(definition, name);
    else this.#establish(definition, name);
  }

  #establish(definition: JsonObject, name: string): void {
    const { registry } = this.#client.state;
    registry.setCustom(name, definitionResources(definition, registry.types));
    if (
      objectsAt(definition, "status", "conditions").some(
        (one) => one["type"] === "Established" && one["status"] === "True",
      )
    )
      return;
    const now = timestamp(this.#client.state);
    const condition = (type: string, reason: string, message: string): JsonObject => ({
      type,
      status: "True",
      lastTransitionTime: now,
      reason,
      message,
    });
    const stored = objectsAt(definition, "spec", "versions").find((version) => version["storage"] === true);
    this.#client.updateStatus(this.#definitions, definition, {
      conditions: [
        condition("NamesAccepted", "NoConflicts", "no conflicts found"),
        condition("Established", "InitialNamesAccepted", "the initial names have been accepted"),
      ],
      acceptedNames: objectAt(definition, "spec", "names"),
      storedVersions: [stringAt(stored, "name") ?? ""],
    });
  }

  #remove(definition: JsonObject, name: string): void {
    const resources = this.#client.state.registry.all().filter((one) => one.custom?.definition === name);
    const [resource] = resources;
    if (resource !== undefined) {
      for (const object of this.#client.list(resource)) if (!isDeleting(object)) this.#client.delete(resource, object);
      if (this.#client.list(resource).length > 0) return;
    }
    this.#client.update(this.#definitions, definition, (stored) => {
      const left = listAt(stored, "metadata", "finalizers").filter((one) => one !== DEFINITION_CLEANUP);
      return withAt(stored, ["metadata", "finalizers"], left.length === 0 ? undefined : left);
    });
  }
}
