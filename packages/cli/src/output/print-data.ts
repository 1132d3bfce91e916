import type { CliOutput } from "../io/cli-io.ts";

export type OutputFormat = "table" | "json" | "yaml";

/** One document and nothing else, so that it can be piped. */
export async function printData(output: CliOutput, format: "json" | "yaml", data: unknown): Promise<void> {
  if (format === "json") output.write(`${JSON.stringify(data, null, 2)}\n`);
  else {
    const { toYaml } = await import("@flotilla/documents");
    output.write(await toYaml(data));
  }
}
