/** A plain scalar resolved to JSON, or why it cannot be; the message never holds the value, which may be a secret. */
export type PlainScalar =
  | { readonly ok: true; readonly value: string | number | boolean | null }
  | { readonly ok: false; readonly message: string };

/**
 * Resolves a plain (unquoted, untagged) scalar the way kubectl does, which reads YAML 1.1: `yes` and `on` are true and
 * `defaultMode: 0644` is 420, not 644. Timestamps and base-60 numbers stay text.
 *
 * Source: `resolve` of go.yaml.in/yaml v2, which sigs.k8s.io/yaml uses.
 */
export function resolvePlainScalar(source: string): PlainScalar {
  const word = WORDS.get(source);
  if (word !== undefined) return { ok: true, value: word };
  if (/^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/.test(source)) {
    return { ok: false, message: "not a JSON number: quote it to mean the text" };
  }
  const first = source.charCodeAt(0);
  const startsLikeNumber = (first >= 48 && first <= 57) || first === 43 || first === 45 || first === 46;
  return startsLikeNumber ? resolveNumber(source) : { ok: true, value: source };
}

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...variants(["y", "yes", "true", "on"], true),
  ...variants(["n", "no", "false", "off"], false),
  ...variants(["null"], null),
  ["", null],
  ["~", null],
]);

/** `yes`, `Yes`, `YES`; mixed case is text. */
function variants<T>(words: readonly string[], value: T): readonly (readonly [string, T])[] {
  return words.flatMap((word) =>
    [word, word.charAt(0).toUpperCase() + word.slice(1), word.toUpperCase()].map((text) => [text, value] as const),
  );
}

function resolveNumber(source: string): PlainScalar {
  // Underscores may stand anywhere in a number, but only between digits in one that begins with its point.
  if (source.startsWith(".") && /_(?!\d)|(?<!\d)_/.test(source)) return { ok: true, value: source };
  const plain = source.replaceAll("_", "");
  const integer = readInteger(plain);
  const isFloat = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain);
  const value = integer ?? (isFloat ? Number(plain) : undefined);
  // Too large for a number is text there: a shortened commit such as `6e640` is one.
  if (value === undefined || !Number.isFinite(value)) return { ok: true, value: source };
  const isWhole = integer !== undefined || /^[-+]?\d+$/.test(plain);
  if (isWhole && !Number.isSafeInteger(value)) {
    return { ok: false, message: "this number cannot be kept exactly: quote it to mean the text" };
  }
  return { ok: true, value: value === 0 ? 0 : value };
}

/** Go's `ParseInt(text, 0, 64)`: decimal, `0x`, `0b`, `0o`, and a leading zero for octal. */
function readInteger(text: string): number | undefined {
  const match = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9]\d*)$/.exec(text);
  const digits = match?.[2];
  if (digits === undefined) return undefined;
  const value = /^0\d/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return match?.[1] === "-" ? -value : value;
}
