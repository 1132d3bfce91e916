import { CloudError } from "@flotilla/core";
import { basename } from "node:path";

/**
 * Which commands of a kubeconfig may be run. A kubeconfig is code: whoever writes it chooses a program to run here.
 * The library's default is none at all.
 */
export interface ExecPolicy {
  /** Absolute paths, or bare names that are then looked up in the PATH. */
  readonly allow: readonly string[];
  /** The credential helpers of the three clouds may be run, by their bare name from the PATH only. */
  readonly knownHelpers: boolean;
}

export const EXEC_NONE: ExecPolicy = { allow: [], knownHelpers: false };

/** What `aws eks update-kubeconfig`, `gcloud container clusters get-credentials` and `az aks get-credentials` write. */
const KNOWN_HELPERS: ReadonlySet<string> = new Set([
  "aws",
  "aws-iam-authenticator",
  "gke-gcloud-auth-plugin",
  "kubelogin",
]);

/**
 * Decides on a command as the kubeconfig names it (`command`) and where that leads (`resolved`, absolute).
 *
 * @throws CloudError `policy`, with the line to add where the user wants it
 */
export function checkExecAllowed(who: string, command: string, resolved: string, policy: ExecPolicy): void {
  const isBare = basename(command) === command;
  if (policy.allow.includes(resolved) || (isBare && policy.allow.includes(command))) return;
  if (isBare && policy.knownHelpers && KNOWN_HELPERS.has(command)) return;
  throw new CloudError(
    "policy",
    `${who} wants to run ${JSON.stringify(resolved)} to get a credential, and commands run only when you allow them; ` +
      `if you trust it, add this line to flotilla.yaml under the provider's options:\n  execAllow: [${JSON.stringify(resolved)}]`,
    { code: "ExecNotAllowed" },
  );
}
