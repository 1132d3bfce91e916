import { EmulatorRefusal, type EmulatorReply, jsonReply } from "@flotilla/testing";

/** An error of Resource Manager: in an envelope. */
export function armError(
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): EmulatorReply {
  return jsonReply(status, { error: { code, message } }, headers);
}

/** An error of AKS itself: without envelope, `details` often null and `subcode` often empty. */
export function aksError(
  status: number,
  code: string,
  message: string,
  more: { readonly subcode?: string; readonly detail?: string } = {},
): EmulatorReply {
  const details = more.detail === undefined ? null : [{ code: "Unspecified", message: more.detail }];
  return jsonReply(status, { code, details, message, subcode: more.subcode ?? "" });
}

/** Ends the request with this answer. */
export function refuse(reply: EmulatorReply): never {
  throw new EmulatorRefusal(reply);
}
