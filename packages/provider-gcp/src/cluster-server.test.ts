import { expect, test } from "vitest";
import { accessOf, networkOf, subnetworksOf } from "./cluster-network.ts";
import { serverOf as serverOfCluster } from "./cluster-server.ts";
import type { GkeCluster } from "./gke-types.ts";

const serverOf = (cluster: GkeCluster, isLocalCloud = false) => serverOfCluster(cluster, isLocalCloud);

const DNS = "gke-0123-456.europe-west1.gke.goog";
const dns = (endpoint: string, allowExternalTraffic = true) => ({
  dnsEndpointConfig: { endpoint, allowExternalTraffic },
});

test("an address comes with the cluster's own authority, a DNS endpoint with a public one", () => {
  expect(serverOf({ endpoint: "35.232.74.53" })).toEqual({ url: "https://35.232.74.53", isPublicCa: false });
  expect(serverOf({ endpoint: "35.232.74.53", controlPlaneEndpointsConfig: dns(DNS) })).toEqual({
    url: `https://${DNS}`,
    isPublicCa: true,
  });
  expect(serverOf({ endpoint: "35.232.74.53", controlPlaneEndpointsConfig: dns(DNS, false) })?.url).toBe(
    "https://35.232.74.53",
  );
});

test("the public address is preferred while it is enabled; without addresses the DNS name is left", () => {
  const ipEndpointsConfig = {
    enabled: true,
    enablePublicEndpoint: true,
    publicEndpoint: "34.1.2.3",
    privateEndpoint: "10.0.0.2",
  };
  expect(serverOf({ endpoint: "10.0.0.2", controlPlaneEndpointsConfig: { ipEndpointsConfig } })?.url).toBe(
    "https://34.1.2.3",
  );
  const closed = { ...ipEndpointsConfig, enablePublicEndpoint: false };
  expect(serverOf({ endpoint: "10.0.0.2", controlPlaneEndpointsConfig: { ipEndpointsConfig: closed } })?.url).toBe(
    "https://10.0.0.2",
  );
  const off = { ...dns(DNS, false), ipEndpointsConfig: { enabled: false } };
  expect(serverOf({ endpoint: "10.0.0.2", controlPlaneEndpointsConfig: off })).toEqual({
    url: `https://${DNS}`,
    isPublicCa: true,
  });
  expect(serverOf({ endpoint: DNS })?.isPublicCa).toBe(true);
});

test.for([
  "",
  "evil.example",
  "evil.example#.gke.goog",
  "user@10.0.0.1",
  "10.0.0.1/path",
  "10.0.0.1:99999",
  "999.1.1.1",
  "10.0.0.1.evil.example",
  "169.254.169.254",
  "[fe80::1]",
  "[::ffff:169.254.169.254]",
  "[::ffff:a9fe:a9fe]",
  "0.0.0.0",
  "0.1.2.3",
  "[::]",
  "224.0.0.1",
  "255.255.255.255",
  "[ff02::1]",
])("%s is no place to send a token", (endpoint) => {
  expect(serverOf({ endpoint })).toBeUndefined();
  expect(serverOf({ endpoint }, true)).toBeUndefined();
  expect(serverOf({ controlPlaneEndpointsConfig: dns(endpoint) })).toBeUndefined();
});

test.for([
  "35.232.74.53:6443",
  "35.232.74.53:80",
  "35.232.74.53:0",
  "127.0.0.1",
  "127.9.9.9",
  "127.0.0.1:443",
  "[::1]",
  "[::ffff:127.0.0.1]:443",
])("%s is an API server only for a cloud on this machine", (endpoint) => {
  expect(serverOf({ endpoint })).toBeUndefined();
  expect(serverOf({ endpoint }, true)?.url).toBe(`https://${endpoint}`);
});

test("IPv6 and the port of https are kept", () => {
  expect(serverOf({ endpoint: "[2001:db8::1]" })?.url).toBe("https://[2001:db8::1]");
  expect(serverOf({ endpoint: "35.232.74.53:443" })?.url).toBe("https://35.232.74.53:443");
  expect(serverOf({ endpoint: "10.0.0.2" })?.url).toBe("https://10.0.0.2");
});

test.for([
  [{}, "public"],
  [{ privateClusterConfig: { privateEndpoint: "10.0.0.2" } }, "publicAndPrivate"],
  [{ privateClusterConfig: { privateEndpoint: "10.0.0.2", enablePrivateEndpoint: true } }, "private"],
  [{ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: true, enablePublicEndpoint: false } } }, "private"],
  [{ controlPlaneEndpointsConfig: { ipEndpointsConfig: { enabled: true, enablePublicEndpoint: true } } }, "public"],
  [{ controlPlaneEndpointsConfig: { ...dns(DNS), ipEndpointsConfig: { enabled: false } } }, "public"],
] as const)("%o is reached %s", ([cluster, access]) => {
  expect(accessOf(cluster)).toBe(access);
});

test("ranges: block over the older name, none that is only a length, each once", () => {
  const cluster = {
    network: "default",
    clusterIpv4Cidr: "10.112.0.0/14",
    servicesIpv4Cidr: "/20",
    ipAllocationPolicy: { clusterIpv4CidrBlock: "10.112.0.0/14" },
    nodePools: [
      { networkConfig: { podIpv4CidrBlock: "10.72.0.0/14", subnetwork: "projects/host/regions/r1/subnetworks/nodes" } },
      {},
    ],
  };
  expect(networkOf(cluster, ["10.128.0.0/20"])).toEqual({
    id: "default",
    cidrs: ["10.128.0.0/20"],
    podCidrs: ["10.112.0.0/14", "10.72.0.0/14"],
    serviceCidrs: [],
  });
  expect(subnetworksOf(cluster)).toEqual([{ project: "host", region: "r1", name: "nodes" }]);
  const dual = {
    ipAllocationPolicy: { subnetIpv6CidrBlock: "2600:1900::/64", servicesIpv6CidrBlock: "2600:2d00::/112" },
  };
  expect(networkOf(dual, ["10.128.0.0/20"])).toEqual({
    id: null,
    cidrs: ["10.128.0.0/20", "2600:1900::/64"],
    podCidrs: ["2600:1900::/64"],
    serviceCidrs: ["2600:2d00::/112"],
  });
});
