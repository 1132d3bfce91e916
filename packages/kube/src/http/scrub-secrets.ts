/** Shorter strings are words, and taking words out of messages would make nonsense of them without hiding anything. */
const SECRET_LENGTH_MIN = 6;

/** Replaces each secret by `[redacted]`. */
export function createSecretScrubber(secrets: readonly string[]): (text: string) => string {
  const known = secrets.filter((secret) => secret.length >= SECRET_LENGTH_MIN);
  return (text) => known.reduce((rest, secret) => rest.replaceAll(secret, "[redacted]"), text);
}
