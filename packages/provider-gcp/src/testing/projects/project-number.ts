import { stableDigits } from "@flotilla/testing";

/** A project's number, which links hold in place of its id. */
export function projectNumber(project: string): string {
  return stableDigits(12, "project", project);
}
