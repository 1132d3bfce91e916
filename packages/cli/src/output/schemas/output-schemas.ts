import type * as z from "zod";
import { applySchema, deleteSchema, diffSchema } from "./change-schema.ts";
import { discoverSchema } from "./discover-schema.ts";
import { explainSchema, planSchema } from "./plan-schema.ts";
import { statusSchema } from "./status-schema.ts";

export type OutputName = "discover" | "plan" | "apply" | "status" | "explain" | "diff" | "delete";

/** What each command prints with `-o json`: the one source of docs/schemas and of the tests of real output. */
export function outputSchemas(): Readonly<Record<OutputName, z.ZodType>> {
  return {
    discover: discoverSchema(),
    plan: planSchema(),
    apply: applySchema(),
    status: statusSchema(),
    explain: explainSchema(),
    diff: diffSchema(),
    delete: deleteSchema(),
  };
}
