import type { KubeAuth, KubeCluster } from "@flotilla/core";
import { connectKubeCluster } from "@flotilla/kube";
import { conformanceTitle, kubeClusterConformance, openTcpLink, type KubeIdentity } from "@flotilla/testing";
import { test } from "vitest";
import { describeOnRealClusters } from "../describe-on-real-clusters.ts";
import type { RealCluster } from "../real-clusters/start-real-clusters.ts";

// The kit that the embedded API server passes too: what holds for one must hold for the other.
describeOnRealClusters("KubeCluster on a real kube-apiserver", { count: 1, nodes: 4 }, (fleet) => {
  const plane = (): RealCluster => {
    const [first] = fleet().clusters;
    if (first === undefined) throw new Error("no cluster");
    return first;
  };
  const kit = kubeClusterConformance({
    connect: async (as) => connect(plane(), plane().url, authOf(plane(), as)),
    connectThroughLink: async () => {
      const link = await openTcpLink({ port: Number(new URL(plane().url).port) });
      return { cluster: connect(plane(), `https://127.0.0.1:${link.port}`, authOf(plane(), "admin")), link };
    },
    compact: () => plane().compact(),
    hasNodes: true,
    patienceMs: 30_000,
  });
  for (const { name, skip, run } of kit) {
    test.skipIf(skip !== undefined)(conformanceTitle({ name, skip }), ({ signal }) => run({ signal }));
  }
});

function connect(plane: RealCluster, server: string, auth: KubeAuth): KubeCluster {
  return connectKubeCluster({ id: `kubeconfig/e2e/-/${plane.name}`, access: { server, caPem: plane.caPem, auth } });
}

function authOf(plane: RealCluster, as: KubeIdentity): KubeAuth {
  if (as === "admin") return { kind: "certificate", ...plane.adminCertificate };
  const value = as === "viewer" ? plane.tokens.viewer : "nobody-knows-this-token";
  return {
    kind: "bearer",
    tokens: { token: async () => ({ value, expiresAtMs: null }), invalidate: () => undefined },
  };
}
