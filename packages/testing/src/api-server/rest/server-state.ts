import type { Clock } from "@flotilla/core";
import type { JsonObject } from "../json/json.ts";
import type { Registry } from "../resources/registry.ts";
import { bucketOf, type Resource } from "../resources/resource.ts";
import { nameOf, objectKey, type ObjectStore } from "../store/object-store.ts";
import type { IdSource } from "./id-source.ts";
import type { ServiceAddresses } from "./service-addresses.ts";

/** What every operation works on. */
export interface ServerState {
  readonly store: ObjectStore;
  readonly registry: Registry;
  readonly clock: Clock;
  readonly ids: IdSource;
  readonly addresses: ServiceAddresses;
}

/** How a write is done. `warnings` collects what goes into Warning headers. */
export interface WriteOptions {
  readonly manager: string;
  readonly dryRun: boolean;
  readonly fieldValidation: "Ignore" | "Warn" | "Strict";
  readonly subresource?: string;
  readonly warnings: string[];
}

/** The stored object, or `undefined`. */
export function readStored(
  state: ServerState,
  resource: Resource,
  namespace: string,
  name: string,
): JsonObject | undefined {
  return state.store.get(bucketOf(resource), objectKey(namespace, name));
}

/** All stored objects of a kind, of one namespace or of all. */
export function listStored(state: ServerState, resource: Resource, namespace?: string): JsonObject[] {
  return state.store.list(bucketOf(resource), namespace === undefined ? {} : { namespace }).map(([, object]) => object);
}

/** Stores an object under its own name. */
export function putStored(state: ServerState, resource: Resource, object: JsonObject): JsonObject {
  const { namespace, name } = nameOf(object);
  return state.store.put(bucketOf(resource), objectKey(namespace, name), object);
}

/** The time as objects carry it: RFC 3339 in whole seconds. */
export function timestamp(state: Pick<ServerState, "clock">): string {
  return formatTime(state.clock.nowMs());
}

/** RFC 3339 in whole seconds. */
export function formatTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/\.\d+Z$/, "Z");
}
