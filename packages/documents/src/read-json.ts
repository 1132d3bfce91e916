import type { DocumentLimits } from "./document-limits.ts";
import { keyFault } from "./unsafe-keys.ts";
import type { ProblemReport } from "./problem-report.ts";

/** One top-level value of a JSON text and where it begins. */
export interface JsonDocument {
  readonly value: unknown;
  readonly start: number;
}

/**
 * Reads RFC 8259 JSON, several values in a row allowed (as kubectl does). Unlike `JSON.parse` it refuses duplicate keys,
 * prototype keys, integers that would lose digits and deep nesting, and knows where. Recursion is bounded by `depthMax`.
 */
export function readJson(text: string, limits: DocumentLimits, report: ProblemReport): readonly JsonDocument[] {
  const reader = new JsonReader(text, limits, report);
  const documents: JsonDocument[] = [];
  for (let start = skipSpace(text, 0); start < text.length; start = skipSpace(text, reader.end)) {
    documents.push({ start, value: reader.read(start) });
    if (documents.length > limits.documentsMax) report.fail(start, `more than ${limits.documentsMax} documents`);
  }
  return documents;
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const LITERAL = /true|false|null/y;

class JsonReader {
  readonly #text: string;
  readonly #limits: DocumentLimits;
  readonly #report: ProblemReport;
  readonly #path: (string | number)[] = [];
  #at = 0;

  constructor(text: string, limits: DocumentLimits, report: ProblemReport) {
    this.#text = text;
    this.#limits = limits;
    this.#report = report;
  }

  /** Where the last value ended. */
  get end(): number {
    return this.#at;
  }

  read(start: number): unknown {
    this.#at = start;
    return this.#readValue();
  }

  #readValue(): unknown {
    const character = this.#peek();
    if (character === '"') return this.#readString();
    if (character === "{" || character === "[") {
      // The path holds one part per open bracket, so this one is the (length + 1)-th.
      if (this.#path.length >= this.#limits.depthMax) {
        this.#report.fail(this.#at, `nested deeper than ${this.#limits.depthMax} levels`);
      }
      return character === "{" ? this.#readObject() : this.#readArray();
    }
    LITERAL.lastIndex = this.#at;
    const literal = LITERAL.exec(this.#text)?.[0];
    if (literal === undefined) return this.#readNumber();
    this.#at += literal.length;
    return literal === "null" ? null : literal === "true";
  }

  #readObject(): Record<string, unknown> {
    const result: Record<string, unknown> = {};
    const seen = new Set<string>();
    this.#at += 1;
    if (this.#peek() === "}") this.#at += 1;
    else {
      do this.#readMember(result, seen);
      while (!this.#closes("}"));
    }
    return result;
  }

  #readMember(result: Record<string, unknown>, seen: Set<string>): void {
    if (this.#peek() !== '"') this.#unexpected("expected a key in double quotes");
    const keyAt = this.#at;
    const key = this.#readString();
    this.#path.push(key);
    const fault = keyFault(key, seen);
    if (fault !== undefined) this.#report.add(keyAt, fault, this.#path);
    seen.add(key);
    if (this.#peek() !== ":") this.#unexpected('expected ":" after a key');
    this.#at += 1;
    const value = this.#readValue();
    if (fault === undefined) result[key] = value;
    this.#path.pop();
  }

  #readArray(): unknown[] {
    const result: unknown[] = [];
    this.#at += 1;
    if (this.#peek() === "]") this.#at += 1;
    else {
      do {
        this.#path.push(result.length);
        result.push(this.#readValue());
        this.#path.pop();
      } while (!this.#closes("]"));
    }
    return result;
  }

  #closes(bracket: "}" | "]"): boolean {
    const character = this.#peek();
    if (character !== "," && character !== bracket) this.#unexpected(`expected "," or "${bracket}"`);
    this.#at += 1;
    return character === bracket;
  }

  #readString(): string {
    const end = stringEnd(this.#text, this.#at);
    if (end === -1) this.#report.fail(this.#at, "this string is not closed", this.#path);
    const chars = end - this.#at;
    if (chars > this.#limits.scalarCharsMax) {
      const message = `a scalar of ${chars} characters: at most ${this.#limits.scalarCharsMax} are read`;
      this.#report.fail(this.#at, message, this.#path);
    }
    try {
      const value = JSON.parse(this.#text.slice(this.#at, end)) as string;
      this.#at = end;
      return value;
    } catch {
      const message = "not a JSON string: a control character or an unknown escape";
      return this.#report.fail(this.#at, message, this.#path);
    }
  }

  #readNumber(): number {
    NUMBER.lastIndex = this.#at;
    const source = NUMBER.exec(this.#text)?.[0];
    if (source === undefined) return this.#unexpected("expected a value");
    const value = Number(source);
    if (!isExact(source, value)) {
      this.#report.add(this.#at, "this number cannot be kept exactly: write it as a string", this.#path);
    }
    this.#at += source.length;
    return value;
  }

  /** The next character that is not space, and moves to it. */
  #peek(): string | undefined {
    this.#at = skipSpace(this.#text, this.#at);
    return this.#text[this.#at];
  }

  #unexpected(expected: string): never {
    const found = this.#at >= this.#text.length ? "the end of the file" : JSON.stringify(this.#text[this.#at]);
    return this.#report.fail(this.#at, `${expected}, found ${found}`, this.#path);
  }
}

/** Integers that a double holds exactly, and finite fractions (rounding those is what everybody does). */
function isExact(source: string, value: number): boolean {
  return /^[-+]?\d+$/.test(source) ? Number.isSafeInteger(value) : Number.isFinite(value);
}

/** The offset behind the closing quote of the string that starts at `start`; -1 where there is none. */
export function stringEnd(text: string, start: number): number {
  for (let from = start + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote === -1) return -1;
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === "\\") backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
    from = quote + 1;
  }
}

export function skipSpace(text: string, from: number): number {
  let at = from;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return at;
    at += 1;
  }
}
