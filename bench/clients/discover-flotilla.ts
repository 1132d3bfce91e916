import { type CloudProvider, type DiscoveryEvent, parseClusterId } from "@flotilla/core";
import { createAwsProvider } from "@flotilla/provider-aws";
import { createAzureProvider } from "@flotilla/provider-azure";
import { createGcpProvider } from "@flotilla/provider-gcp";
import { addressesIn, type CloudReport } from "../clouds/cloud-addresses.ts";
import { tell } from "./address.ts";

/** What discovering all clouds took: in a cold process, and once the process is as warm as one that looks again and again. */
export interface DiscoverResult {
  readonly coldMs: number;
  readonly ms: number;
  /** Of this process during the warm time. */
  readonly cpuMs: number;
  readonly clusters: number;
  readonly gaps: number;
  readonly report: CloudReport;
  /** Requests that a thousand tokens took once there was one. */
  readonly requestsForTokens: number;
}

const TOKENS = 1000;
/** Between the cold time and the one that counts. */
const WARM_UPS = 2;
let requests = 0;
const onRequest = (): void => void (requests += 1);
const { aws, gcp, azure, control } = addressesIn(process.env);
const env = { GCP: gcp.token, ARM: azure.armToken, AKS: azure.aksToken };
const providers: readonly CloudProvider[] = [
  createAwsProvider({ name: "aws", options: { endpoint: aws.url } }, { credentials: async () => aws, onRequest }),
  createGcpProvider(
    { name: "gcp", options: { endpoint: gcp.url, credentials: { tokenEnv: "GCP" } } },
    { env, onRequest },
  ),
  createAzureProvider(
    { name: "azure", options: { endpoint: azure.url, credentials: { tokenEnv: "ARM", aksTokenEnv: "AKS" } } },
    { env, onRequest },
  ),
];
const ctx = () => ({ signal: AbortSignal.timeout(120_000) });

async function discover(): Promise<readonly DiscoveryEvent[]> {
  const all = await Promise.all(providers.map(({ discovery }) => Array.fromAsync(discovery.discover({}, ctx()))));
  return all.flat();
}

async function requestsForTokens(events: readonly DiscoveryEvent[]): Promise<number> {
  const ids = events.flatMap((event) => (event.type === "cluster" ? [event.cluster.id] : []));
  const sources = [];
  for (const provider of providers) {
    const id = ids.find((one) => parseClusterId(one)?.provider === provider.id);
    if (id === undefined) throw new Error(`${provider.id}: no cluster was found`);
    const { auth } = await provider.credentials.connect({ id }, ctx());
    if (auth.kind !== "bearer") throw new Error(`${id} is not reached by a token`);
    await auth.tokens.token(ctx());
    sources.push(auth.tokens);
  }
  const before = requests;
  for (const source of sources) for (let count = 0; count < TOKENS; count += 1) await source.token(ctx());
  return requests - before;
}

const coldAt = performance.now();
await discover();
const coldMs = performance.now() - coldAt;
for (let count = 0; count < WARM_UPS; count += 1) await discover();
await fetch(control); // what was seen so far is not of the time that counts
const startedAt = performance.now();
const cpuAt = process.cpuUsage();
const events = await discover();
const ms = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuAt);
const report = (await (await fetch(control)).json()) as CloudReport;
const result: DiscoverResult = {
  coldMs,
  ms,
  cpuMs: (cpu.user + cpu.system) / 1000,
  clusters: events.filter(({ type }) => type === "cluster").length,
  gaps: events.filter(({ type }) => type === "gap").length,
  report,
  requestsForTokens: await requestsForTokens(events),
};
tell(result);
