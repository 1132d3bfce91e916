import { isJsonObject, type DocumentPath } from "@flotilla/core";
import type { Kubeconfig, KubeconfigEntry, KubeconfigSource } from "./kubeconfig.ts";

/**
 * kubectl's rule: of the entries with one name the first file's stands whole, and the first file that names a current context
 * decides it. What is not an entry at all is passed over: a context that needs it says so. Source: clientcmd `ClientConfigLoadingRules.Load`.
 */
export function mergeKubeconfig(sources: readonly KubeconfigSource[]): Kubeconfig {
  return {
    currentContext: sources.map(currentContextOf).find((name) => name !== undefined),
    contexts: merged(sources, "contexts", "context"),
    clusters: merged(sources, "clusters", "cluster"),
    users: merged(sources, "users", "user"),
  };
}

function currentContextOf({ document }: KubeconfigSource): string | undefined {
  const name = isJsonObject(document.value) ? document.value["current-context"] : undefined;
  return typeof name === "string" && name !== "" ? name : undefined;
}

function merged(
  sources: readonly KubeconfigSource[],
  list: string,
  item: string,
): ReadonlyMap<string, KubeconfigEntry> {
  const entries = new Map<string, KubeconfigEntry>();
  for (const source of sources) {
    for (const entry of entriesOf(source, list, item)) {
      if (!entries.has(entry.name)) entries.set(entry.name, entry);
    }
  }
  return entries;
}

/** Within one file the last entry of a name wins, as when Go reads a list into a map. */
function entriesOf(source: KubeconfigSource, list: string, item: string): readonly KubeconfigEntry[] {
  const items = isJsonObject(source.document.value) ? source.document.value[list] : undefined;
  if (!Array.isArray(items)) return [];
  const byName = new Map<string, KubeconfigEntry>();
  for (const [index, value] of (items as readonly unknown[]).entries()) {
    if (!isJsonObject(value) || typeof value["name"] !== "string") continue;
    const path: DocumentPath = [list, index, item];
    byName.set(value["name"], { name: value["name"], fields: fieldsOf(value[item]), source, path });
  }
  return [...byName.values()];
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return isJsonObject(value) ? value : {};
}
