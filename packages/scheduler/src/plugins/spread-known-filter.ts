import type { FilterExplanation } from "../engine/explanation.ts";
import { spreadColumn } from "../engine/spread-column.ts";
import { ADMIT, UNFIT, type Filter } from "../framework/filter.ts";

/** A policy that spreads by zone cannot use a cluster that does not say its zone: it might be in any of them. */
export const spreadKnownFilter: Filter = {
  name: "SpreadKnown",
  prepare({ spec, columns }) {
    const groups = spec.spread.map((constraint) => spreadColumn(columns, constraint.by).codes);
    if (groups.every((codes) => codes.every((code) => code >= 0))) return null;
    return (index) => (groups.every((codes) => (codes[index] ?? -1) >= 0) ? ADMIT : UNFIT);
  },
  explain({ spec, columns }, index): FilterExplanation {
    const missing = spec.spread.find((constraint) => (spreadColumn(columns, constraint.by).codes[index] ?? -1) < 0);
    return missing === undefined
      ? { name: this.name, verdict: "fits", reason: "it belongs to a group of every spread constraint" }
      : {
          name: this.name,
          verdict: "unfit",
          reason: `the policy spreads by ${missing.by}, which it does not say`,
          brief: `unknown ${missing.by}`,
        };
  },
};
