import { InputError, problemsFromIssues, type ProviderFactory, type ProviderFactoryInput } from "@flotilla/core";
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
  const { document = bare(input), path = [] } = input.source ?? {};
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
  throw new InputError(problemsFromIssues({ document, issues, jsonSchema: optionsJsonSchema() }));
}

/** Options that come from code have no place in a file. */
function bare(input: ProviderFactoryInput): NonNullable<ProviderFactoryInput["source"]>["document"] {
  const position = { file: `options of provider ${input.name}`, line: 1, column: 1 };
  return { value: input.options, locate: () => position };
}
