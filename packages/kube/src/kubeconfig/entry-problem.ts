import { CloudError, formatProblem, type DocumentPath } from "@flotilla/core";
import type { KubeconfigEntry } from "./kubeconfig.ts";

/** An `invalid` that says where in the kubeconfig. The message must not repeat a field's value: it may be a secret. */
export function entryProblem(
  entry: KubeconfigEntry,
  fieldPath: DocumentPath,
  message: string,
  cause?: unknown,
): CloudError {
  const path = [...entry.path, ...fieldPath];
  const position = entry.source.document.locate(path);
  const text = formatProblem({ position, path, message });
  return new CloudError("invalid", text, cause === undefined ? {} : { cause });
}
