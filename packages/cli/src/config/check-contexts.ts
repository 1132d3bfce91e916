import { isCloudError, nearestName } from "@flotilla/core";
import { UsageError } from "../input/usage-error.ts";
import { fewOf } from "../render/plain.ts";

type Env = Readonly<Record<string, string | undefined>>;

/**
 * What a person named for this call is there: the contexts of `--context`, and the file of `KUBECONFIG`. As a gap, a slip of
 * the finger would make the fleet smaller. Contacts nothing. @throws UsageError
 */
export async function checkContexts(contexts: readonly string[], env: Env): Promise<void> {
  if (contexts.length === 0 && (env["KUBECONFIG"] ?? "") === "") return;
  const known = await knownContexts(env);
  const unknown = contexts.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new UsageError(unknown.map((name) => explainUnknown(name, known)).join("; "));
}

async function knownContexts(env: Env): Promise<readonly string[]> {
  const { listContexts } = await import("@flotilla/kube");
  try {
    return await listContexts({ kind: "environment", env });
  } catch (error) {
    if (isCloudError(error)) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function explainUnknown(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `; there are ${fewOf(known)}` : ` (did you mean "${nearest}"?)`;
  return `--context ${name}: there is no such context in the kubeconfig${known.length === 0 ? "" : hint}`;
}
