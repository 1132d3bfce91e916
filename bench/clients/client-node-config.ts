import { KubeConfig } from "@kubernetes/client-node";
import { stubAddress } from "./address.ts";

/**
 * With a CA of its own client-node 2.0.1 builds a new agent for every call, and so a new TLS connection. It reuses
 * connections only where the process trusts the CA anyway (`NODE_EXTRA_CA_CERTS`): `BENCH_POOLED` measures it so, at its best.
 */
export function clientNodeConfig(): KubeConfig {
  const { server, caPem } = stubAddress();
  const isPooled = process.env["BENCH_POOLED"] === "1";
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: "stub", server, ...(isPooled ? {} : { caData: Buffer.from(caPem).toString("base64") }) }],
    users: [{ name: "bench", token: "bench" }],
    contexts: [{ name: "stub", cluster: "stub", user: "bench" }],
    currentContext: "stub",
  });
  return config;
}
