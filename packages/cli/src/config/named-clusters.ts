import type { ClusterSelector, Document, DocumentPath } from "@flotilla/core";
import type { NamedCluster } from "@flotilla/scheduler";

/** Every cluster that a selector of a file names, each with its place. */
export function namedClusters(
  selector: ClusterSelector | undefined,
  document: Document,
  path: DocumentPath,
): readonly NamedCluster[] {
  return (["names", "exclude"] as const).flatMap((field) =>
    (selector?.[field] ?? []).map((name, index) => {
      const { file, line, column } = document.locate([...path, field, index]);
      return { name, where: `${file}:${line}:${column}` };
    }),
  );
}
