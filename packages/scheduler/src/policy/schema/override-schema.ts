import * as z from "zod";
import type {
  ImageOverride,
  KeyValueOverride,
  OverridePolicy,
  OverrideRule,
  PatchOverride,
} from "../override-policy.ts";
import type { PolicyMetadata } from "./policy-metadata.ts";
import { clusterSelectorSchema, metadataSchema, textSchema, workloadSelectorsSchema } from "./selector-schemas.ts";

function keyValueSchema(): z.ZodType<KeyValueOverride> {
  return z.strictObject({
    add: z.exactOptional(z.record(z.string().min(1), z.string())),
    remove: z.exactOptional(z.array(textSchema())),
  });
}

function imageSchema(): z.ZodType<ImageOverride> {
  return z.strictObject({
    container: z.exactOptional(textSchema()).describe("A container or init container; absent: all of them."),
    registry: z.exactOptional(
      z.string().regex(/^[A-Za-z0-9.-]+(:\d{1,5})?$/, "expected a host, with or without a port"),
    ),
    repository: z.exactOptional(
      z
        .string()
        .regex(
          /^[a-z0-9]+([._-]+[a-z0-9]+)*(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/,
          "expected lower-case path parts such as team/web",
        ),
    ),
    tag: z.exactOptional(
      z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/, "expected a tag of at most 128 of A-Z a-z 0-9 _ . -"),
    ),
    digest: z.exactOptional(
      z
        .string()
        .regex(
          /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/,
          'expected "sha256:" and 64 lower-case hexadecimal digits',
        ),
    ),
  });
}

function patchSchema(): z.ZodType<PatchOverride> {
  return z.strictObject({
    op: z.enum(["add", "remove", "replace", "move", "copy", "test"]),
    path: z.string(),
    from: z.exactOptional(z.string()),
    value: z.exactOptional(z.unknown()),
    missing: z
      .exactOptional(z.enum(["error", "add", "ignore"]))
      .describe("What replace and remove do where the path is missing; default error."),
  });
}

function ruleSchema(): z.ZodType<OverrideRule> {
  return z.strictObject({
    clusters: z.exactOptional(clusterSelectorSchema()).describe("Absent: every cluster."),
    image: z.exactOptional(z.array(imageSchema())),
    command: z.exactOptional(z.array(z.strictObject({ container: textSchema(), value: z.array(z.string()) }))),
    args: z.exactOptional(
      z.array(
        z.strictObject({
          container: textSchema(),
          add: z.exactOptional(z.array(z.string())),
          remove: z.exactOptional(z.array(z.string())),
        }),
      ),
    ),
    env: z.exactOptional(
      z.array(
        z.strictObject({
          container: textSchema(),
          name: z.string().regex(/^[^=\0]+$/, "expected a name without ="),
          value: z.string(),
        }),
      ),
    ),
    labels: z.exactOptional(keyValueSchema()),
    annotations: z.exactOptional(keyValueSchema()),
    mergePatch: z.exactOptional(z.record(z.string(), z.unknown())).describe("RFC 7396."),
    patch: z.exactOptional(z.array(patchSchema())).describe("RFC 6902."),
  });
}

/** An override policy's file. */
export interface OverrideDocument {
  readonly metadata: PolicyMetadata;
  readonly spec: Pick<OverridePolicy, "workloads" | "rules">;
}

export function overrideSchema(kind: OverridePolicy["kind"]): z.ZodType<OverrideDocument> {
  return z.strictObject({
    apiVersion: z.literal("flotilla.dev/v1alpha1"),
    kind: z.literal(kind),
    metadata: metadataSchema(),
    spec: z.strictObject({
      workloads: workloadSelectorsSchema(),
      rules: z.array(ruleSchema()).min(1).describe("In order; every rule whose clusters match applies."),
    }),
  });
}
