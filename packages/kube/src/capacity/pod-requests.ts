import { isJsonObject, parseCount, parseCpuMilli, parseMemoryBytes } from "@flotilla/core";

/** Amounts by resource name, each in its own unit: milli-CPU for `cpu`, bytes for memory and storage, whole units otherwise. */
export type Requests = Map<string, number>;

/**
 * What a pod takes of its node, as kube-scheduler computes it: the larger of what its containers need together and what any
 * moment of its start needs, sidecars (init containers that restart) counted from their own start on; what the pod as a whole
 * asks for in place of that; overhead on top. A container being resized counts by the largest of what is wanted, allocated
 * and in use. Source: k8s.io/component-helpers `resource.PodRequests`; KEP-753, KEP-1287, KEP-2837.
 */
export function podRequests(pod: Readonly<Record<string, unknown>>): Requests {
  const spec = isJsonObject(pod["spec"]) ? pod["spec"] : {};
  const status = isJsonObject(pod["status"]) ? pod["status"] : {};
  const total: Requests = new Map();
  const running = statusesByName(status["containerStatuses"]);
  for (const container of objects(spec["containers"])) add(total, containerRequests(container, running));
  raise(total, startRequests(spec, total, statusesByName(status["initContainerStatuses"])));
  for (const [name, amount] of requestsOf(spec["resources"])) total.set(name, amount);
  add(total, quantities(spec["overhead"]));
  return total;
}

/** The largest need of any moment of the start. Adds each sidecar to `total`, since it keeps running beside the containers. */
function startRequests(spec: Readonly<Record<string, unknown>>, total: Requests, running: Statuses): Requests {
  const most: Requests = new Map();
  const sidecars: Requests = new Map();
  for (const container of objects(spec["initContainers"])) {
    const own = containerRequests(container, running);
    const moment = new Map(sidecars);
    add(moment, own);
    if (container["restartPolicy"] === "Always") {
      add(total, own);
      add(sidecars, own);
    }
    raise(most, moment);
  }
  return most;
}

type Statuses = ReadonlyMap<unknown, Readonly<Record<string, unknown>>>;

function containerRequests(container: Readonly<Record<string, unknown>>, running: Statuses): Requests {
  const wanted = requestsOf(container["resources"]);
  const status = running.get(container["name"]);
  if (status === undefined) return wanted;
  raise(wanted, requestsOf(status["resources"]));
  raise(wanted, quantities(status["allocatedResources"]));
  return wanted;
}

function statusesByName(statuses: unknown): Statuses {
  return new Map(objects(statuses).map((status) => [status["name"], status]));
}

function requestsOf(resources: unknown): Requests {
  return quantities(isJsonObject(resources) ? resources["requests"] : undefined);
}

/** What is no quantity counts as nothing: the server checks them, so it does not happen with a real one. */
export function quantities(amounts: unknown): Requests {
  const parsed: Requests = new Map();
  if (!isJsonObject(amounts)) return parsed;
  for (const [name, value] of Object.entries(amounts)) {
    if (typeof value !== "string" && typeof value !== "number") continue;
    const amount = parse(name, value);
    if (amount !== undefined) parsed.set(name, amount);
  }
  return parsed;
}

function parse(name: string, value: string | number): number | undefined {
  if (name === "cpu") return parseCpuMilli(value);
  const bytes = name === "memory" || name === "ephemeral-storage" || name.startsWith("hugepages-");
  return bytes ? parseMemoryBytes(value) : parseCount(value);
}

function add(total: Requests, more: Requests): void {
  for (const [name, amount] of more) total.set(name, (total.get(name) ?? 0) + amount);
}

function raise(total: Requests, atLeast: Requests): void {
  for (const [name, amount] of atLeast) total.set(name, Math.max(total.get(name) ?? 0, amount));
}

function objects(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
