import { isKept, type Figure } from "./scenario.ts";

/** The figures of a run: a table for people. */
export function formatFigures(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.name,
    `${formatValue(figure.value)} ${figure.unit}`,
    formatLimit(figure),
    figure.limit === undefined ? "" : isKept(figure) ? "ok" : "BROKEN",
    spread(figure.samples),
  ]);
  const table = [["figure", "median", "limit", "", "lowest … highest"], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  return table
    .map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

function formatLimit({ limit }: Figure): string {
  if (limit === undefined) return "";
  return "atMost" in limit ? `≤ ${limit.atMost}` : `≥ ${limit.atLeast}`;
}

function spread(samples: readonly number[]): string {
  return samples.length === 0 ? "" : `${formatValue(Math.min(...samples))} … ${formatValue(Math.max(...samples))}`;
}

/** Three significant digits, whole numbers as they are. */
function formatValue(value: number): string {
  return Math.abs(value) >= 100 ? Math.round(value).toLocaleString("en-US") : value.toPrecision(3);
}
