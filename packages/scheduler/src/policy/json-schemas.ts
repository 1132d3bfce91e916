import * as z from "zod";
import type { OverridePolicy } from "./override-policy.ts";
import type { PlacementPolicy } from "./placement-policy.ts";
import { overrideSchema } from "./schema/override-schema.ts";
import { placementSchema } from "./schema/placement-schema.ts";

/** The kinds that `parsePolicies` reads. */
export const POLICY_KINDS: readonly PolicyKind[] = [
  "PlacementPolicy",
  "ClusterPlacementPolicy",
  "OverridePolicy",
  "ClusterOverridePolicy",
];

export type PolicyKind = PlacementPolicy["kind"] | OverridePolicy["kind"];

/** JSON Schema (draft 2020-12) of a policy kind as people write it, for editors and `docs/schemas`. */
export function policyJsonSchema(kind: PolicyKind): Readonly<Record<string, unknown>> {
  const schema =
    kind === "PlacementPolicy" || kind === "ClusterPlacementPolicy" ? placementSchema(kind) : overrideSchema(kind);
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
}
