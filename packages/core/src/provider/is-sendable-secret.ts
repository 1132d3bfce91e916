/** Visible ASCII: what tokens and keys are made of. Other characters go into no header, or into one that is never answered. */
const SENDABLE = /^[\x21-\x7e]+$/;

/** Whether a token or a key can be sent as it is. A line's end that was copied along makes it another one, and is not cut off. */
export function isSendableSecret(text: string): boolean {
  return SENDABLE.test(text);
}
