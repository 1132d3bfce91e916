import { CloudError } from "@flotilla/core";
import type { AwsKeys } from "./keys.ts";

/** What each part of the keys is called where a person can correct it. */
export type KeyNames = Readonly<Record<(typeof PARTS)[number], string>>;

const PARTS = ["accessKeyId", "secretAccessKey", "sessionToken"] as const;

/** Visible ASCII, as all that AWS gives out: nothing else can stand in a header, or it would only be a wrong signature. */
const KEY_TEXT = /^[\x21-\x7e]+$/;

/**
 * The keys as they are: a line's end that was copied along is not cut off in silence, for who knows what else is wrong.
 *
 * @throws CloudError `unauthenticated` that tells the name of the part, and never its value.
 */
export function checkedKeys(keys: AwsKeys, names: KeyNames): AwsKeys {
  for (const part of PARTS) {
    const value = keys[part];
    if (value === undefined || KEY_TEXT.test(value)) continue;
    throw new CloudError(
      "unauthenticated",
      `aws: ${names[part]} holds a space, a line's end or a character that no key has; set it anew`,
    );
  }
  return keys;
}
