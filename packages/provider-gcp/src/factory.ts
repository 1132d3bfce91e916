import { InputError, problemsFromIssues, type ProviderFactory, type ProviderFactoryInput } from "@flotilla/core";
import type { GcpOptions } from "./gcp-options.ts";
import { createGcpProvider } from "./provider.ts";

/** What `use: "@flotilla/provider-gcp"` in a configuration leads to. */
export const flotillaProvider: ProviderFactory = {
  async optionsJsonSchema() {
    const { optionsJsonSchema } = await import("./options-schema.ts");
    return optionsJsonSchema();
  },
  async create(input) {
    return createGcpProvider({ name: input.name, options: await parse(input) }, { env: input.env });
  },
};

async function parse(input: ProviderFactoryInput): Promise<GcpOptions> {
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
