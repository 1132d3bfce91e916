/** Why an operation could not be applied; `missing` when the only reason is that something it names is not there. */
export interface PatchFailure {
  readonly failed: true;
  readonly message: string;
  readonly missing: boolean;
}

/** What no mode forgives. */
export function failure(message: string): PatchFailure {
  return { failed: true, message, missing: false };
}

/** Something named is not there. */
export function absent(message: string): PatchFailure {
  return { failed: true, message, missing: true };
}
