import type * as Yaml from "yaml";
import type { DocumentLimits } from "./document-limits.ts";
import type { ProblemReport } from "./problem-report.ts";

/** The module, handed in because it is loaded at the first YAML text and not before. */
export type YamlModule = typeof Yaml;

/** On the parser's stack beside one entry per open collection: the document, and the scalar being read. */
const STACK_BESIDE_COLLECTIONS = 2;

/**
 * Text to node trees, one per document, under limits checked while reading: the lexer and the parser are iterative, and
 * nothing reaches the recursive composer that is deeper than `depthMax`.
 */
export function parseYaml(
  yaml: YamlModule,
  text: string,
  limits: DocumentLimits,
  report: ProblemReport,
): readonly Yaml.Document.Parsed[] {
  const composer = new yaml.Composer({
    // Scalars stay text here and are resolved by our own rules; keys are compared by our own set (theirs is quadratic).
    schema: "failsafe",
    resolveKnownTags: false,
    uniqueKeys: false,
    strict: true,
    prettyErrors: false,
    logLevel: "silent",
  });
  const trees: Yaml.Document.Parsed[] = [];
  for (const tree of composer.compose(tokens(yaml, text, limits, report), false, text.length)) {
    for (const error of tree.errors) report.add(error.pos[0], describeError(error.code, error.message));
    if (tree.contents !== null) trees.push(tree);
    if (trees.length > limits.documentsMax) {
      report.fail(tree.range[0], `more than ${limits.documentsMax} documents`);
    }
  }
  report.throwIfAny();
  return trees;
}

function* tokens(yaml: YamlModule, text: string, limits: DocumentLimits, report: ProblemReport) {
  const parser = new yaml.Parser();
  let count = 0;
  for (const lexeme of new yaml.Lexer().lex(text)) {
    count += 1;
    if (count > limits.tokensMax) report.fail(parser.offset, `more than ${limits.tokensMax} tokens in one file`);
    if (lexeme.length > limits.scalarCharsMax) {
      report.fail(parser.offset, `a scalar of ${lexeme.length} characters: at most ${limits.scalarCharsMax} are read`);
    }
    yield* parser.next(lexeme);
    if (parser.stack.length > limits.depthMax + STACK_BESIDE_COLLECTIONS) {
      report.fail(parser.offset, `nested deeper than ${limits.depthMax} levels`);
    }
  }
  yield* parser.end();
}

/** Their texts are good; the commonest ones get what to do. */
function describeError(code: string, message: string): string {
  const advice: Readonly<Record<string, string>> = {
    TAB_AS_INDENT: "tabs may not indent: use spaces",
    MULTILINE_IMPLICIT_KEY: 'a key must be followed by ":" on its own line',
  };
  return advice[code] ?? message;
}
