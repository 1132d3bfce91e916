import {
  createEmulatedFleet,
  type EmulatedCloud,
  type EmulatedFleet,
  type EmulatorOptions,
  type EmulatorServer,
  stableUuid,
  startEmulator,
} from "@flotilla/testing";
import type { AzureCredential } from "../azure-credential.ts";
import { AKS_SCOPE } from "../audiences.ts";
import { createAzureOperations } from "./azure-operations.ts";
import { createAzureService } from "./azure-service.ts";
import { type AzureTokenIdentity, createAzureTokens, type MintInput } from "./azure-tokens.ts";
import type { AzureLock } from "./locks.ts";
import type { AzureWorld } from "./azure-world.ts";

/** What the emulator takes beside what every emulator does. */
export interface AzureEmulatorOptions extends EmulatorOptions {
  /** How long starting and stopping a cluster takes, on the emulator's clock. Default 30 s. */
  readonly operationMs?: number;
  /** `Retry-After` of operations. Default: none, as with AKS; other providers of Azure send it. */
  readonly operationRetryAfterSeconds?: number;
  /** Locks on more than single clusters, which say so by `deletionProtection`. Default: none. */
  readonly locks?: readonly AzureLock[];
}

/** A running emulated Azure: Resource Manager at `url`, the price list at `url` + `/api/retail/prices`. */
export interface AzureEmulator extends EmulatorServer {
  /** Tokens of an identity that may do everything, one per audience, for a day. */
  readonly tokens: { readonly arm: string; readonly aks: string };
  /** The same identity as a credential: mints a new token at each call. */
  readonly credential: AzureCredential;
  mintToken(input: MintInput): { readonly token: string; readonly expiresOnTimestamp: number };
  /** Its clusters, to be changed while it runs. */
  readonly fleet: EmulatedFleet;
  /** What an AKS API server asks: whose token this is, and whether it is one for AKS at all. */
  verifyAksToken(token: string): AzureTokenIdentity;
}

const OPERATION_MS = 30_000;
const DAY_MS = 24 * 60 * 60_000;

/** Serves an emulated Azure on loopback. */
export async function startAzureEmulator(
  cloud: EmulatedCloud,
  options: AzureEmulatorOptions = {},
): Promise<AzureEmulator> {
  const made = Promise.withResolvers<AzureWorld>();
  const server = await startEmulator(
    "azure",
    ({ clock }) => {
      const nowMs = (): number => clock.nowMs();
      const fleet = createEmulatedFleet(cloud, { clock, consistencyMs: options.consistencyMs ?? 0 });
      let requests = 0;
      const world: AzureWorld = {
        fleet,
        nowMs,
        locks: options.locks ?? [],
        tokens: createAzureTokens(nowMs),
        operations: createAzureOperations(fleet, { nowMs, durationMs: options.operationMs ?? OPERATION_MS }),
        pageSizeMax: options.pageSizeMax ?? Number.MAX_SAFE_INTEGER,
        scheme: options.tls === true ? "https" : "http",
        operationHeaders: retryAfter(options.operationRetryAfterSeconds),
        newRequestId: () => stableUuid("request", String((requests += 1))),
      };
      made.resolve(world);
      return createAzureService(world);
    },
    options,
  );
  const { tokens, fleet } = await made.promise;
  const credential: AzureCredential = {
    getToken: async (scopes) => tokens.mint({ audience: String(scopes) === AKS_SCOPE ? "aks" : "arm" }),
  };
  return Object.assign(server, {
    tokens: {
      arm: tokens.mint({ audience: "arm", lifetimeMs: DAY_MS }).token,
      aks: tokens.mint({ audience: "aks", lifetimeMs: DAY_MS }).token,
    },
    credential,
    fleet,
    mintToken: (input: MintInput) => tokens.mint(input),
    verifyAksToken: (token: string) => tokens.verify(token, "aks"),
  });
}

function retryAfter(seconds: number | undefined): Readonly<Record<string, string>> {
  return seconds === undefined ? {} : { "retry-after": String(seconds) };
}
