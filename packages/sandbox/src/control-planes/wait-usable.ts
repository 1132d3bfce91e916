import type { FakeNode } from "@flotilla/testing";
import { nodeManifest } from "./fake/node-manifest.ts";
import type { RawClient } from "./http/raw-client.ts";
import { until, type UntilOptions } from "./until.ts";

/** Servers on two busy cores. */
const TIMEOUT_MS = 120_000;

export interface UsableInput {
  readonly name: string;
  /** Gives the nodes addresses of their own. */
  readonly index: number;
  readonly nodes: readonly FakeNode[];
  readonly signal: AbortSignal | undefined;
}

/** Makes the nodes and waits until the cluster can run pods: nodes ready, the default service account there. */
export async function waitUsable(admin: RawClient, { name, index, nodes, signal }: UsableInput): Promise<void> {
  const options: UntilOptions = { timeoutMs: TIMEOUT_MS, ...(signal === undefined ? {} : { signal }) };
  const creating = nodes.map((node, nodeIndex) =>
    until(
      `${name} to take node ${nodeIndex + 1}`,
      async () => {
        const body = nodeManifest(node, index, nodeIndex);
        const { status } = await admin.send({ method: "POST", path: "/api/v1/nodes", body });
        return status === 201 || status === 409;
      },
      options,
    ),
  );
  await Promise.all(creating);
  const areReady = async (): Promise<boolean> => (await readyNodes(admin)) === nodes.length;
  await until(`${nodes.length} ready nodes in ${name}`, areReady, options);
  const hasAccount = async (): Promise<boolean> => {
    const path = "/api/v1/namespaces/default/serviceaccounts/default";
    return (await admin.send({ method: "GET", path })).status === 200;
  };
  await until(`the default service account of ${name}`, hasAccount, options);
}

async function readyNodes(admin: RawClient): Promise<number> {
  const { json } = await admin.send({ method: "GET", path: "/api/v1/nodes" });
  const { items = [] } = json as { readonly items?: readonly NodeFacts[] };
  return items.filter(isReady).length;
}

/** Taints of its owner stay; those that admission and the controllers put on a new node must have gone. */
function isReady({ spec, status }: NodeFacts): boolean {
  return (
    !(spec?.taints ?? []).some(({ key }) => key.startsWith("node.kubernetes.io/")) &&
    (status?.conditions ?? []).some((condition) => condition.type === "Ready" && condition.status === "True")
  );
}

interface NodeFacts {
  readonly spec?: { readonly taints?: readonly { readonly key: string }[] };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}
