/** How a client process reaches the emulated clouds of a benchmark. */
export interface CloudAddresses {
  readonly aws: { readonly url: string; readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly gcp: { readonly url: string; readonly token: string };
  readonly azure: { readonly url: string; readonly armToken: string; readonly aksToken: string };
  /** `GET` tells a `CloudReport` of all requests since the last time. */
  readonly control: string;
}

/** What the emulated clouds saw. */
export interface CloudReport {
  readonly requests: number;
  /** Answers 429, and 503 or 403 that mean the same. */
  readonly throttles: number;
  /** The sum of latencies along the slowest chain of calls of which each needs the answer of the one before. */
  readonly slowestChainMs: number;
}

/** Environment variable that carries the addresses to a client. */
const VARIABLE = "BENCH_CLOUDS";

export function addressesIn(env: NodeJS.ProcessEnv): CloudAddresses {
  const text = env[VARIABLE];
  if (text === undefined) throw new Error(`${VARIABLE} is not set: clients are started by a scenario`);
  return JSON.parse(text) as CloudAddresses;
}

export function addressesEnv(addresses: CloudAddresses): Readonly<Record<string, string>> {
  return { [VARIABLE]: JSON.stringify(addresses) };
}
