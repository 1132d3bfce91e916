import type { ClusterSelector, LabelSelector, Toleration } from "@flotilla/core";
import * as z from "zod";
import type { WorkloadSelector } from "../workload-selector.ts";
import type { PolicyMetadata } from "./policy-metadata.ts";

/** A non-empty string. */
export function textSchema(): z.ZodType<string> {
  return z.string().min(1);
}

function labelSelectorSchema(): z.ZodType<LabelSelector> {
  return z
    .strictObject({
      matchLabels: z.exactOptional(z.record(z.string().min(1), z.string())),
      matchExpressions: z.exactOptional(
        z.array(
          z.strictObject({
            key: textSchema(),
            operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
            values: z.exactOptional(z.array(z.string())),
          }),
        ),
      ),
    })
    .describe("A Kubernetes label selector.");
}

export function clusterSelectorSchema(): z.ZodType<ClusterSelector> {
  return z
    .strictObject({
      names: z.exactOptional(z.array(textSchema())).describe("Whole cluster ids or bare names."),
      exclude: z
        .exactOptional(z.array(textSchema()))
        .describe("Ids or names that are left out, whatever else matches."),
      labelSelector: z.exactOptional(labelSelectorSchema()),
      fields: z.exactOptional(
        z.array(
          z.strictObject({
            key: z.enum(["provider", "scope", "region", "zone", "name", "kubernetesVersion"]),
            operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
            values: z.exactOptional(z.array(textSchema())),
          }),
        ),
      ),
      none: z.exactOptional(z.boolean()).describe("true: no cluster at all."),
    })
    .describe("All given parts are ANDed; exclude wins; an absent or empty part says nothing.");
}

export function tolerationSchema(): z.ZodType<Toleration> {
  return z
    .strictObject({
      key: z.exactOptional(z.string()),
      operator: z.exactOptional(z.enum(["Equal", "Exists"])),
      value: z.exactOptional(z.string()),
      effect: z.exactOptional(z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"])),
      tolerationSeconds: z.exactOptional(z.int().min(0)),
    })
    .describe("A Kubernetes toleration, against taints of clusters.");
}

export function workloadSelectorsSchema(): z.ZodType<readonly WorkloadSelector[]> {
  return z
    .array(
      z.strictObject({
        apiVersion: textSchema(),
        kind: textSchema(),
        name: z.exactOptional(textSchema()),
        namespace: z.exactOptional(textSchema()),
        labelSelector: z.exactOptional(labelSelectorSchema()),
      }),
    )
    .min(1)
    .describe("By name, by labels, or the whole kind.");
}

export function metadataSchema(): z.ZodType<PolicyMetadata> {
  return z.strictObject({
    name: z
      .string()
      .max(253)
      .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, "expected a lower-case DNS name"),
    namespace: z.exactOptional(
      z
        .string()
        .max(63)
        .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, "expected a lower-case DNS label"),
    ),
    labels: z.exactOptional(z.record(z.string().min(1), z.string())),
    annotations: z.exactOptional(z.record(z.string().min(1), z.string())),
  });
}
