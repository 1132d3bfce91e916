import type { Clock } from "@flotilla/core";
import type { ChaosPlan, Fault, FaultSource } from "./chaos.ts";

/**
 * The port with faults in front of it: every method asks the plan first. Works for any port, its capabilities included,
 * since it knows nothing of what the methods mean: only promises and async iterables are told apart.
 *
 * ```ts
 * const chaos = createChaos<KubeCluster>(clock);
 * const cluster = withChaos(real, chaos);
 * chaos.on("apply", { kind: "failAfter", error: new CloudError("timeoutUnknown", "lost") }, { times: 1, after: 2 });
 * ```
 */
export function withChaos<Port extends object>(port: Port, plan: ChaosPlan<Port>): Port {
  return decorate(port, plan, "", true);
}

function decorate<T extends object>(target: T, plan: FaultSource, prefix: string, hasCapabilities: boolean): T {
  return new Proxy(target, {
    get(_target, key) {
      // Private fields live on the real object: it stays the receiver.
      const value: unknown = Reflect.get(target, key, target);
      if (typeof key === "symbol") return typeof value === "function" ? value.bind(target) : value;
      const name = `${prefix}${key}`;
      if (typeof value === "function") {
        return (...args: readonly unknown[]) => call(() => Reflect.apply(value, target, args), plan, name, args);
      }
      if (hasCapabilities && isObject(value)) return decorate(value, plan, `${name}.`, false);
      return value;
    },
  });
}

function call(real: () => unknown, plan: FaultSource, name: string, args: readonly unknown[]): unknown {
  const fault = plan.next(name);
  if (fault === undefined) return real();
  return answer(real, fault, plan.clock, signalOf(args));
}

/**
 * `list` of a cluster is a stream and `list` of a store a promise, and a fault must not make the call to find out which. So
 * the answer is both, and what the caller does with it (`await` or `for await`) decides; nothing happens before that.
 */
function answer(real: () => unknown, fault: Fault, clock: Clock, signal: AbortSignal): unknown {
  let once: Promise<unknown> | undefined;
  const promise = (): Promise<unknown> => (once ??= callOnce(real, fault, clock, signal));
  return {
    // oxlint-disable-next-line unicorn/no-thenable -- awaiting it must work as awaiting the port's own promise does
    then: (...handlers: Parameters<Promise<unknown>["then"]>) => promise().then(...handlers),
    catch: (...handlers: Parameters<Promise<unknown>["catch"]>) => promise().catch(...handlers),
    finally: (...handlers: Parameters<Promise<unknown>["finally"]>) => promise().finally(...handlers),
    [Symbol.asyncIterator]: () => stream(real, fault, clock, signal),
  };
}

async function callOnce(real: () => unknown, fault: Fault, clock: Clock, signal: AbortSignal): Promise<unknown> {
  await before(fault, clock, signal);
  const result = await real();
  if (fault.kind === "failAfter") throw fault.error;
  return result;
}

async function* stream(
  real: () => unknown,
  fault: Fault,
  clock: Clock,
  signal: AbortSignal,
): AsyncGenerator<unknown, void, undefined> {
  await before(fault, clock, signal);
  let itemsLeft = fault.kind === "failAfter" ? (fault.items ?? 0) : Number.POSITIVE_INFINITY;
  for await (const item of real() as AsyncIterable<unknown>) {
    if (itemsLeft === 0) break;
    itemsLeft -= 1;
    yield item;
  }
  if (fault.kind === "failAfter") throw fault.error;
}

async function before(fault: Fault, clock: Clock, signal: AbortSignal): Promise<void> {
  if (fault.kind === "fail") throw fault.error;
  if (fault.kind === "delay") await clock.sleep(fault.durationMs, { signal });
  if (fault.kind === "hang") await untilAborted(signal);
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}

/** By convention a call's context comes last. */
function signalOf(args: readonly unknown[]): AbortSignal {
  const last = args.at(-1);
  if (isObject(last) && "signal" in last && last.signal instanceof AbortSignal) return last.signal;
  return new AbortController().signal;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
