import * as z from "zod";
import { CONFIG_API_VERSION, type Config } from "./config.ts";
import { isFleetName } from "@flotilla/scheduler";
import { clusterSelectorSchema, dnsLabel, taintSchema } from "./selector-schema.ts";

/** Made when a configuration is read and not before: the schema library is not free to load. */
export function configSchema(): z.ZodType<Config> {
  return z.strictObject({
    apiVersion: z.literal(CONFIG_API_VERSION),
    kind: z.literal("Config"),
    metadata: z.exactOptional(
      z.strictObject({
        name: z.exactOptional(fleetName()).describe("Name of the fleet, part of labels and of the field manager."),
      }),
    ),
    spec: z.strictObject({
      providers: z.array(providerSchema()).min(1),
      clusters: z.exactOptional(z.array(correctionSchema())),
      priceFiles: z
        .exactOptional(z.array(z.string().min(1)))
        .describe("Absolute or relative to this file, first one first."),
    }),
  });
}

function providerSchema() {
  return z.strictObject({
    use: z.string().min(1).describe("A package such as @flotilla/kube, or a path relative to this file."),
    name: z.exactOptional(dnsLabel()).describe("Unique. Default: the package's name without scope and provider-."),
    options: z.exactOptional(z.unknown()).describe("The provider's own options; each provider has a schema for them."),
  });
}

function correctionSchema() {
  return z.strictObject({
    clusters: clusterSelectorSchema(),
    labels: z.exactOptional(z.record(z.string(), z.string())).describe("Added to what was found; these win."),
    taints: z.exactOptional(z.array(taintSchema())).describe("In place of what was found."),
    provider: z.exactOptional(z.string().min(1)),
    region: z.exactOptional(z.string().min(1)),
    zones: z.exactOptional(z.array(z.string().min(1))),
    alias: z.exactOptional(dnsLabel()).describe("Unique DNS-1123 name of the one cluster that is named above."),
  });
}

export function configJsonSchema(): unknown {
  return z.toJSONSchema(configSchema());
}

/** The scheduler's own rule: the name becomes part of a label and of a field manager. */
function fleetName(): z.ZodType<string> {
  return z.string().refine(isFleetName, "expected lower-case letters, digits and dashes, up to 53 characters");
}
