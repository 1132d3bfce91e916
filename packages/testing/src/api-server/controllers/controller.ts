import type { ServerState } from "../rest/server-state.ts";
import type { StoreEvent } from "../store/object-store.ts";

/** Something that looks at objects and makes others follow. Level-triggered: a key says where to look, not what happened. */
export interface Controller {
  readonly name: string;
  /** Keys to look at because of an event. */
  keysOf(event: StoreEvent): readonly string[];
  /** Looks at one key and does what is missing. A number: look again after so many milliseconds. */
  reconcile(key: string): number | undefined;
}

/** Runs controllers: each key is looked at soon after an event, never within the write that caused it. */
export class ControllerLoop implements Disposable {
  readonly #state: ServerState;
  readonly #controllers: readonly Controller[];
  readonly #queues = new Map<Controller, Set<string>>();
  readonly #timers = new Map<string, AbortController>();
  readonly #unsubscribe: () => void;
  #isScheduled = false;
  #isStopped = false;

  constructor(state: ServerState, controllers: readonly Controller[]) {
    this.#state = state;
    this.#controllers = controllers;
    for (const controller of controllers) this.#queues.set(controller, new Set());
    this.#unsubscribe = state.store.subscribeAll((event) => this.#hear(event));
  }

  [Symbol.dispose](): void {
    this.#isStopped = true;
    this.#unsubscribe();
    for (const timer of this.#timers.values()) timer.abort();
    this.#timers.clear();
  }

  #hear(event: StoreEvent): void {
    for (const controller of this.#controllers)
      for (const key of controller.keysOf(event)) this.#enqueue(controller, key);
  }

  #enqueue(controller: Controller, key: string): void {
    this.#queues.get(controller)?.add(key);
    if (this.#isScheduled || this.#isStopped) return;
    this.#isScheduled = true;
    setImmediate(() => this.#run());
  }

  /** One pass over what is queued now; what it causes comes in a later pass, so that requests get their turn. */
  #run(): void {
    this.#isScheduled = false;
    if (this.#isStopped) return;
    for (const [controller, queue] of this.#queues) {
      const keys = [...queue];
      queue.clear();
      for (const key of keys) this.#reconcile(controller, key);
    }
  }

  #reconcile(controller: Controller, key: string): void {
    const timerKey = `${controller.name} ${key}`;
    this.#timers.get(timerKey)?.abort();
    this.#timers.delete(timerKey);
    const againMs = controller.reconcile(key);
    if (againMs === undefined) return;
    const timer = new AbortController();
    this.#timers.set(timerKey, timer);
    void this.#later(controller, key, againMs, timer.signal);
  }

  async #later(controller: Controller, key: string, durationMs: number, signal: AbortSignal): Promise<void> {
    try {
      await this.#state.clock.sleep(durationMs, { signal });
    } catch {
      return; // looked at meanwhile, or stopped
    }
    this.#enqueue(controller, key);
  }
}
