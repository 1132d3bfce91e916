import { isCloudError, isInputError } from "@flotilla/core";
import { EXIT, type ExitCode } from "../exit-codes.ts";
import type { CliIo } from "../io/cli-io.ts";
import { plain } from "../render/plain.ts";

/** Tells an error on stderr and gives its exit code. Stack traces only with `FLOTILLA_DEBUG=1`. */
export function reportError(error: unknown, io: CliIo): ExitCode {
  const code = exitCodeOf(error, io);
  for (const line of describe(error, code)) io.stderr.write(`${line}\n`);
  if (io.env["FLOTILLA_DEBUG"] === "1" && error instanceof Error) io.stderr.write(`${error.stack ?? ""}\n`);
  return code;
}

function exitCodeOf(error: unknown, io: CliIo): ExitCode {
  if (io.signal.aborted) return EXIT.interrupted;
  if (isInputError(error) || isNamed(error, "UsageError")) return EXIT.usage;
  if (isNamed(error, "RefusedError")) return EXIT.refused;
  if (!isCloudError(error)) return EXIT.bug;
  if (error.kind === "invalid") return EXIT.usage;
  if (REFUSALS.has(error.kind)) return EXIT.refused;
  return error.kind === "internal" ? EXIT.bug : EXIT.partial;
}

/** Failures that trying again does not change. */
const REFUSALS: ReadonlySet<string> = new Set([
  "denied",
  "unauthenticated",
  "policy",
  "notFound",
  "exists",
  "quota",
  "offering",
  "disabled",
  "inUse",
]);

function describe(error: unknown, code: ExitCode): readonly string[] {
  if (code === EXIT.interrupted)
    return [
      "flotilla: interrupted; a change that was under way on a cluster goes on there: run the command again to finish",
    ];
  const message = error instanceof Error ? error.message : String(error);
  if (isInputError(error)) return message.split("\n").map(plain);
  if (code !== EXIT.bug) return [`flotilla: ${plain(message)}`];
  return [
    `flotilla: this is a bug in flotilla, please report it: ${plain(message)}`,
    "flotilla: FLOTILLA_DEBUG=1 shows where it happened",
  ];
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
