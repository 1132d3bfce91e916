import type { SpreadGroups } from "./spread-groups.ts";

/** Which groups of every constraint are in use, against the most that may be. */
export class OpenGroups {
  readonly #spread: readonly SpreadGroups[];
  readonly #open: readonly Uint8Array[];
  readonly #counts: number[];

  /** Groups that unreachable members or earlier workloads use are open from the start. */
  constructor(spread: readonly SpreadGroups[]) {
    this.#spread = spread;
    this.#open = spread.map(({ heldByGroup, opened }) =>
      Uint8Array.from(opened, (used, group) => (used === 1 || (heldByGroup[group] ?? 0) > 0 ? 1 : 0)),
    );
    this.#counts = this.#open.map((groups) => groups.reduce((sum, open) => sum + open, 0));
  }

  isOpen(constraint: number, group: number): boolean {
    return this.#open[constraint]?.[group] === 1;
  }

  count(constraint: number): number {
    return this.#counts[constraint] ?? 0;
  }

  /** Groups that may still be opened. */
  left(constraint: number): number {
    const max = this.#spread[constraint]?.constraint.maxGroups ?? Number.POSITIVE_INFINITY;
    return Math.max(0, max - this.count(constraint));
  }

  /** Whether every group of the candidate is open, or may be opened. */
  admits(candidate: number): boolean {
    return this.#spread.every(({ codes }, index) => this.isOpen(index, codes[candidate] ?? -1) || this.left(index) > 0);
  }

  openAllOf(candidate: number): void {
    for (const [index, { codes }] of this.#spread.entries()) this.open(index, codes[candidate] ?? -1);
  }

  open(constraint: number, group: number): void {
    const groups = this.#open[constraint];
    if (groups === undefined || groups[group] !== 0) return;
    groups[group] = 1;
    this.#counts[constraint] = this.count(constraint) + 1;
  }

  /** Whether the candidate is in an open group of every constraint that has a maximum. */
  includes(candidate: number): boolean {
    return this.#spread.every(
      ({ constraint, codes }, index) =>
        constraint.maxGroups === undefined || this.isOpen(index, codes[candidate] ?? -1),
    );
  }
}
