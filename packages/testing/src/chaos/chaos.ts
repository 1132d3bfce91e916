import type { Clock } from "@flotilla/core";

/** What goes wrong with one call. */
export type Fault =
  /** The call fails and nothing happened. */
  | { readonly kind: "fail"; readonly error: unknown }
  /** It happened, and the answer was lost. For a stream: it breaks after so many items (default none). */
  | { readonly kind: "failAfter"; readonly error: unknown; readonly items?: number }
  /** It takes longer. */
  | { readonly kind: "delay"; readonly durationMs: number }
  /** It never answers: only the caller's signal ends the wait. */
  | { readonly kind: "hang" };

export interface FaultTiming {
  /** How many calls it hits. Default: all. */
  readonly times?: number;
  /** How many calls it lets pass first. Default 0. */
  readonly after?: number;
}

/** Names of a port's methods; those of a capability with a dot: `discovery.discover`. */
export type MethodPath<Port> = {
  [Name in keyof Port & string]: NonNullable<Port[Name]> extends (...args: never[]) => unknown
    ? Name
    : NonNullable<Port[Name]> extends object
      ? `${Name}.${keyof NonNullable<Port[Name]> & string}`
      : never;
}[keyof Port & string];

/** The faults of one port: add them at any time, before or between calls. */
export interface Chaos<Port> {
  /** Of several faults for a method the one added first that still applies hits. */
  on(method: MethodPath<Port>, fault: Fault, timing?: FaultTiming): void;
  /** Takes all faults away. */
  calm(): void;
  /** How often a method was called, hit or not. */
  calls(method: MethodPath<Port>): number;
}

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  after: number;
  times: number;
}

/** What the decorator asks before every call. */
export interface FaultSource {
  readonly clock: Clock;
  /** Counts a call and tells what is to go wrong with it. */
  next(method: string): Fault | undefined;
}

/** What `withChaos` takes; made by `createChaos`. */
export interface ChaosPlan<Port> extends Chaos<Port>, FaultSource {}

/** No faults yet. `delay` waits on the given clock. */
export function createChaos<Port>(clock: Clock): ChaosPlan<Port> {
  const planned = new Set<Planned>();
  const counts = new Map<string, number>();
  return {
    clock,
    on(method, fault, { times = Number.POSITIVE_INFINITY, after = 0 } = {}) {
      planned.add({ method, fault, times, after });
    },
    calm: () => planned.clear(),
    calls: (method) => counts.get(method) ?? 0,
    next(method) {
      counts.set(method, (counts.get(method) ?? 0) + 1);
      for (const each of planned) {
        if (each.method !== method) continue;
        if (each.after > 0) {
          each.after -= 1;
          continue;
        }
        each.times -= 1;
        if (each.times <= 0) planned.delete(each);
        return each.fault;
      }
      return undefined;
    },
  };
}
