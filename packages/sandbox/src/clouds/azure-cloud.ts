import { startAzureEmulator } from "@flotilla/provider-azure/testing";
import type { EmulatedCloud } from "@flotilla/testing";
import { administrator, type RunningCloud } from "./running-cloud.ts";

/** Tokens of a sandbox are good for as long as anybody leaves one running. */
const TOKEN_LIFETIME_MS = 365 * 24 * 60 * 60_000;

/** Azure: members take tokens of AKS's audience only, never those of Resource Manager. */
export async function startAzureCloud(cloud: EmulatedCloud, options: { readonly seed: number }): Promise<RunningCloud> {
  const emulator = await startAzureEmulator(cloud, options);
  const mint = (audience: "arm" | "aks"): string =>
    emulator.mintToken({ audience, lifetimeMs: TOKEN_LIFETIME_MS }).token;
  return {
    url: emulator.url,
    env: { SANDBOX_AZURE_TOKEN: mint("arm"), SANDBOX_AKS_TOKEN: mint("aks") },
    options: {
      endpoint: emulator.url,
      credentials: { tokenEnv: "SANDBOX_AZURE_TOKEN", aksTokenEnv: "SANDBOX_AKS_TOKEN" },
    },
    userOf({ hasLocalAccounts }, token) {
      // A cluster with local accounts has never heard of Entra ID.
      if (hasLocalAccounts) return undefined;
      const identity = emulator.verifyAksToken(token);
      return identity.ok ? administrator(identity.username) : undefined;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
