import type { EmulatedFleet } from "@flotilla/testing";
import type { AzureLock } from "./locks.ts";
import type { AzureTokens } from "./azure-tokens.ts";
import type { AzureOperations } from "./azure-operations.ts";

/** An emulated Azure while it runs. */
export interface AzureWorld {
  readonly fleet: EmulatedFleet;
  readonly tokens: AzureTokens;
  readonly operations: AzureOperations;
  /** Beside those that the description of the clusters implies. */
  readonly locks: readonly AzureLock[];
  readonly nowMs: () => number;
  readonly pageSizeMax: number;
  /** `https` where the emulator serves TLS: links in answers are absolute. */
  readonly scheme: "http" | "https";
  /** Headers of an operation's answers beside its address: AKS itself sends no `Retry-After`. */
  readonly operationHeaders: Readonly<Record<string, string>>;
  readonly newRequestId: () => string;
}
