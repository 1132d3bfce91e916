import { isJsonObject, type DocumentPath } from "@flotilla/core";
import type { WorkloadProblem } from "./workload-problem.ts";

/** A place in an object that somebody wrote: reads it as what it should be, and reports what it is not. Absent is not wrong. */
export class JsonReader {
  readonly value: unknown;
  readonly #path: DocumentPath;
  readonly #report: (problem: WorkloadProblem) => void;

  constructor(value: unknown, path: DocumentPath, report: (problem: WorkloadProblem) => void) {
    this.value = value;
    this.#path = path;
    this.#report = report;
  }

  /** The place below; reading on from an absent one gives absent ones. */
  at(path: DocumentPath): JsonReader {
    let value = this.value;
    for (const part of path) value = child(value, part);
    return new JsonReader(value, [...this.#path, ...path], this.#report);
  }

  problem(message: string): void {
    this.#report({ path: this.#path, message });
  }

  items(): readonly JsonReader[] {
    if (this.value === undefined || this.value === null) return [];
    if (!Array.isArray(this.value)) {
      this.problem("expected a list");
      return [];
    }
    return this.value.map((_, index) => this.at([index]));
  }

  entries(): readonly (readonly [string, JsonReader])[] {
    if (this.value === undefined || this.value === null) return [];
    if (!isJsonObject(this.value)) {
      this.problem("expected a map");
      return [];
    }
    return Object.keys(this.value).map((key) => [key, this.at([key])] as const);
  }

  stringMap(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.entries().map(([key, place]) => [key, place.text() ?? ""]));
  }

  text(): string | undefined {
    if (this.value === undefined || this.value === null) return undefined;
    if (typeof this.value === "string") return this.value;
    this.problem("expected a string");
    return undefined;
  }

  /** A whole number ≥ 0. */
  count(absent: number): number {
    if (this.value === undefined || this.value === null) return absent;
    if (typeof this.value === "number" && Number.isInteger(this.value) && this.value >= 0) return this.value;
    this.problem("expected a whole number, 0 or more");
    return absent;
  }

  /** One of some words; `fallback` where absent or wrong. */
  oneOf<const T extends string>(words: readonly T[], fallback: T): T {
    const text = this.text();
    if (text === undefined) return fallback;
    const found = words.find((word) => word === text);
    if (found === undefined) this.problem(`expected ${words.join(", ")}`);
    return found ?? fallback;
  }
}

function child(value: unknown, part: string | number): unknown {
  if (typeof part === "number") return Array.isArray(value) ? value[part] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}
