/** Everything the command touches of its process, so that it can run inside another one (tests, the demo). */
export interface CliIo {
  readonly stdout: CliOutput;
  readonly stderr: CliOutput;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths start: the caller's folder. */
  readonly cwd: string;
  /** Aborted by the first Ctrl-C: the command says what goes on by itself and ends with 130. */
  readonly signal: AbortSignal;
}

/** What Node's own output streams are. */
export interface CliOutput {
  write(text: string): unknown;
  /** Colours and a live progress line only where this is `true`. */
  readonly isTTY?: boolean;
  /** Width of the terminal, where there is one. */
  readonly columns?: number;
}
