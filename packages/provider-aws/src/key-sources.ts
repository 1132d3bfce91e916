import { type Clock, CloudError } from "@flotilla/core";
import type { AwsOptions } from "./aws-options.ts";
import type { AwsKeys, KeySource } from "./keys.ts";

/** Keys are renewed this long before they end, so that the request they sign is not refused on the way. */
const RENEW_AHEAD_MS = 5 * 60_000;

/** Keeps keys while they last; one renewal at a time, for everybody who asks meanwhile. */
export function cachedKeys(load: () => Promise<AwsKeys>, clock: Clock): KeySource {
  let held: AwsKeys | undefined;
  let loading: Promise<AwsKeys> | undefined;
  return {
    async keys() {
      if (held !== undefined && !isEnding(held, clock.nowMs())) return held;
      loading ??= load().finally(() => {
        loading = undefined;
      });
      held = await loading;
      return held;
    },
  };
}

function isEnding({ expiration }: AwsKeys, nowMs: number): boolean {
  return expiration !== undefined && expiration.getTime() - nowMs < RENEW_AHEAD_MS;
}

/** The keys that everything starts from: environment variables by name, or the SDK's own chain. */
export function baseKeys(
  options: AwsOptions,
  env: Readonly<Record<string, string | undefined>>,
): () => Promise<AwsKeys> {
  const { credentials = "default", profile } = options;
  return credentials === "default"
    ? () => keysOfChain(profile)
    : async () => {
        const sessionToken = credentials.sessionTokenEnv === undefined ? undefined : env[credentials.sessionTokenEnv];
        return {
          accessKeyId: variable(env, credentials.accessKeyIdEnv),
          secretAccessKey: variable(env, credentials.secretAccessKeyEnv),
          ...(sessionToken === undefined || sessionToken === "" ? {} : { sessionToken }),
        };
      };
}

async function keysOfChain(profile: string | undefined): Promise<AwsKeys> {
  const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
  try {
    return await fromNodeProviderChain(profile === undefined ? {} : { profile })();
  } catch (error) {
    const name = error instanceof Error ? error.name : "Error";
    const where = profile === undefined ? "environment, shared files, SSO and instance role" : `profile ${profile}`;
    throw new CloudError(
      "unauthenticated",
      `aws: no usable credentials in ${where}; run \`aws configure\` or set AWS_ACCESS_KEY_ID`,
      {
        code: name,
      },
    );
  }
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = env[name];
  if (value !== undefined && value !== "") return value;
  throw new CloudError(
    "unauthenticated",
    `aws: the environment variable ${name} is not set; the configuration names it for credentials`,
  );
}
