import { InputError, type DocumentPath, type Problem } from "@flotilla/core";
import { PROBLEMS_MAX } from "./document-limits.ts";
import type { LineIndex } from "./line-index.ts";

/** Collects what is wrong with one file. */
export interface ProblemReport {
  add(offset: number, message: string, path?: DocumentPath): void;
  /** For what makes reading on pointless. @throws InputError with everything found so far */
  fail(offset: number, message: string, path?: DocumentPath): never;
  /** @throws InputError if anything was added */
  throwIfAny(): void;
}

export function createProblemReport(lines: LineIndex): ProblemReport {
  const problems: Problem[] = [];
  const add = (offset: number, message: string, path: DocumentPath = []): void => {
    problems.push({ position: lines.position(offset), path: [...path], message });
    if (problems.length >= PROBLEMS_MAX) throw new InputError(problems);
  };
  return {
    add,
    fail(offset, message, path) {
      add(offset, message, path);
      throw new InputError(problems);
    },
    throwIfAny() {
      if (problems.length > 0) throw new InputError(problems);
    },
  };
}
