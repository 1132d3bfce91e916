/** In order: what a server or a moment chooses, and the word that stands for it. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UID"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, "TIME"],
  [/[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}/g, "TIME"],
  [/https:\/\/127\.0\.0\.1:\d+/g, "SERVER"],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, "IP"],
  [/\b(\d+d)?(\d+h)?(\d+m)?\d+(\.\d+)?m?s\b/g, "AGE"],
  [/<unknown>/g, "AGE"],
  [/\b([a-z]+)-[a-z0-9]{6,10}-[a-z0-9]{5}\b/g, "$1-POD"],
  [/\b([a-z]+)-[bcdfghjklmnpqrstvwxz2456789]{8,10}\b/g, "$1-HASH"],
  [/resourceVersion: "\d+"/g, "resourceVersion: N"],
  [/[ \t]+/g, " "],
];

/** kubectl's words without ages, addresses, hashes and column widths, so that two servers' can be compared. */
export function maskOutput(text: string): string {
  return MASKS.reduce((masked, [pattern, word]) => masked.replaceAll(pattern, word), text).trim();
}
