// Three emulated clouds in a process of their own, so that a client's time is its own. Prints one line of JSON with where they
// listen, and ends when its standard input does.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { startAwsEmulator } from "@flotilla/provider-aws/testing";
import { startAzureEmulator } from "@flotilla/provider-azure/testing";
import { startGcpEmulator } from "@flotilla/provider-gcp/testing";
import type { EmulatorOptions } from "@flotilla/testing";
import type { CloudAddresses, CloudReport } from "./cloud-addresses.ts";
import { largeCloud } from "./large-clouds.ts";
import { slowestAwsChainMs, slowestAzureChainMs, slowestGcpChainMs } from "./slowest-chain.ts";

const seed = Number(process.env["CLOUDS_SEED"] ?? 1);
const min = Number(process.env["CLOUDS_LATENCY_MIN_MS"] ?? 0);
const max = Number(process.env["CLOUDS_LATENCY_MAX_MS"] ?? 0);
const share = Number(process.env["CLOUDS_SHARE"] ?? 1);
const options: EmulatorOptions = { seed, latencyMs: { min, max } };
const aws = await startAwsEmulator(largeCloud("aws", share).cloud, options);
const gcp = await startGcpEmulator(largeCloud("gcp", share).cloud, options);
const azure = await startAzureEmulator(largeCloud("azure", share).cloud, options);
const clouds = [
  { cloud: aws, slowestChainMs: slowestAwsChainMs, told: 0 },
  { cloud: gcp, slowestChainMs: slowestGcpChainMs, told: 0 },
  { cloud: azure, slowestChainMs: slowestAzureChainMs, told: 0 },
];

/** Of the requests since the last report. */
function report(): CloudReport {
  const parts = clouds.map((part) => {
    const requests = part.cloud.requests.slice(part.told);
    part.told = part.cloud.requests.length;
    return { requests, chainMs: part.slowestChainMs(requests) };
  });
  const all = parts.flatMap(({ requests }) => requests);
  return {
    requests: all.length,
    throttles: all.filter(({ status }) => status === 429 || status === 503).length,
    slowestChainMs: Math.max(...parts.map(({ chainMs }) => chainMs)),
  };
}

const control = createServer((_, response) => response.end(JSON.stringify(report())));
control.listen(0, "127.0.0.1", () => {
  const { port } = control.address() as AddressInfo;
  const addresses: CloudAddresses = {
    aws: { url: aws.url, ...aws.credentials },
    gcp: { url: gcp.url, token: gcp.token },
    azure: { url: azure.url, armToken: azure.tokens.arm, aksToken: azure.tokens.aks },
    control: `http://127.0.0.1:${port}`,
  };
  process.stdout.write(`${JSON.stringify(addresses)}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
