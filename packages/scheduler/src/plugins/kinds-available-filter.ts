import type { FilterExplanation } from "../engine/explanation.ts";
import { kindColumn } from "../engine/fleet-columns.ts";
import { ADMIT, UNFIT, type Filter } from "../framework/filter.ts";

/** Every kind of object that is sent must exist on the server, where the server was asked. */
export const kindsAvailableFilter: Filter = {
  name: "KindsAvailable",
  prepare({ request, columns }) {
    const { requiredKinds } = request;
    if (requiredKinds.length === 0) return null;
    const having = requiredKinds.map((kind) => kindColumn(columns, kind));
    return (index) => (having.every((column) => column[index] === 1) ? ADMIT : UNFIT);
  },
  explain({ request, columns }, index): FilterExplanation {
    const kinds = columns.clusters[index]?.kinds;
    if (kinds === undefined) return { name: this.name, verdict: "fits", reason: "its kinds are not known" };
    const missing = request.requiredKinds.filter((kind) => !kinds.has(kind));
    return missing.length === 0
      ? { name: this.name, verdict: "fits", reason: "it has every kind needed" }
      : {
          name: this.name,
          verdict: "unfit",
          reason: `its API server has no ${missing.join(", ")}`,
          brief: `without ${missing.join(", ")}`,
        };
  },
};
