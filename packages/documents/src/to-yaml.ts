import { resolvePlainScalar } from "./yaml-scalar.ts";

/**
 * Plain JSON data as YAML that 1.2 readers and kubectl's 1.1 reader take for the same: words such as `yes` and `0644` are
 * quoted, long lines are not folded. One document with a final newline. Loads the YAML library.
 */
export async function toYaml(value: unknown): Promise<string> {
  const { Document, visit } = await import("yaml");
  const document = new Document(value, {
    aliasDuplicateObjects: false,
    // Dates and base-60 numbers are quoted too: other 1.1 readers know them.
    compat: "yaml-1.1",
  });
  visit(document, {
    Scalar(_key, scalar) {
      if (typeof scalar.value === "string" && needsQuotes(scalar.value)) scalar.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0 });
}

function needsQuotes(text: string): boolean {
  const plain = resolvePlainScalar(text);
  return !plain.ok || plain.value !== text || LOST_IN_BLOCKS.test(text);
}

/** Block scalars do not keep lines of nothing but space, nor space at the beginning; quoted ones keep everything. */
const LOST_IN_BLOCKS = /^\s|(?:^|\n)[ \t]+(?:\n|$)|[\r\u0085\u2028\u2029]/;
