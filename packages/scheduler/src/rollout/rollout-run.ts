import type { Clock, Random } from "@flotilla/core";
import type { Members } from "../cycle/members.ts";
import type { Plan } from "../plan/plan.ts";
import type { Rollout } from "./plan-rollout.ts";
import type { OnProgress } from "./progress.ts";
import type { RolloutRecord } from "./rollout-record.ts";

export interface RolloutDeps {
  readonly members: Members;
  readonly clock: Clock;
  readonly random: Random;
  readonly onProgress: OnProgress;
  /** Members worked on at a time. */
  readonly concurrency: number;
}

export interface RolloutOptions {
  /** Take over objects that are there and not ours; they are never deleted afterwards. */
  readonly adopt?: boolean;
  /** Take fields from other managers. */
  readonly forceConflicts?: boolean;
  /** Longest wait for health in milliseconds. Default 5 minutes; 0 applies without waiting or removing. */
  readonly timeoutMs?: number;
}

/** One run of a rollout: what its steps share. */
export interface RolloutRun {
  readonly deps: RolloutDeps;
  readonly plan: Plan;
  readonly rollout: Rollout;
  readonly options: RolloutOptions;
  readonly record: RolloutRecord;
  /** Members whose inventories list more than the plan puts there: they are settled after the removals. */
  readonly leftovers: Set<string>;
}
