/** What the command's exit code says; scripts branch on it. DESIGN section 8. */
export const EXIT = {
  done: 0,
  /** A bug of ours. */
  bug: 1,
  /** Bad usage or invalid input: nothing was contacted or changed. */
  usage: 2,
  /** Refused, or nothing fits. */
  refused: 3,
  /** Partly done or still pending: running again continues. */
  partial: 4,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
