import path from "node:path";
import type { CloudSandbox } from "@flotilla/sandbox";
import { shellWord } from "../program/global-options.ts";

/** What `sandbox up -o json` prints when everything is up. */
export interface SandboxFacts {
  /** Path of a configuration that works with the environment of `env`. */
  readonly config: string;
  /** Addresses of the emulated clouds, for any client of them. */
  readonly aws: string;
  readonly gcp: string;
  readonly azure: string;
  readonly scopes: {
    readonly aws: readonly string[];
    readonly gcp: readonly string[];
    readonly azure: readonly string[];
  };
  readonly env: Readonly<Record<string, string>>;
  readonly clusters: readonly { readonly id: string; readonly server: string }[];
}

export function sandboxFacts({
  configPath,
  endpoints,
  scopes,
  env,
  members,
  server,
}: Pick<CloudSandbox, "configPath" | "endpoints" | "scopes" | "env" | "members" | "server">): SandboxFacts {
  const { aws, gcp, azure } = endpoints;
  const clusters = members.map(({ id, name }) => ({ id, server: server(name).url }));
  return { config: configPath, aws, gcp, azure, scopes, env, clusters };
}

/** For people: where it is, and the lines to paste into another shell. */
export function tellSandbox(
  facts: SandboxFacts,
  { appPath, folder }: Pick<CloudSandbox, "appPath" | "folder">,
): string {
  const { config, aws, gcp, azure, scopes, env, clusters } = facts;
  const variables = { ...env, FLOTILLA_CONFIG: config, FLOTILLA_STATE: path.join(folder, "state") };
  return [
    `Three emulated clouds with ${clusters.length} cluster${clusters.length === 1 ? "" : "s"} are up, on this machine only. Ctrl-C ends them.`,
    "",
    `  aws    ${aws}  account ${scopes.aws.join(", ")}`,
    `  gcp    ${gcp}  project ${scopes.gcp.join(", ")}`,
    `  azure  ${azure}  subscription ${scopes.azure.join(", ")}`,
    "",
    "In another shell:",
    "",
    ...Object.entries(variables).map(([name, value]) => `  export ${name}=${shellWord(value)}`),
    "",
    "  flotilla discover",
    `  flotilla apply -f ${shellWord(appPath)}`,
    "  flotilla status",
    "",
  ].join("\n");
}
