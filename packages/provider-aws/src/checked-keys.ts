import { CloudError, isSendableSecret } from "@flotilla/core";
import type { AwsKeys } from "./keys.ts";

/** What each part of the keys is called where a person can correct it. */
export type KeyNames = Readonly<Record<(typeof PARTS)[number], string>>;

const PARTS = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;

/**
 * The keys as they are: a line's end that was copied along is not cut off in silence, for who knows what else is wrong.
 *
 * @throws CloudError `unauthenticated` that tells the name of the part, and never its value.
 */
export function checkedKeys(keys: AwsKeys, names: KeyNames): AwsKeys {
  for (const part of PARTS) {
    const value = keys[part];
    if (value === undefined || isSendableSecret(value)) continue;
    throw new CloudError(
      "unauthenticated",
      `aws: ${names[part]} holds a space, a line's end or a character that no key has; set it anew`,
    );
  }
  return keys;
}
