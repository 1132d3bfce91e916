import { randomBytes } from "node:crypto";
import { startGcpEmulator } from "@flotilla/provider-gcp/testing";
import type { EmulatedCloud } from "@flotilla/testing";
import { administrator, type RunningCloud } from "./running-cloud.ts";

/** Google Cloud: members take the access tokens that the cloud's own services take. */
export async function startGcpCloud(cloud: EmulatedCloud, options: { readonly seed: number }): Promise<RunningCloud> {
  // A token that no other sandbox has: what opens this one opens nothing else.
  const value = `ya29.${randomBytes(36).toString("base64url")}`;
  const account = `flotilla@${cloud.scopes[0]?.id}.iam.gserviceaccount.com`;
  const emulator = await startGcpEmulator(cloud, { ...options, tokens: [{ value, account }] });
  return {
    url: emulator.url,
    env: { SANDBOX_GCP_TOKEN: emulator.token },
    options: { endpoint: emulator.url, credentials: { tokenEnv: "SANDBOX_GCP_TOKEN" } },
    userOf(_member, token) {
      const identity = emulator.identify(token);
      return identity === undefined ? undefined : administrator(identity.account);
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
