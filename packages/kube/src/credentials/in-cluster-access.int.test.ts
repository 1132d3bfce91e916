import { isCloudError } from "@flotilla/core";
import { startApiServer } from "@flotilla/testing";
import { expect, test } from "vitest";
import { aFolder } from "../../test/kubeconfig-files.ts";
import { aCtx } from "../../test/scripted-server.ts";
import { connectKubeCluster } from "../index.ts";
import { inClusterAccess } from "./in-cluster-access.ts";

test("a pod reaches its own API server, and a rotated token is picked up", async () => {
  const user = { name: "system:serviceaccount:ns:sa", groups: ["system:masters"] };
  await using server = await startApiServer({ tokens: { "first-token": user } });
  await using folder = await aFolder();
  await folder.write("ca.crt", server.caPem);
  await folder.write("token", "stale-token\n");
  const { hostname, port } = new URL(server.url);
  const env = { KUBERNETES_SERVICE_HOST: hostname, KUBERNETES_SERVICE_PORT: port };
  const access = await inClusterAccess({ env, folder: folder.path });
  await using cluster = connectKubeCluster({ id: "kubeconfig/in/-/cluster", access });
  await expect(cluster.kinds(aCtx())).rejects.toSatisfy((error: unknown) => isCloudError(error, "unauthenticated"));
  await folder.write("token", "first-token\n");
  expect((await cluster.kinds(aCtx())).length).toBeGreaterThan(20);
});

test("IPv6 hosts are bracketed, and outside of a pod it says so", async () => {
  await using folder = await aFolder();
  await folder.write("ca.crt", "x");
  const access = await inClusterAccess({ env: { KUBERNETES_SERVICE_HOST: "fd00::1" }, folder: folder.path });
  expect(access.server).toBe("https://[fd00::1]:443");
  await expect(inClusterAccess({ env: {} })).rejects.toThrow(/not in a cluster: KUBERNETES_SERVICE_HOST is not set/);
  await expect(inClusterAccess({ env: { KUBERNETES_SERVICE_HOST: "h" }, folder: `${folder.path}/no` })).rejects.toThrow(
    /ca\.crt cannot be read/,
  );
});
