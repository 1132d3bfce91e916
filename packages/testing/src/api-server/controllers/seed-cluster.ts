import type { ApiServerOptions } from "../api-server.ts";
import { withAt } from "../json/json.ts";
import { putStored, readStored, type ServerState, timestamp } from "../rest/server-state.ts";
import { fakeNodeObject } from "./fake-nodes.ts";
import { ObjectClient } from "./object-client.ts";

const NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];
const KUBERNETES_VERSION = "v1.36.3";

/** Puts into a new server what every cluster has: the default namespaces, the `kubernetes` service, and the given nodes. */
export function seedCluster(state: ServerState, options: ApiServerOptions): void {
  const client = new ObjectClient(state, "kube-apiserver");
  const namespaces = client.resource("v1", "Namespace");
  for (const name of NAMESPACES) client.create(namespaces, "", { metadata: { name } });
  const system = readStored(state, namespaces, "", "kube-system");
  if (options.uid !== undefined && system !== undefined)
    putStored(state, namespaces, withAt(system, ["metadata", "uid"], options.uid));
  client.create(client.resource("v1", "Service"), "default", {
    metadata: { name: "kubernetes", labels: { component: "apiserver", provider: "kubernetes" } },
    spec: {
      clusterIP: `${options.servicePrefix ?? "10.96"}.0.1`,
      ports: [{ name: "https", port: 443, targetPort: 6443 }],
    },
  });
  const nodes = client.resource("v1", "Node");
  const kubernetesVersion = options.kubernetesVersion ?? KUBERNETES_VERSION;
  for (const [index, node] of (options.nodes ?? []).entries()) {
    const object = fakeNodeObject(node, index, { now: timestamp(state), kubernetesVersion });
    if (client.create(nodes, "", object) === undefined) throw new Error(`the fake node ${node.name} is no valid Node`);
  }
}
