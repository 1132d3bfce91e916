import type { CliOutput } from "../io/cli-io.ts";
import { plain } from "../render/plain.ts";

/** What is going on, told on stderr. */
export interface Progress {
  /** The state of the work in one line. Phases follow each other; `total` 0 means not known. */
  report(event: ProgressLine): void;
  /** Takes the live line away, before anything else is printed. */
  clear(): void;
}

interface ProgressLine {
  readonly phase: string;
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

const NOTHING: Progress = { report: () => undefined, clear: () => undefined };

/** One line that rewrites itself on a terminal, a line per phase and per tenth of its work elsewhere, nothing if quiet. */
export function createProgress(output: CliOutput, options: { readonly isQuiet: boolean }): Progress {
  if (options.isQuiet) return NOTHING;
  return output.isTTY === true ? createLiveProgress(output) : createLineProgress(output);
}

function createLiveProgress(output: CliOutput): Progress {
  let isShown = false;
  return {
    report(line) {
      const text = formatLine(line);
      const width = Math.max(20, (output.columns ?? 80) - 1);
      const fitted = text.length > width ? `${text.slice(0, width - 1)}…` : text;
      output.write(`\r\u001B[2K${fitted}`);
      isShown = true;
    },
    clear() {
      if (isShown) output.write("\r\u001B[2K");
      isShown = false;
    },
  };
}

/** A log does not want a line per object of a thousand clusters: ten per phase say as much. */
const LINES_PER_PHASE = 10;

function createLineProgress(output: CliOutput): Progress {
  let phase = "";
  let nextDone = 0;
  return {
    report(line) {
      if (line.phase !== phase) {
        phase = line.phase;
        nextDone = 0;
      }
      const isLast = line.total > 0 && line.done >= line.total;
      if (line.done < nextDone && !isLast) return;
      nextDone = line.done + Math.max(1, Math.ceil(line.total / LINES_PER_PHASE));
      output.write(`${formatLine(line)}\n`);
    },
    clear: () => undefined,
  };
}

function formatLine({ phase, done, total, message }: ProgressLine): string {
  const counter = total > 0 ? ` ${done}/${total}` : "";
  return `${phase}${counter}: ${plain(message)}`;
}
