import { type Ctx, failureOf, mapLimited, type ObjectRef } from "@flotilla/core";
import { isUnreachable } from "../cycle/members.ts";
import { formatRef } from "../objects/object-ref.ts";
import { liveKey } from "../plan/live-facts.ts";
import { objectHealth } from "../status/object-health.ts";
import type { RolloutRun } from "./rollout-run.ts";

/** A workload on one member whose health is waited for. */
export interface HealthTarget {
  readonly cluster: string;
  readonly ref: ObjectRef;
}

/** Quick at first, since most rollouts take a moment; then gentle. */
const INTERVAL_MS = 200;
const INTERVAL_MAX_MS = 2_000;
const INTERVAL_FACTOR = 1.5;

/**
 * Looks at every target until it is healthy, has failed for good, cannot be read, or the time is up; the record holds what was
 * seen last. Looks at each at least once.
 *
 * @throws the signal's reason when aborted
 */
export async function waitForHealth(
  run: RolloutRun,
  targets: readonly HealthTarget[],
  timeoutMs: number,
  ctx: Ctx,
): Promise<void> {
  const { clock, concurrency, onProgress } = run.deps;
  const endMs = clock.nowMs() + timeoutMs;
  let waiting = targets;
  for (let intervalMs = INTERVAL_MS; ; intervalMs = Math.min(intervalMs * INTERVAL_FACTOR, INTERVAL_MAX_MS)) {
    const settled = await mapLimited(waiting, concurrency, (target) => look(run, target, ctx), { signal: ctx.signal });
    waiting = waiting.filter((_, index) => settled[index] !== true);
    const done = targets.length - waiting.length;
    if (targets.length > 0)
      onProgress({ phase: "wait", done, total: targets.length, message: tellWaiting(run, waiting) });
    const leftMs = endMs - clock.nowMs();
    if (waiting.length === 0 || leftMs <= 0) return;
    await clock.sleep(Math.min(intervalMs, leftMs), { signal: ctx.signal });
  }
}

/** Whether there is nothing more to wait for. */
async function look(run: RolloutRun, { cluster, ref }: HealthTarget, ctx: Ctx): Promise<boolean> {
  try {
    const live = await run.deps.members.use(cluster, (kube, timed) => kube.get(ref, timed), ctx);
    const health = live === undefined ? "missing" : objectHealth(live);
    run.record.saw(cluster, ref, health);
    return health !== "missing" && (health.health === "healthy" || health.health === "failed");
  } catch (error) {
    ctx.signal.throwIfAborted();
    run.record.saw(cluster, ref, { unread: failureOf(error).message });
    if (isUnreachable(error))
      run.record.cluster({ cluster, outcome: "unreachable", message: failureOf(error).message });
    return true;
  }
}

function tellWaiting({ record }: RolloutRun, [first, ...rest]: readonly HealthTarget[]): string {
  if (first === undefined) return "everything is healthy";
  const seen = record.seen.get(liveKey(first.cluster, first.ref));
  const told = typeof seen === "object" && "message" in seen ? `: ${seen.message}` : "";
  const more = rest.length === 0 ? "" : ` and ${rest.length} more`;
  return `waiting for ${formatRef(first.ref)} on ${first.cluster}${told}${more}`;
}
