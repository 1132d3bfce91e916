import type { Document, DocumentPath, Problem } from "./document.ts";
import { knownKeys } from "./known-keys.ts";
import { nearestName } from "./nearest-name.ts";
import type { SchemaIssue } from "./schema-issue.ts";
import { valueAt } from "./value-at.ts";

/** A document and what a validator said of it. */
export interface ProblemSource {
  readonly document: Document;
  readonly issues: readonly SchemaIssue[];
  /** JSON Schema of the input, for naming what a misspelt field might have been. */
  readonly jsonSchema?: unknown;
}

/**
 * A validator's complaints as problems with positions, in the order they stand in the file. Every unknown field is a problem
 * of its own with the nearest field of its level. Messages tell what was expected and the type that was found, never the
 * value itself: it may be a secret.
 */
export function problemsFromIssues(source: ProblemSource): Problem[] {
  return source.issues.flatMap((issue) => toProblems(source, issue, [])).sort(comparePositions);
}

function toProblems(source: ProblemSource, issue: SchemaIssue, base: DocumentPath): Problem[] {
  const path = [...base, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  switch (issue.code) {
    case "unrecognized_keys":
      return (issue.keys ?? []).map((key) => unknownField(source, path, key));
    case "invalid_type":
      return [typeProblem(source, path, [issue.expected ?? "another type"])];
    case "invalid_value":
      return [valueProblem(source, path, issue.values ?? [])];
    case "invalid_union":
      return unionProblems(source, path, issue);
    case "invalid_key":
      return [keyProblem(source, path, issue)];
    case "invalid_element":
      return (issue.issues ?? []).flatMap((inner) => toProblems(source, inner, path));
    case "too_small":
    case "too_big":
      return [problem(source, path, issue.message.replace(/^Too (?:small|big): /, ""))];
    default:
      return [problem(source, path, issue.message)];
  }
}

function unknownField(source: ProblemSource, path: DocumentPath, key: string): Problem {
  const known = knownKeys(source.jsonSchema, source.document.value, path);
  const suggestion = nearestName(key, known);
  return {
    position: source.document.locate([...path, key], "key"),
    path: [...path, key],
    message: known.length === 0 ? "unknown field" : `unknown field; known here: ${known.join(", ")}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function typeProblem(source: ProblemSource, path: DocumentPath, expected: readonly string[]): Problem {
  const value = valueAt(source.document.value, path);
  const wanted = `expected ${list(expected)}`;
  return problem(source, path, value === undefined ? `required: ${wanted}` : `${wanted}, found ${typeName(value)}`);
}

function valueProblem(source: ProblemSource, path: DocumentPath, values: readonly unknown[]): Problem {
  const value = valueAt(source.document.value, path);
  const names = values.filter((each) => typeof each === "string");
  const suggestion = typeof value === "string" ? nearestName(value, names) : undefined;
  const wanted = `expected ${list(values.map((each) => JSON.stringify(each) ?? String(each)))}`;
  return {
    ...problem(source, path, value === undefined ? `required: ${wanted}` : wanted),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/**
 * Of several alternatives the one that was most likely meant speaks: not one of another type altogether, and with the fewest
 * complaints. If every one is of another type, what they expect is named together.
 */
function unionProblems(source: ProblemSource, path: DocumentPath, issue: SchemaIssue): Problem[] {
  const branches = issue.errors ?? [];
  if (branches.length === 0) {
    if (issue.options !== undefined) return [valueProblem(source, path, issue.options)];
    return [problem(source, path, issue.message)];
  }
  const value = valueAt(source.document.value, path);
  const isOfAnotherType = (inner: SchemaIssue): boolean => isAboutTheType(inner, value);
  const nearest = branches
    .filter((branch) => !branch.some(isOfAnotherType))
    .reduce<readonly SchemaIssue[] | undefined>(
      (best, branch) => (best === undefined || branch.length < best.length ? branch : best),
      undefined,
    );
  if (nearest !== undefined) return nearest.flatMap((inner) => toProblems(source, inner, path));
  const expected = branches.flat().filter(isOfAnotherType).flatMap(expectedOf);
  return [typeProblem(source, path, [...new Set(expected)])];
}

/** About the whole value: of another type than asked for, or than the constants that it may be. */
function isAboutTheType({ code, path, values = [] }: SchemaIssue, value: unknown): boolean {
  if (path.length > 0) return false;
  return code === "invalid_type" || (code === "invalid_value" && values.every((each) => typeof each !== typeof value));
}

function expectedOf({ expected, values }: SchemaIssue): readonly string[] {
  return values === undefined
    ? [expected ?? "another type"]
    : values.map((each) => JSON.stringify(each) ?? String(each));
}

function keyProblem(source: ProblemSource, path: DocumentPath, issue: SchemaIssue): Problem {
  const reasons = (issue.issues ?? []).map((inner) => inner.message);
  const key = path[path.length - 1];
  const suggestion =
    typeof key === "string"
      ? nearestName(key, knownKeys(source.jsonSchema, source.document.value, path.slice(0, -1)))
      : undefined;
  return {
    position: source.document.locate(path, "key"),
    path,
    message: `this name is not allowed here${reasons.length === 0 ? "" : `: ${reasons.join("; ")}`}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

function problem(source: ProblemSource, path: DocumentPath, message: string): Problem {
  return { position: source.document.locate(path), path, message };
}

function typeName(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function list(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}

function comparePositions(a: Problem, b: Problem): number {
  return a.position.line - b.position.line || a.position.column - b.position.column;
}
