import { plain } from "./plain.ts";

export interface Column {
  readonly title: string;
  /** Numbers stand right. Default left. */
  readonly align?: "left" | "right";
  /** May be shortened, down to this many characters, where the terminal is too narrow. */
  readonly shrinkTo?: number;
}

export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

export interface TableOptions {
  /** `undefined`: as wide as it gets. */
  readonly width?: number | undefined;
  readonly indent?: string;
  readonly paintTitle?: (text: string) => string;
}

const GAP = "  ";

/** Aligned lines, the titles first. The last column is not padded. */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  options: TableOptions = {},
): readonly string[] {
  const { indent = "", paintTitle = (text) => text } = options;
  const cells = rows.map((row) => row.map(toCell));
  const widths = fitWidths(columns, naturalWidths(columns, cells), options.width, indent.length);
  const line = (row: readonly Cell[]): string => {
    const parts = columns.map((column, index) => {
      const { text, paint = (same: string) => same } = row[index] ?? { text: "" };
      const width = widths[index] ?? 0;
      const fitted = shorten(text, width);
      const padding = " ".repeat(Math.max(0, width - lengthOf(fitted)));
      const isLast = index === columns.length - 1;
      return column.align === "right" ? padding + paint(fitted) : paint(fitted) + (isLast ? "" : padding);
    });
    return `${indent}${parts.join(GAP)}`.trimEnd();
  };
  return [line(columns.map(({ title }) => ({ text: title, paint: paintTitle }))), ...cells.map(line)];
}

function toCell(cell: string | Cell): Cell {
  return typeof cell === "string" ? { text: plain(cell) } : { ...cell, text: plain(cell.text) };
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly Cell[])[]): readonly number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((width, row) => Math.max(width, lengthOf(row[index]?.text ?? "")), lengthOf(title)),
  );
}

/** Takes what is too much from the widest column that may shrink, again and again. */
function fitWidths(
  columns: readonly Column[],
  natural: readonly number[],
  width: number | undefined,
  indent: number,
): readonly number[] {
  const widths = [...natural];
  if (width === undefined) return widths;
  const total = indent + GAP.length * (columns.length - 1) + widths.reduce((sum, each) => sum + each, 0);
  for (let excess = total - width; excess > 0; excess -= 1) {
    const widest = columns.reduce((best, column, index) => {
      const room = (widths[index] ?? 0) - (column.shrinkTo ?? Number.POSITIVE_INFINITY);
      return room > 0 && (widths[index] ?? 0) > (widths[best] ?? -1) ? index : best;
    }, -1);
    if (widest === -1) return widths;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function shorten(text: string, width: number): string {
  if (lengthOf(text) <= width) return text;
  return `${Array.from(text)
    .slice(0, Math.max(0, width - 1))
    .join("")}…`;
}

/** Code points: near enough for the names and messages of clusters. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}
