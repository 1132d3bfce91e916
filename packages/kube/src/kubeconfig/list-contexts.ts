import type { Kubeconfig } from "./kubeconfig.ts";
import { loadKubeconfig, type KubeconfigOrigin } from "./load-kubeconfig.ts";

/**
 * Names of the contexts of a kubeconfig, sorted. Contacts nothing; files that cannot be read beside others are passed over.
 *
 * @throws CloudError `notFound` or `invalid` where nothing can be read
 */
export async function listContexts(origin: KubeconfigOrigin): Promise<readonly string[]> {
  return contextNames((await loadKubeconfig(origin)).kubeconfig);
}

export function contextNames({ contexts }: Kubeconfig): readonly string[] {
  return [...contexts.keys()].filter((name) => name !== "").toSorted();
}
