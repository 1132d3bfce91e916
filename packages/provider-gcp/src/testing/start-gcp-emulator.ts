import {
  createEmulatedFleet,
  type EmulatedCloud,
  type EmulatedFleet,
  type EmulatorOptions,
  type EmulatorServer,
  stableHex,
  startEmulator,
} from "@flotilla/testing";
import { gcpService } from "./gcp-service.ts";
import { type EmulatedAuthorizedUser, type EmulatedGcpToken, GcpTokens } from "./gcp-tokens.ts";
import type { GcpWorld } from "./gcp-world.ts";
import type { EmulatedServiceAccount } from "./service-account.ts";

/** What an emulated Google Cloud takes beside its description. */
export interface GcpEmulatorOptions extends EmulatorOptions {
  /** Access tokens that are known. Default: one of an account that may do everything. */
  readonly tokens?: readonly EmulatedGcpToken[];
}

/** A running emulated Google Cloud. */
export interface GcpEmulator extends EmulatorServer {
  /** The first account's token. */
  readonly token: string;
  /** The first account's long-lived credentials, for clients that mint their tokens at `/token`. */
  readonly authorizedUser: EmulatedAuthorizedUser;
  /** The first account's key file; its tokens are minted at `/token` too. */
  serviceAccount(): EmulatedServiceAccount;
  /** Its clusters, to be changed while it runs. */
  readonly fleet: EmulatedFleet;
  /**
   * What a GKE API server asks: whose token this is, by e-mail address, or by number where the token has no e-mail scope.
   * `undefined`: nobody's, expired, or for another audience.
   */
  identify(token: string): { readonly account: string } | undefined;
}

/**
 * One server for Kubernetes Engine, Compute Engine, Resource Manager, Cloud Billing and OAuth's token endpoint, over REST (no
 * gRPC), told apart by their paths. Reads only.
 */
export async function startGcpEmulator(fleet: EmulatedCloud, options: GcpEmulatorOptions = {}): Promise<GcpEmulator> {
  const { tokens = [] } = options;
  const first = tokens[0] ?? defaultToken(fleet);
  const made = Promise.withResolvers<GcpWorld>();
  const server = await startEmulator(
    "gcp",
    ({ clock }) => {
      const world: GcpWorld = {
        fleet: createEmulatedFleet(fleet, { clock, consistencyMs: options.consistencyMs ?? 0 }),
        tokens: new GcpTokens(tokens, first, fleet.scopes[0]?.id ?? ""),
        nowMs: () => clock.nowMs(),
        pageSizeMax: options.pageSizeMax ?? Number.MAX_SAFE_INTEGER,
      };
      made.resolve(world);
      return gcpService(world);
    },
    options,
  );
  const world = await made.promise;
  return Object.assign(server, {
    token: first.value,
    authorizedUser: world.tokens.user,
    serviceAccount: () => world.tokens.serviceAccount,
    fleet: world.fleet,
    identify(value: string) {
      const token = world.tokens.find(value);
      if (token === undefined || !world.tokens.isGood(token, world.nowMs())) return undefined;
      return { account: world.tokens.userOf(token) };
    },
  });
}

function defaultToken(fleet: EmulatedCloud): EmulatedGcpToken {
  const project = fleet.scopes[0]?.id ?? "sandbox";
  return {
    value: `ya29.sandbox-${stableHex(32, "token", project)}`,
    account: `flotilla@${project}.iam.gserviceaccount.com`,
  };
}
