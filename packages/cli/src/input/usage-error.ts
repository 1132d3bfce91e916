/** The command was used wrongly: exit 2 with the message and nothing else. Nothing was contacted or changed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command understood and says no (for instance, a plan that is not there): exit 3. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}
