import { InputError, problemsFromIssues, type Document } from "@flotilla/core";
import type * as z from "zod";

/** One kind of document that a person writes: its check, and the schema that names its fields. */
export interface DocumentKind<T> {
  readonly schema: z.ZodType<T>;
  readonly jsonSchema: unknown;
}

/** The document as its type. @throws InputError with a position and the nearest known name for everything that is wrong */
export function parseDocument<T>(document: Document, kind: DocumentKind<T>): T {
  const parsed = kind.schema.safeParse(document.value);
  if (parsed.success) return parsed.data;
  throw new InputError(problemsFromIssues({ document, issues: parsed.error.issues, jsonSchema: kind.jsonSchema }));
}

/** The file's one document. @throws InputError where there is none or another one */
export function onlyDocument(file: string, documents: readonly Document[], what: string): Document {
  const [first, second] = documents;
  if (first !== undefined && second === undefined) return first;
  const position = second?.locate([]) ?? { file, line: 1, column: 1 };
  throw new InputError([{ position, path: [], message: `expected one ${what} in this file` }]);
}
