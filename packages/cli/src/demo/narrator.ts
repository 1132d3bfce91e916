import type { CliOutput } from "../io/cli-io.ts";

/** Tells the story beside the commands' own output. Silent where only facts are wanted. */
export interface Narrator {
  readonly isTelling: boolean;
  chapter(title: string): void;
  say(text: string): void;
  /** The line a user would type. */
  command(argv: readonly string[]): void;
}

const BOLD = "\u001B[1m";
const DIM = "\u001B[2m";
const PLAIN = "\u001B[0m";

export function createNarrator(
  out: CliOutput,
  options: { readonly isTelling: boolean; readonly hasColours: boolean },
): Narrator {
  const { isTelling, hasColours } = options;
  const styled = (style: string, text: string): string => (hasColours ? `${style}${text}${PLAIN}` : text);
  const tell = (text: string): void => {
    if (isTelling) out.write(`${text}\n`);
  };
  let chapters = 0;
  return {
    isTelling,
    chapter(title) {
      chapters += 1;
      tell(`\n${styled(BOLD, `${chapters}. ${title}`)}`);
    },
    say: tell,
    command: (argv) => tell(styled(DIM, `\n$ flotilla ${argv.join(" ")}`)),
  };
}
