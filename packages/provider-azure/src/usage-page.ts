/** One limit of a region, and how much of it is used. */
export interface Usage {
  /** E.g. `standardDSv5Family`, `cores`, `lowPriorityCores`; `PublicIPAddresses`. */
  readonly name: string;
  readonly unit: string;
  readonly limit: number;
  readonly used: number;
}

/** Limits of one page, and the link to the next. */
export interface UsagePage {
  readonly usages: readonly Usage[];
  readonly nextLink: string | undefined;
}
