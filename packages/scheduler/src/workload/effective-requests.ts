import { parseCount, parseCpuMilli, parseMemoryBytes, type ResourceAmounts } from "@flotilla/core";
import type { JsonReader } from "./json-reader.ts";

/**
 * What one pod asks of a node, as the Kubernetes scheduler counts it: the containers together with the sidecars (init
 * containers that restart always), or one init container with the sidecars started before it, whichever is more; pod-level
 * requests replace that sum for the resources they name; overhead is added. A limit without a request is the request.
 * Sources: https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers,
 * https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function effectiveRequests(podSpec: JsonReader): ResourceAmounts {
  const running: Amounts = new Map();
  for (const container of podSpec.at(["containers"]).items()) add(running, requestsOf(container));
  const sidecars: Amounts = new Map();
  const starting: Amounts = new Map();
  for (const container of podSpec.at(["initContainers"]).items()) {
    const requests = requestsOf(container);
    if (container.at(["restartPolicy"]).value === "Always") {
      add(sidecars, requests);
      raise(starting, sidecars);
    } else {
      raise(starting, sum(requests, sidecars));
    }
  }
  const total = sum(running, sidecars);
  raise(total, starting);
  for (const [name, amount] of podLevelRequests(podSpec)) total.set(name, amount);
  add(total, readAmounts(podSpec.at(["overhead"])));
  return toAmounts(total);
}

type Amounts = Map<string, number>;

function requestsOf(container: JsonReader): Amounts {
  const resources = container.at(["resources"]);
  const requests = readAmounts(resources.at(["requests"]));
  for (const [name, amount] of readAmounts(resources.at(["limits"]))) {
    if (!requests.has(name)) requests.set(name, amount);
  }
  return requests;
}

// Pod-level resources speak of CPU, memory and huge pages only (KEP-2837).
function podLevelRequests(podSpec: JsonReader): Amounts {
  const requests = requestsOf(podSpec);
  return new Map(
    [...requests].filter(([name]) => name === "cpu" || name === "memory" || name.startsWith("hugepages-")),
  );
}

function readAmounts(place: JsonReader): Amounts {
  const amounts: Amounts = new Map();
  for (const [name, entry] of place.entries()) {
    const amount = readQuantity(name, entry);
    if (amount !== undefined) amounts.set(name, amount);
  }
  return amounts;
}

function readQuantity(name: string, place: JsonReader): number | undefined {
  const { value } = place;
  if (typeof value !== "string" && typeof value !== "number") {
    place.problem('expected a quantity such as "500m" or "1Gi"');
    return undefined;
  }
  const amount = parserOf(name)(value);
  if (amount === undefined) place.problem(`"${value}" is not a quantity; write one such as "500m", "2" or "1Gi"`);
  else if (amount < 0) place.problem(`"${value}" is negative; a request is 0 or more`);
  else return amount;
  return undefined;
}

function parserOf(name: string): (quantity: string | number) => number | undefined {
  if (name === "cpu") return parseCpuMilli;
  // Byte amounts and whole units are both integers of their base unit.
  return name === "memory" || name.startsWith("hugepages-") ? parseMemoryBytes : parseCount;
}

/** Local disk is not part of `ResourceAmounts`: nodes' free disk is not observed, so it cannot be promised or refused. */
function toAmounts(amounts: Amounts): ResourceAmounts {
  const extended = [...amounts].filter(
    ([name, amount]) => amount > 0 && name !== "cpu" && name !== "memory" && name !== "ephemeral-storage",
  );
  const base = { cpuMilli: amounts.get("cpu") ?? 0, memoryBytes: amounts.get("memory") ?? 0, pods: 1 };
  return extended.length === 0 ? base : { ...base, extended: Object.fromEntries(extended) };
}

function add(target: Amounts, amounts: Amounts): void {
  for (const [name, amount] of amounts) target.set(name, (target.get(name) ?? 0) + amount);
}

function raise(target: Amounts, amounts: Amounts): void {
  for (const [name, amount] of amounts) target.set(name, Math.max(target.get(name) ?? 0, amount));
}

function sum(a: Amounts, b: Amounts): Amounts {
  const total = new Map(a);
  add(total, b);
  return total;
}
