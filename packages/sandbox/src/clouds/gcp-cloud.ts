import { startGcpEmulator } from "@flotilla/provider-gcp/testing";
import type { EmulatedCloud } from "@flotilla/testing";
import { administrator, type RunningCloud } from "./running-cloud.ts";

/** Google Cloud: members take the access tokens that the cloud's own services take. */
export async function startGcpCloud(cloud: EmulatedCloud, options: { readonly seed: number }): Promise<RunningCloud> {
  const emulator = await startGcpEmulator(cloud, options);
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
