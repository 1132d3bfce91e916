/** An amount in millionths of a US dollar, an integer. Every price in the product is USD per hour unless its name says otherwise. */
export type MicroUsd = number;

/** A price that is known, with where it comes from and how old it is, or one that is not, with the reason. Unknown is never zero. */
export type Price =
  | {
      readonly known: true;
      readonly microUsd: MicroUsd;
      /** E.g. `prices.yaml`, `aws-pricing`, `fallback-2026-11-01`. */
      readonly source: string;
      readonly asOfMs: number;
    }
  | { readonly known: false; readonly reason: string };

/** Hours of a month wherever a monthly figure is printed (the clouds' own convention). */
export const HOURS_PER_MONTH = 730;
