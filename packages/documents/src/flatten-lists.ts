import type { Document } from "@flotilla/core";

/**
 * Replaces every Kubernetes list (`kind: List`, or `kind: DeploymentList` with its `items`) by its items, each still
 * knowing where it stands in the file. Lists in lists are flattened too; our own kinds (`PriceList`) are no such lists.
 */
export function flattenLists(documents: readonly Document[]): readonly Document[] {
  return documents.flatMap((document) => {
    const items = listItems(document.value);
    return items === undefined ? [document] : flattenLists(items.map((value, index) => itemOf(document, value, index)));
  });
}

function listItems(value: unknown): readonly unknown[] | undefined {
  if (typeof value !== "object" || value === null || !("kind" in value) || !("items" in value)) return undefined;
  const { kind, items } = value;
  if ("apiVersion" in value && String(value.apiVersion).startsWith("flotilla.dev/")) return undefined;
  return typeof kind === "string" && kind.endsWith("List") && Array.isArray(items) ? items : undefined;
}

function itemOf(list: Document, value: unknown, index: number): Document {
  return { value, locate: (path, target) => list.locate(["items", index, ...path], target) };
}
