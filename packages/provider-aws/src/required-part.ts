import { CloudError } from "@flotilla/core";

/**
 * A part that every answer of an action holds. A success without it (an error under a 200, a proxy's invention) must not read
 * as "there is nothing".
 */
export function requiredPart<T>(value: T | undefined, action: string, part: string): T {
  if (value !== undefined) return value;
  throw new CloudError("transient", `aws ${action}: the answer holds no ${part}; is there a proxy between?`, {
    code: "IncompleteAnswer",
  });
}
