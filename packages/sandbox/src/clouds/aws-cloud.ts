import { randomBytes, randomInt } from "node:crypto";
import { type EmulatedAwsUser, startAwsEmulator } from "@flotilla/provider-aws/testing";
import type { EmulatedCloud } from "@flotilla/testing";
import { administrator, type RunningCloud } from "./running-cloud.ts";

/** AWS: members take tokens that are presigned for them, as the authenticator of EKS checks them at STS. */
export async function startAwsCloud(cloud: EmulatedCloud, options: { readonly seed: number }): Promise<RunningCloud> {
  const users = [newUser(cloud.scopes[0]?.id ?? "")];
  const emulator = await startAwsEmulator(cloud, { ...options, users });
  const { accessKeyId, secretAccessKey } = emulator.credentials;
  return {
    url: emulator.url,
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
    options: {
      endpoint: emulator.url,
      credentials: { accessKeyIdEnv: "AWS_ACCESS_KEY_ID", secretAccessKeyEnv: "AWS_SECRET_ACCESS_KEY" },
    },
    userOf({ name }, token) {
      const identity = emulator.verifyEksToken(token, name);
      return identity.ok ? administrator(identity.arn) : undefined;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const KEY_ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Keys that no other sandbox has: what opens this one opens nothing else. */
function newUser(account: string): EmulatedAwsUser {
  const letters = Array.from({ length: 16 }, () => KEY_ID_LETTERS[randomInt(KEY_ID_LETTERS.length)]);
  return {
    account,
    name: "flotilla",
    accessKeyId: `AKIA${letters.join("")}`,
    secretAccessKey: randomBytes(30).toString("base64"),
  };
}
