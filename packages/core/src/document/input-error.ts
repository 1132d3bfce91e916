import type { Problem } from "./document.ts";

/** Bad input: everything wrong with it at once. Nothing was contacted or changed. */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.problems = problems;
  }
}

/** `file:line:column: path: message (did you mean "x"?)`, one line. */
export function formatProblem(problem: Problem): string {
  const { file, line, column } = problem.position;
  const path = problem.path.length === 0 ? "" : `${formatPath(problem.path)}: `;
  const hint = problem.suggestion === undefined ? "" : ` (did you mean "${problem.suggestion}"?)`;
  return `${file}:${line}:${column}: ${path}${problem.message}${hint}`;
}

function formatPath(path: Problem["path"]): string {
  return path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`))
    .join("")
    .replace(/^\./, "");
}

/** By name, not by class: two installed copies of this package must understand each other. */
export function isInputError(error: unknown): error is InputError {
  return error instanceof Error && error.name === "InputError" && "problems" in error;
}
