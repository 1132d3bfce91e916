import type { DocumentPath } from "@flotilla/core";

/** Tells of something wrong at a path of the policy's document. */
export type Report = (path: DocumentPath, message: string, options?: ReportOptions) => void;

interface ReportOptions {
  /** The nearest known name. */
  readonly suggestion?: string | undefined;
  /** `key`: the name itself is wrong, so its place is told and not that of its value. */
  readonly target?: "key" | "value";
}
