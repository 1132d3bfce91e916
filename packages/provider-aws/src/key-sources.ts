import { type Clock, CloudError, isCloudError } from "@flotilla/core";
import type { AwsCredentialVariables, AwsOptions } from "./aws-options.ts";
import { checkedKeys, type KeyNames } from "./checked-keys.ts";
import { homeRegion } from "./home-region.ts";
import type { AwsKeys, KeySource } from "./keys.ts";
import { keysOfChain } from "./keys-of-chain.ts";
import type { AwsTransport } from "./transport.ts";

/** Keys are renewed this long before they end, so that the request they sign is not refused on the way. */
const RENEW_AHEAD_MS = 5 * 60_000;

interface Held {
  readonly keys: AwsKeys;
  readonly renewAtMs: number;
}

/** Keeps keys while they last; one renewal at a time, for everybody who asks meanwhile. */
export function cachedKeys(load: () => Promise<AwsKeys>, clock: Clock): KeySource {
  let held: Held | undefined;
  let loading: Promise<AwsKeys> | undefined;
  return {
    async keys() {
      if (held !== undefined && clock.nowMs() < held.renewAtMs) return held.keys;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      const keys = await loading;
      held = { keys, renewAtMs: renewalOf(keys, clock.nowMs()) };
      return keys;
    },
    forget() {
      held = undefined;
    },
  };
}

/** Keys that are handed out with little life left are renewed at half of it, or every single call would load them again. */
function renewalOf({ expiration }: AwsKeys, nowMs: number): number {
  if (expiration === undefined) return Number.POSITIVE_INFINITY;
  const lifeMs = expiration.getTime() - nowMs;
  return expiration.getTime() - Math.min(RENEW_AHEAD_MS, lifeMs / 2);
}

/** Keys of somebody else's making. Of a failure only the class is told: its text can quote what was read. */
export function givenKeys(load: () => Promise<AwsKeys>): () => Promise<AwsKeys> {
  return async () => {
    try {
      return checkedKeys(await load(), OF_GIVEN);
    } catch (error) {
      if (isCloudError(error)) throw error;
      const name = error instanceof Error ? error.name : "an unknown failure";
      throw new CloudError("unauthenticated", `aws: the given credentials could not be had (${name})`, { code: name });
    }
  };
}

const OF_GIVEN: KeyNames = {
  accessKeyId: "the access key id of the given credentials",
  secretAccessKey: "the secret access key of the given credentials",
  sessionToken: "the session token of the given credentials",
};

export interface BaseKeysInput {
  readonly options: AwsOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly transport: AwsTransport;
}

/** The keys that everything starts from: environment variables by name, or the SDK's own chain. */
export function baseKeys({ options, env, transport }: BaseKeysInput): () => Promise<AwsKeys> {
  const { credentials = "default" } = options;
  if (credentials === "default") {
    const profile = options.profile ?? env["AWS_PROFILE"] ?? "";
    const from = profile === "" ? options : { ...options, profile };
    // Named regions tell the partition; without them the SDK looks into the files too.
    const region = options.regions === undefined ? undefined : homeRegion(options, env);
    return () => keysOfChain(from, transport, region);
  }
  return async () => keysOfVariables(credentials, env);
}

function keysOfVariables(names: AwsCredentialVariables, env: BaseKeysInput["env"]): AwsKeys {
  const { accessKeyIdEnv, secretAccessKeyEnv, sessionTokenEnv } = names;
  const keys = {
    accessKeyId: variable(env, accessKeyIdEnv),
    secretAccessKey: variable(env, secretAccessKeyEnv),
    // Keys that need one are refused without, for reasons that nobody would look for here.
    ...(sessionTokenEnv === undefined ? {} : { sessionToken: variable(env, sessionTokenEnv) }),
  };
  return checkedKeys(keys, {
    accessKeyId: `the environment variable ${accessKeyIdEnv}`,
    secretAccessKey: `the environment variable ${secretAccessKeyEnv}`,
    sessionToken: `the environment variable ${sessionTokenEnv}`,
  });
}

function variable(env: BaseKeysInput["env"], name: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new CloudError(
    "unauthenticated",
    `aws: the environment variable ${name} is not set; the configuration names it for credentials`,
  );
}
