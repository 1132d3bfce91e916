/**
 * Text from elsewhere (a cluster's name, a server's message) without characters that a terminal would obey: control
 * characters and the marks that turn the direction of writing become `?`.
 */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, (character) =>
    character === "\n" || character === "\t" ? " " : "?",
  );
}

/** `1 cluster`, `2 clusters`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** `a, b and 3 more`, so that a thousand clusters stay one line. */
export function fewOf(names: readonly string[], shown = 5): string {
  const rest = names.length - shown;
  return rest > 0 ? `${names.slice(0, shown).join(", ")} and ${rest} more` : names.join(", ");
}
