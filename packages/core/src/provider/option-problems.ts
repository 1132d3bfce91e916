import type { Document, DocumentPath, Problem } from "../document/document.ts";
import { problemsFromIssues } from "../document/problems-from-issues.ts";
import type { SchemaIssue } from "../document/schema-issue.ts";
import type { ProviderFactoryInput } from "./provider-factory.ts";

/**
 * What a validator said of a provider's options, as problems at their places in the configuration. `issues` and `jsonSchema`
 * know only the options, not the document around them.
 */
export function optionProblems(
  input: Pick<ProviderFactoryInput, "name" | "options" | "source">,
  issues: readonly SchemaIssue[],
  jsonSchema: unknown,
): Problem[] {
  const { document, path = [] } = input.source ?? {};
  const options = document === undefined ? bare(input) : within(document, path, input.options);
  return problemsFromIssues({ document: options, issues, jsonSchema }).map((problem) => ({
    ...problem,
    path: [...path, ...problem.path],
  }));
}

/** A part of a document, as a document of its own. */
function within(document: Document, path: DocumentPath, value: unknown): Document {
  return { value, locate: (inner, target) => document.locate([...path, ...inner], target) };
}

/** Options that come from code have no place in a file. */
function bare({ name, options }: Pick<ProviderFactoryInput, "name" | "options">): Document {
  const position = { file: `options of provider ${name}`, line: 1, column: 1 };
  return { value: options, locate: () => position };
}
