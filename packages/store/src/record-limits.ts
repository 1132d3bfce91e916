import { CloudError, RECORD_BYTES_MAX } from "@flotilla/core";

/** Keys become names elsewhere (a Kubernetes object's annotation): short, and nothing that a terminal or a path would mind. */
const KEY_BYTES_MAX = 512;

/** @throws CloudError `invalid` */
export function checkKey(key: string): void {
  const isPlain = key.length > 0 && key.isWellFormed() && !/[\p{Cc}\u{10FFFF}]/u.test(key);
  if (!isPlain || Buffer.byteLength(key) > KEY_BYTES_MAX) {
    throw new CloudError("invalid", `a record's key is 1 to ${KEY_BYTES_MAX} bytes without control characters`);
  }
}

/** The value as JSON. @throws CloudError `invalid` where it is not JSON or too large */
export function serialise(key: string, value: unknown): string {
  const json = JSON.stringify(value) as string | undefined;
  if (json === undefined) throw new CloudError("invalid", `record ${key}: its value is not JSON`);
  const bytes = Buffer.byteLength(json);
  if (bytes > RECORD_BYTES_MAX) {
    throw new CloudError("invalid", `record ${key} has ${bytes} bytes, the limit is ${RECORD_BYTES_MAX}: split it`);
  }
  return json;
}
