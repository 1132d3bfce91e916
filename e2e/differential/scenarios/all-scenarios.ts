import type { Scenario } from "../step.ts";
import { ACCESS_SCENARIOS } from "./access.ts";
import { APPLY_SCENARIOS } from "./apply.ts";
import { CRUD_SCENARIOS } from "./crud.ts";
import { CUSTOM_RESOURCE_SCENARIOS } from "./custom-resources.ts";
import { DELETION_SCENARIOS } from "./deletion.ts";
import { LIST_SCENARIOS } from "./lists.ts";
import { PATCH_SCENARIOS } from "./patches.ts";
import { VALIDATION_SCENARIOS } from "./validation.ts";

/** Every scenario that is played against the embedded API server and a real one. */
export const SCENARIOS: readonly Scenario[] = [
  ...CRUD_SCENARIOS,
  ...APPLY_SCENARIOS,
  ...PATCH_SCENARIOS,
  ...VALIDATION_SCENARIOS,
  ...LIST_SCENARIOS,
  ...DELETION_SCENARIOS,
  ...CUSTOM_RESOURCE_SCENARIOS,
  ...ACCESS_SCENARIOS,
];
