/**
 * Replicas to hand out among candidates `0 … size - 1`: each ends between its `lower` and its `upper`, no group above its
 * cap, the sum at most `total`. `lower` is feasible by itself. All counts are integers.
 */
export interface FillTask {
  readonly size: number;
  readonly total: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  readonly caps: readonly GroupCap[];
}

/** `codes[candidate]` is the candidate's group, `cap[group]` the most that it may hold. */
export interface GroupCap {
  readonly codes: Int32Array;
  readonly cap: Float64Array;
}

/** A division on its way: how much each candidate has, and what is left of everything. */
export class FillState {
  readonly task: FillTask;
  readonly replicas: Float64Array;
  readonly #used: readonly Float64Array[];
  #left: number;

  constructor(task: FillTask) {
    this.task = task;
    this.replicas = Float64Array.from(task.lower);
    this.#used = task.caps.map((group) => new Float64Array(group.cap.length));
    this.#left = task.total;
    for (let candidate = 0; candidate < task.size; candidate += 1) {
      const replicas = this.replicas[candidate] ?? 0;
      if (replicas > 0) this.#count(candidate, replicas);
    }
  }

  /** Replicas still to hand out. */
  get left(): number {
    return Math.max(0, this.#left);
  }

  /** How many more the candidate can take. */
  room(candidate: number): number {
    const { caps, upper } = this.task;
    let room = Math.min(this.left, (upper[candidate] ?? 0) - (this.replicas[candidate] ?? 0));
    // Plain loops: this is asked once per replica and candidate.
    for (let cap = 0; cap < caps.length && room > 0; cap += 1) {
      const group = caps[cap]?.codes[candidate] ?? -1;
      if (group >= 0) room = Math.min(room, this.groupLeft(cap, group));
    }
    return Math.max(0, room);
  }

  /** What is left of a group's cap. */
  groupLeft(cap: number, group: number): number {
    return (this.task.caps[cap]?.cap[group] ?? 0) - (this.#used[cap]?.[group] ?? 0);
  }

  give(candidate: number, replicas: number): void {
    this.replicas[candidate] = (this.replicas[candidate] ?? 0) + replicas;
    this.#count(candidate, replicas);
  }

  #count(candidate: number, replicas: number): void {
    this.#left -= replicas;
    const { caps } = this.task;
    for (let cap = 0; cap < caps.length; cap += 1) {
      const group = caps[cap]?.codes[candidate] ?? -1;
      const used = this.#used[cap];
      if (group >= 0 && used !== undefined) used[group] = (used[group] ?? 0) + replicas;
    }
  }
}
