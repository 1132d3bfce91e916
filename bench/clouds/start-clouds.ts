import { startChild } from "../start-child.ts";
import { addressesEnv, type CloudAddresses } from "./cloud-addresses.ts";

/** Three emulated clouds in a process of their own; disposing ends it. */
export interface Clouds extends AsyncDisposable {
  /** What a client process needs in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

export interface CloudsOptions {
  readonly seed: number;
  readonly latencyMs?: { readonly min: number; readonly max: number };
  /** Of the 1,000 clusters. Default 1. */
  readonly share?: number;
}

export async function startClouds({ seed, latencyMs, share = 1 }: CloudsOptions): Promise<Clouds> {
  const child = startChild(new URL("main.ts", import.meta.url), {
    CLOUDS_SEED: String(seed),
    CLOUDS_LATENCY_MIN_MS: String(latencyMs?.min ?? 0),
    CLOUDS_LATENCY_MAX_MS: String(latencyMs?.max ?? 0),
    CLOUDS_SHARE: String(share),
  });
  const env = addressesEnv((await child.firstLine) as CloudAddresses);
  return { env, [Symbol.asyncDispose]: () => child.end() };
}
