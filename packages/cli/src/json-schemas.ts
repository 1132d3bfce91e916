import { flotillaProvider } from "@flotilla/kube";
import { POLICY_KINDS, policyJsonSchema } from "@flotilla/scheduler/policy";
import * as z from "zod";
import { configJsonSchema } from "./config/config-schema.ts";
import { priceListJsonSchema } from "./config/price-list-schema.ts";
import { outputSchemas } from "./output/schemas/output-schemas.ts";

/** Every JSON Schema of `docs/schemas` by file name: what people write, and what the commands print. */
export async function jsonSchemas(): Promise<ReadonlyMap<string, unknown>> {
  const outputs = Object.entries(outputSchemas()).map(
    // As input: readers of the output must accept fields that later versions add.
    ([name, schema]) =>
      [`${name}.json`, titled(`flotilla ${name} -o json`, z.toJSONSchema(schema, { io: "input" }))] as const,
  );
  const policies = POLICY_KINDS.map((kind) => [`${kebab(kind)}.json`, titled(kind, policyJsonSchema(kind))] as const);
  return new Map([
    ["config.json", titled("Config", configJsonSchema())],
    ["price-list.json", titled("PriceList", priceListJsonSchema())],
    ["kube-options.json", titled('options of use: "@flotilla/kube"', await flotillaProvider.optionsJsonSchema())],
    ...policies,
    ...outputs,
  ]);
}

function titled(title: string, schema: unknown): unknown {
  return { title, ...(schema as object) };
}

function kebab(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
}
