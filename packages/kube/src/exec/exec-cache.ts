import type { Clock, Ctx, KubeAuth } from "@flotilla/core";
import { SharedTask } from "@flotilla/core";
import type { ExecAuth } from "./exec-auth.ts";

/** Credentials of plugins, in memory only: asked once for everybody who needs the same one at the same time, and again when it ends. */
export class ExecCache {
  readonly #clock: Clock;
  readonly #held = new Map<string, ExecAuth>();
  readonly #running = new Map<string, SharedTask<ExecAuth>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async get(key: string, make: (signal: AbortSignal) => Promise<ExecAuth>, ctx: Ctx): Promise<KubeAuth> {
    const held = this.#held.get(key);
    if (held !== undefined && this.#clock.nowMs() < held.goodUntilMs) return held.auth;
    const task = this.#running.get(key) ?? new SharedTask<ExecAuth>();
    this.#running.set(key, task);
    const made = await task.run(make, ctx);
    this.#held.set(key, made);
    return made.auth;
  }
}
