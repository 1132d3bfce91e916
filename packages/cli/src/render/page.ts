import type { CliIo } from "../io/cli-io.ts";
import { createStyle, type Style } from "./style.ts";
import { formatTable, type Cell, type Column } from "./table.ts";

/** Text for people, put together line by line: one place that knows colours and the terminal's width. */
export interface Page {
  readonly style: Style;
  line(text?: string): void;
  table(columns: readonly Column[], rows: readonly (readonly (string | Cell)[])[], indent?: string): void;
  print(): void;
}

export function createPage(io: CliIo): Page {
  const style = createStyle(io.stdout, io.env);
  const lines: string[] = [];
  return {
    style,
    line(text = "") {
      lines.push(text);
    },
    table(columns, rows, indent = "") {
      const width = io.stdout.isTTY === true ? io.stdout.columns : undefined;
      lines.push(...formatTable(columns, rows, { width, indent, paintTitle: style.bold }));
    },
    print() {
      io.stdout.write(`${lines.join("\n")}\n`);
    },
  };
}
