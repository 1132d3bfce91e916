import type { Document } from "@flotilla/core";
import { DEFAULT_DOCUMENT_LIMITS, type DocumentLimits } from "./document-limits.ts";
import { createLineIndex, type LineIndex } from "./line-index.ts";
import { locateJson } from "./locate-json.ts";
import { locateYaml } from "./locate-yaml.ts";
import { parseYaml } from "./parse-yaml.ts";
import { createProblemReport, type ProblemReport } from "./problem-report.ts";
import { readJson } from "./read-json.ts";
import { yamlToValue } from "./yaml-value.ts";

/** A text and the name by which errors call it. */
export interface DocumentSource {
  readonly text: string;
  readonly file: string;
}

/**
 * Reads every document of a YAML stream or a JSON text (one or several values) as plain JSON data with positions. Empty
 * documents are left out. Pure but for loading the YAML library at the first YAML text.
 *
 * @throws InputError with every problem found (at most `PROBLEMS_MAX`), each with file, line and column
 */
export async function readDocuments(
  source: DocumentSource,
  limits: Partial<DocumentLimits> = {},
): Promise<readonly Document[]> {
  const all = { ...DEFAULT_DOCUMENT_LIMITS, ...limits };
  // The byte-order mark of UTF-8 is no part of the text.
  const text = source.text.charCodeAt(0) === 0xfeff ? source.text.slice(1) : source.text;
  const lines = createLineIndex(source.file, text);
  const report = createProblemReport(lines);
  if (text.length > all.bytesMax || Buffer.byteLength(text) > all.bytesMax) {
    report.fail(0, `larger than ${all.bytesMax} bytes`);
  }
  const nul = text.indexOf("\0");
  if (nul !== -1) report.fail(nul, "a NUL character: this is not a text file");
  const json = readIfJson(source.file, text, all, lines, report);
  return json ?? (await readYaml(text, all, lines, report));
}

/** `undefined` where the text is better read as YAML (which can begin with a bracket too). */
function readIfJson(
  file: string,
  text: string,
  limits: DocumentLimits,
  lines: LineIndex,
  report: ProblemReport,
): readonly Document[] | undefined {
  const isJsonFile = file.toLowerCase().endsWith(".json");
  if (!isJsonFile && !/^[\s]*[{[]/.test(text)) return undefined;
  // A failure here is only a problem in a .json file; elsewhere the YAML reader has the last word.
  const ownReport = isJsonFile ? report : createProblemReport(lines);
  try {
    const documents = readJson(text, limits, ownReport);
    ownReport.throwIfAny();
    return documents
      .filter(({ value }) => value !== null)
      .map(({ value, start }) => ({
        value,
        locate: (path, target = "value") => lines.position(locateJson(text, start, path, target)),
      }));
  } catch (error) {
    if (isJsonFile) throw error;
    return undefined;
  }
}

async function readYaml(
  text: string,
  limits: DocumentLimits,
  lines: LineIndex,
  report: ProblemReport,
): Promise<readonly Document[]> {
  const yaml = await import("yaml");
  const documents: Document[] = [];
  for (const tree of parseYaml(yaml, text, limits, report)) {
    const root = tree.contents;
    if (root === null) continue;
    const { value, anchors } = yamlToValue(yaml, root, limits, report);
    if (value === null) continue;
    documents.push({
      value,
      locate: (path, target = "value") => lines.position(locateYaml(yaml, root, anchors, path, target)),
    });
  }
  report.throwIfAny();
  return documents;
}
