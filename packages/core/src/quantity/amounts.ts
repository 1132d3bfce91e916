import type { ResourceAmounts } from "./resource-amounts.ts";

/** No CPU, no memory, no pods. */
export const ZERO_AMOUNTS: ResourceAmounts = Object.freeze({ cpuMilli: 0, memoryBytes: 0, pods: 0 });

/** `a + b`, unit by unit; an extended resource that one side does not have counts as zero. */
export function addAmounts(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  return combine(a, b, 1);
}

/** `a - b`, unit by unit. May go negative: an overcommitted node is a fact, not an error. */
export function subtractAmounts(a: ResourceAmounts, b: ResourceAmounts): ResourceAmounts {
  return combine(a, b, -1);
}

/** `amounts × factor`; the factor is a count, so whole numbers stay whole. */
export function scaleAmounts(amounts: ResourceAmounts, factor: number): ResourceAmounts {
  const { extended } = amounts;
  const scaled = {
    cpuMilli: amounts.cpuMilli * factor,
    memoryBytes: amounts.memoryBytes * factor,
    pods: amounts.pods * factor,
  };
  if (extended === undefined) return scaled;
  const entries = Object.entries(extended).map(([name, units]) => [name, units * factor] as const);
  return { ...scaled, extended: Object.fromEntries(entries) };
}

/**
 * How many copies of `request` go into `free`: the smallest quotient over CPU, memory, pods and every extended resource
 * asked for. A zero request does not limit; when nothing is asked for at all the answer is the largest safe integer.
 */
export function copiesThatFit(free: ResourceAmounts, request: ResourceAmounts): number {
  let copies = Math.min(
    quotient(free.cpuMilli, request.cpuMilli),
    quotient(free.memoryBytes, request.memoryBytes),
    quotient(free.pods, request.pods),
  );
  const { extended } = request;
  if (extended === undefined) return copies;
  for (const name of Object.keys(extended)) {
    copies = Math.min(copies, quotient(unitsOf(free, name), extended[name] ?? 0));
  }
  return copies;
}

function quotient(free: number, request: number): number {
  if (request <= 0) return Number.MAX_SAFE_INTEGER;
  return free <= 0 ? 0 : Math.floor(free / request);
}

function unitsOf(amounts: ResourceAmounts, name: string): number {
  const { extended } = amounts;
  return extended !== undefined && Object.hasOwn(extended, name) ? (extended[name] ?? 0) : 0;
}

function combine(a: ResourceAmounts, b: ResourceAmounts, sign: 1 | -1): ResourceAmounts {
  const sum = {
    cpuMilli: a.cpuMilli + sign * b.cpuMilli,
    memoryBytes: a.memoryBytes + sign * b.memoryBytes,
    pods: a.pods + sign * b.pods,
  };
  if (b.extended === undefined) return a.extended === undefined ? sum : { ...sum, extended: a.extended };
  const names = new Set([...Object.keys(a.extended ?? {}), ...Object.keys(b.extended)]);
  const entries = [...names].map((name) => [name, unitsOf(a, name) + sign * unitsOf(b, name)] as const);
  return { ...sum, extended: Object.fromEntries(entries) };
}
