import type { ClusterSelector, FieldRequirement, LabelSelector, Taint } from "@flotilla/core";
import * as z from "zod";

/** Names become label values and parts of object names. Source: RFC 1123 labels as Kubernetes checks them. */
const DNS_LABEL = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

export function dnsLabel(): z.ZodType<string> {
  return z
    .string()
    .regex(DNS_LABEL, "expected a DNS-1123 name: lower case letters, digits and -, at most 63 characters");
}

/** A selector of clusters, as policies write it too. */
export function clusterSelectorSchema(): z.ZodType<ClusterSelector> {
  const names = z.array(z.string().min(1));
  return z.strictObject({
    names: z.exactOptional(names).describe("Whole ids or bare names."),
    exclude: z.exactOptional(names).describe("Never these, whatever else matches."),
    labelSelector: z.exactOptional(labelSelectorSchema()),
    fields: z.exactOptional(z.array(fieldRequirementSchema())),
    none: z.exactOptional(z.boolean()).describe("true: no cluster at all."),
  });
}

function labelSelectorSchema(): z.ZodType<LabelSelector> {
  return z.strictObject({
    matchLabels: z.exactOptional(z.record(z.string(), z.string())),
    matchExpressions: z.exactOptional(
      z.array(
        z.strictObject({
          key: z.string().min(1),
          operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist"]),
          values: z.exactOptional(z.array(z.string())),
        }),
      ),
    ),
  });
}

function fieldRequirementSchema(): z.ZodType<FieldRequirement> {
  return z.strictObject({
    key: z.enum(["provider", "scope", "region", "zone", "name", "kubernetesVersion"]),
    operator: z.enum(["In", "NotIn", "Exists", "DoesNotExist", "Gt", "Lt"]),
    values: z.exactOptional(z.array(z.string())),
  });
}

export function taintSchema(): z.ZodType<Taint> {
  return z.strictObject({
    key: z.string().min(1),
    value: z.exactOptional(z.string()),
    effect: z.enum(["NoSchedule", "PreferNoSchedule", "NoExecute"]),
  });
}
