import type { CliOutput } from "../io/cli-io.ts";

/** Colours for people; each function gives its text back unchanged where colours are off. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly good: (text: string) => string;
  readonly warn: (text: string) => string;
  readonly bad: (text: string) => string;
}

/** Only on a terminal that can, and never where `NO_COLOR` is set (no-color.org). */
export function createStyle(output: CliOutput, env: Readonly<Record<string, string | undefined>>): Style {
  const isOn = output.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const paint =
    (code: number, end: number) =>
    (text: string): string =>
      isOn && text !== "" ? `\u001B[${code}m${text}\u001B[${end}m` : text;
  return { bold: paint(1, 22), dim: paint(2, 22), good: paint(32, 39), warn: paint(33, 39), bad: paint(31, 39) };
}
