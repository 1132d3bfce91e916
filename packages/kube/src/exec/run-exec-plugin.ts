import { CloudError } from "@flotilla/core";
import type { KubeconfigEntry } from "../kubeconfig/kubeconfig.ts";
import { checkExecAllowed, type ExecPolicy } from "./exec-policy.ts";
import { execInfo, readExecCredential, type ExecClusterInfo, type ExecCredential } from "./exec-credential.ts";
import { findCommand } from "./find-command.ts";
import { hideOpaque } from "./hide-opaque.ts";
import type { ExecConfig } from "./read-exec-config.ts";
import { runCommand, type CommandResult } from "./run-command.ts";

export interface ExecPluginDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly policy: ExecPolicy;
  readonly timeoutMs?: number;
}

/** Helpers that open a browser or ask a metadata server take seconds; longer than this they wait for somebody who is not there. */
const EXEC_TIMEOUT_MS = 60_000;

/**
 * Runs a kubeconfig's credential plugin, if the policy lets it. Only the plugin sees the user's environment, extended by what
 * the kubeconfig says.
 *
 * @throws CloudError `policy` (not allowed), `invalid` (no such command), `unauthenticated` (it failed), `cancelled`
 */
export async function runExecPlugin(
  user: KubeconfigEntry,
  config: ExecConfig,
  cluster: ExecClusterInfo,
  deps: ExecPluginDeps,
  signal: AbortSignal,
): Promise<ExecCredential> {
  const who = `kubeconfig user ${JSON.stringify(user.name)}`;
  const file = await resolveCommand(who, user, config, deps);
  const info = execInfo(config.apiVersion, config.provideClusterInfo ? cluster : undefined);
  const env = { ...defined(deps.env), ...config.env, KUBERNETES_EXEC_INFO: info };
  const timeoutMs = deps.timeoutMs ?? EXEC_TIMEOUT_MS;
  const result = await runCommand({ file, args: config.args, env, timeoutMs }, signal);
  if (result.exitCode === 0 && result.failure === undefined)
    return readExecCredential(who, config.apiVersion, result.stdout);
  throw failed(who, file, result, config.installHint);
}

async function resolveCommand(
  who: string,
  user: KubeconfigEntry,
  config: ExecConfig,
  deps: ExecPluginDeps,
): Promise<string> {
  const { baseDir } = user.source;
  if (baseDir === undefined) {
    throw new CloudError("policy", `${who} wants to run a command, which only a kubeconfig file of your own may do`, {
      code: "ExecNotAllowed",
    });
  }
  const file = await findCommand(config.command, baseDir, deps.env);
  // An unknown command is refused by name first: its place is nobody's business before it is allowed.
  checkExecAllowed(who, config.command, file ?? config.command, deps.policy);
  if (file !== undefined) return file;
  throw notFound(who, config.command, config.installHint);
}

function notFound(who: string, command: string, hint: string | undefined): CloudError {
  const help = hint === undefined ? "" : `\n${hint.trim()}`;
  return new CloudError(
    "invalid",
    `${who}: the credential plugin ${JSON.stringify(command)} is not in the PATH${help}`,
    { code: "ENOENT" },
  );
}

function failed(who: string, file: string, result: CommandResult, hint: string | undefined): CloudError {
  const what = `${who}: the credential plugin ${file}`;
  switch (result.failure) {
    case "aborted":
      return new CloudError("cancelled", `${what} was stopped`);
    case "timeout":
      return new CloudError(
        "unauthenticated",
        `${what} gave no answer in time and was stopped; run it by hand to see what it waits for`,
      );
    case "tooMuchOutput":
      return new CloudError("unauthenticated", `${what} printed far more than a credential`);
    case "notStarted":
      return result.startCode === "ENOENT"
        ? notFound(who, file, hint)
        : new CloudError("invalid", `${what} could not be started: ${result.startCode}`);
    case undefined:
      break;
    default:
      return result.failure satisfies never;
  }
  const said = hideOpaque(result.stderr).trim();
  return new CloudError(
    "unauthenticated",
    `${what} failed with exit code ${result.exitCode ?? "none"}${said === "" ? "" : `: ${said}`}`,
  );
}

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined));
}
