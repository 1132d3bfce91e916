import type { Document, Problem } from "@flotilla/core";
import { formatOverrideFailure, type OverrideFailure } from "../override/override-failure.ts";

/** A failure at its place in the policy's own document. */
export function overrideProblem(failure: OverrideFailure, documents: readonly Document[]): Problem {
  const { policy, path } = failure;
  const document = documents.find(({ value }) => {
    const { kind, metadata } = value as {
      readonly kind?: unknown;
      readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
    };
    return (
      kind === policy.kind &&
      metadata?.name === policy.name &&
      (metadata.namespace ?? policy.namespace) === policy.namespace
    );
  });
  const position = document?.locate(path) ?? { file: "-", line: 1, column: 1 };
  return { position, path, message: formatOverrideFailure(failure) };
}
