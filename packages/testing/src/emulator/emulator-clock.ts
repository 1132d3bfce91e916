import type { Clock } from "@flotilla/core";

/** The emulated cloud's own time: the machine's, moved on command. Waiting takes the base clock's time. */
export interface EmulatorClock extends Clock {
  /** Moves the cloud's time by this much, also backwards: a clock that is off. */
  advance(durationMs: number): void;
}

export function createEmulatorClock(base: Clock): EmulatorClock {
  let offsetMs = 0;
  return {
    nowMs: () => base.nowMs() + offsetMs,
    sleep: (durationMs, options) => base.sleep(durationMs, options),
    advance(durationMs) {
      offsetMs += durationMs;
    },
  };
}
