/** Long runs without spaces, paths or punctuation of sentences: tokens, keys, base64. Identifiers that help are shorter. */
const OPAQUE = /[A-Za-z0-9+_=~-]{24,}(?:\.[A-Za-z0-9+/_=~-]{8,})*/g;
/** `password=…`, `token: …` and the like, whatever the value looks like. */
const LABELLED =
  /\b(password|passwd|secret|token|authorization|bearer|api[-_]?key)(["']?\s*[:=]\s*|\s+)(["']?)[^\s"',;]+/gi;

/** What a foreign program said, without what may be a secret. Control characters go too: this reaches a terminal. */
export function hideOpaque(text: string): string {
  return text
    .replace(LABELLED, "$1$2$3[redacted]")
    .replace(OPAQUE, "[redacted]")
    .replace(/[^\P{Cc}\n\t]/gu, "");
}
