import { InputError, optionProblems, type ProviderFactory, type ProviderFactoryInput } from "@flotilla/core";
import type { AzureOptions } from "./azure-options.ts";
import { createAzureProvider } from "./provider.ts";

/** What `use: "@flotilla/provider-azure"` in a configuration leads to. */
export const flotillaProvider: ProviderFactory = {
  async optionsJsonSchema() {
    const { optionsJsonSchema } = await import("./options-schema.ts");
    return optionsJsonSchema();
  },
  async create(input) {
    return createAzureProvider({ name: input.name, options: await parse(input) }, { env: input.env });
  },
};

async function parse(input: ProviderFactoryInput): Promise<AzureOptions> {
  const { optionsJsonSchema, optionsSchema } = await import("./options-schema.ts");
  const parsed = optionsSchema().safeParse(input.options ?? {});
  if (parsed.success) return parsed.data;
  throw new InputError(optionProblems(input, parsed.error.issues, optionsJsonSchema()));
}
