import { CloudError, type Clock, type TokenSource } from "@flotilla/core";
import { readFile } from "node:fs/promises";
import { createMintedTokens } from "@flotilla/core";

/** The kubelet rotates service account tokens in place; client-go reads the file once a minute too. */
const REREAD_MS = 60_000;

/** A token in a file that something else keeps fresh. @throws CloudError `unauthenticated` when the file has none. */
export function createFileTokens(file: string, clock: Clock): TokenSource {
  return createMintedTokens({
    clock,
    async mint() {
      const value = (await read(file)).trim();
      if (value === "") throw new CloudError("unauthenticated", `the token file ${file} is empty`);
      return { value, expiresAtMs: clock.nowMs() + 2 * REREAD_MS }; // renewed a minute ahead: read once a minute
    },
  });
}

async function read(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unreadable";
    throw new CloudError("unauthenticated", `cannot read the token file ${file}: ${code}`, { code, cause: error });
  }
}
