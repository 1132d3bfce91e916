import { createRawClient } from "@flotilla/sandbox/control-planes";
import type { Contestant } from "./run-scenario.ts";

/** A server's address and the tokens of its users. */
export interface ContestantAccess {
  readonly url: string;
  readonly caPem: string;
  readonly tokens: { readonly admin: string; readonly viewer: string };
}

/** Connects every identity of the scenarios. Connections end with the process. */
export function contestant({ url, caPem, tokens }: ContestantAccess): Contestant {
  return {
    clients: {
      admin: createRawClient({ url, caPem, token: tokens.admin }),
      viewer: createRawClient({ url, caPem, token: tokens.viewer }),
      nobody: createRawClient({ url, caPem }),
    },
  };
}
