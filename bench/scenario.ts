/** One figure with the limit it is held to. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** Absent: told, not judged. */
  readonly limit?: { readonly atMost: number } | { readonly atLeast: number };
  /** Every round's value, in the order they ran. */
  readonly samples: readonly number[];
  /** What a reader should know beside the figure, e.g. what the peer does more. */
  readonly note?: string;
}

export interface ScenarioContext {
  /** Rounds of peers side by side. */
  readonly rounds: number;
  readonly seed: number;
  readonly progress: (message: string) => void;
}

export interface Scenario {
  readonly name: string;
  readonly summary: string;
  run(ctx: ScenarioContext): Promise<readonly Figure[]>;
}

export function isKept({ value, limit }: Figure): boolean {
  if (limit === undefined) return true;
  return "atMost" in limit ? value <= limit.atMost : value >= limit.atLeast;
}
